/** Refuses wires around devices whose network may have several solutions. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import { compileKernel } from '../../devices/compile-kernel.js';
import type { DeviceModel } from '../../devices/device-model.js';
import { SCHEDULE_CATALOGUE } from '../catalogue.js';
import type { PulsedTile } from './check-chip.js';

/** Voltages at which a device is tried, from one end of its range to the other. */
const TRIED_VOLTAGES = 65;

/**
 * Reports a device whose current falls with rising voltage: behind wires several sets of cell voltages may then satisfy
 * the same drive.
 */
export function checkWires(
  tile: PulsedTile,
  device: DeviceModel,
  window: { readonly low: number; readonly high: number },
  diagnostics: DiagnosticBag,
): void {
  const { line, drivers } = tile;
  const clause = line.ohmsPerCell ? 'lines … with' : 'drivers';
  if (!line.ohmsPerCell && !drivers?.ohms) return;
  const fall = fallingVoltage(device, window);
  if (fall === undefined) return;
  const reason = `the current of \`${device.name}\` falls with rising voltage at ${fall.toPrecision(3)} V`;
  const span = clause === 'drivers' && drivers ? drivers.origin : line.origin;
  const related = [{ message: 'the device', span: device.origin }];
  diagnostics.report(SCHEDULE_CATALOGUE, 'wires-not-solvable', { clause, reason }, { span, related });
}

/** The first voltage within reach at which the current falls, at either end of the window; undefined where none does. */
function fallingVoltage(
  device: DeviceModel,
  window: { readonly low: number; readonly high: number },
): number | undefined {
  const without = device.spreads.map(({ name }) => name);
  const tile = compileKernel(device, { rows: 1, columns: 1, window, seed: 0, without });
  const reach = device.gated ? Math.abs(device.readVoltage.volts) : Math.abs(device.pulse.volts);
  for (const siemens of [window.low, window.high]) {
    tile.conductance[0] = siemens;
    for (let index = 0; index < TRIED_VOLTAGES; index++) {
      const volts = reach * ((2 * index) / (TRIED_VOLTAGES - 1) - 1);
      const slopes = new Float64Array(1);
      tile.currentsAt(Float64Array.of(volts), new Float64Array(1), slopes);
      if (!((slopes[0] ?? NaN) >= 0)) return volts;
    }
  }
  return undefined;
}
