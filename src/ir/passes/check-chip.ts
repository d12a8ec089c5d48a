/** Refuses chips of which the scheduler would ignore a part: what is written must be what is built. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { Span } from '../../core/span.js';
import { formatQuantity } from '../../units/format-quantity.js';
import { SCHEDULE_CATALOGUE } from '../catalogue.js';
import { ROOM_TEMPERATURE, type Chip, type Tile } from '../chip.js';
import type { PulseBias } from '../mapped.js';

/** A tile whose pulses can be scheduled. */
export type PulsedTile = Tile & { readonly bias: { readonly scheme: PulseBias } };

/** A part of a chip that the schedule cannot honour. */
interface Unscheduled {
  readonly clause: string;
  readonly reason: string;
  readonly origin: Span;
}

/** The tile of `chip`; undefined after reporting every clause that the scheduler cannot follow. */
export function checkChip(chip: Chip, diagnostics: DiagnosticBag): PulsedTile | undefined {
  const unscheduled = [...peripheryFaults(chip), ...tileFaults(chip.tile)];
  for (const { clause, reason, origin } of unscheduled) {
    const params = { clause, reason, chip: chip.name };
    diagnostics.report(SCHEDULE_CATALOGUE, 'chip-not-scheduled', params, { span: origin });
  }
  return unscheduled.length === 0 && isPulsed(chip.tile) ? chip.tile : undefined;
}

function isPulsed(tile: Tile): tile is PulsedTile {
  return tile.bias.scheme === 'half' || tile.bias.scheme === 'third';
}

function* peripheryFaults({ aer, coil, limits, temperature, origin }: Chip): Generator<Unscheduled> {
  for (const port of aer) {
    const reason = 'programs that write pictures take no spikes';
    yield { clause: `aer ${port.direction}`, reason, origin: port.origin };
  }
  if (coil) yield { clause: 'coil', reason: 'programs that write pictures change no field', origin: coil.origin };
  for (const limit of limits) {
    const reason = 'the schedule does not keep it';
    yield { clause: `limit ${limit.quantity}`, reason, origin: limit.origin };
  }
  if (temperature.kelvin !== ROOM_TEMPERATURE) {
    const reason = `pulses are computed for ${formatQuantity(ROOM_TEMPERATURE, 'K')}`;
    yield { clause: 'temperature', reason, origin: temperature.origin ?? origin };
  }
}

function* tileFaults(tile: Tile): Generator<Unscheduled> {
  const { grid, bias, dac, spare, faults, origin } = tile;
  if (grid.rows * grid.columns > 1) {
    yield { clause: `grid ${grid.rows} x ${grid.columns}`, reason: 'a picture is written to one tile', origin };
  }
  if (!isPulsed(tile)) {
    const reason = 'pulses are scheduled for `half` and `third`';
    yield { clause: `bias ${bias.scheme}`, reason, origin: bias.origin };
  }
  const reason = 'a picture is written to lines in their order';
  if (spare) yield { clause: 'spare', reason, origin: spare.origin };
  if (faults) yield { clause: 'faults', reason, origin: faults.origin };
  if (dac) yield { clause: 'dac', reason: 'pulses are made by the rails only', origin: dac.origin };
}
