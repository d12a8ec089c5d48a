/** What cells see while a tile pulses some of them, at the voltages that its rails make. */
import type { DeviceModel } from '../../devices/device-model.js';
import type { Tile } from '../../ir/chip.js';
import { RAIL_SET, railSets, readVoltsOf } from '../../ir/passes/bias.js';
import type { PulsedTile } from '../../ir/passes/check-chip.js';

/** Voltages of cells, row minus column [V]. */
export interface GroupVolts {
  readonly both: number;
  readonly rowOnly: number;
  readonly columnOnly: number;
  readonly neither: number;
}

export interface PulseVolts {
  readonly up: GroupVolts;
  readonly down: GroupVolts;
  /** Whether cells that are not meant see a voltage. */
  readonly disturbs: boolean;
}

/** Pulses of a device that reach the cell they are meant for, and no other. */
export function directPulses({ pulse }: DeviceModel): PulseVolts {
  const group = (both: number): GroupVolts => ({ both, rowOnly: 0, columnOnly: 0, neither: 0 });
  return { up: group(pulse.volts), down: group(-pulse.volts), disturbs: false };
}

/** Pulses on the lines of a tile; those of schemes that are not scheduled reach their cell alone. */
export function tilePulses(device: DeviceModel, tile: Tile): PulseVolts {
  if (!isPulsed(tile)) return directPulses(device);
  const set = railSets(tile, device.pulse.volts, device.readVoltage.volts)[RAIL_SET.write];
  const [up, down] = [set.positive, set.negative].map(({ row, column }): GroupVolts => {
    return {
      both: row.select.volts - column.select.volts,
      rowOnly: row.select.volts - column.rest.volts,
      columnOnly: row.rest.volts - column.select.volts,
      neither: row.rest.volts - column.rest.volts,
    };
  });
  return up && down ? { up, down, disturbs: true } : directPulses(device);
}

/** Read voltage as the rails of a tile make it; that of the device without one [V]. */
export function readVoltsOn(device: DeviceModel, tile: Tile | undefined): number {
  if (!tile || !isPulsed(tile)) return device.readVoltage.volts;
  return readVoltsOf(railSets(tile, device.pulse.volts, device.readVoltage.volts));
}

function isPulsed(tile: Tile): tile is PulsedTile {
  return tile.bias.scheme === 'half' || tile.bias.scheme === 'third';
}
