/** `npm run toggles`: cells of controllers, and how many flip-flops and gates of them toggle while they work. */
import { modelOf } from '../support/controller-run.js';
import { countToggles, synthesizeGates } from '../support/controller-activity.js';
import { countGateToggles } from '../support/gate-toggles.js';
import { MEASURED_CONTROLLERS } from '../support/measured-controllers.js';
import { printTable, secondsSince } from './table.js';

/** Prints a row for each controller; the figures of src/backends/energy/controller-cells.ts come from here. */
export async function main(): Promise<boolean> {
  const rows = [];
  for (const { name, build } of MEASURED_CONTROLLERS) {
    const start = performance.now();
    const legal = build();
    const source = modelOf(legal);
    const gates = synthesizeGates(source);
    const { flipFlops, gateEquivalents } = gates.cells;
    const run = await countToggles(legal);
    const perClock = (run.toggles / run.clocks).toFixed(1);
    const onGates = countGateToggles(source, gates, run);
    const gatesPerClock = (onGates.gateEquivalents / onGates.clocks).toFixed(0);
    rows.push([name, flipFlops, gateEquivalents, run.clocks, perClock, gatesPerClock, secondsSince(start)]);
  }
  printTable(['controller', 'flip-flops', 'gates [GE]', 'clocks', 'toggles / clock', 'of gates [GE]', 's'], rows);
  return true;
}
