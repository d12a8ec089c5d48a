/** `npm run toggles`: cells of controllers, and how many of their flip-flops toggle while they work. */
import { countCells, countToggles } from '../support/controller-activity.js';
import { MEASURED_CONTROLLERS } from '../support/measured-controllers.js';
import { printTable, secondsSince } from './table.js';

/** Prints a row for each controller; the figures of src/backends/energy/controller-cells.ts come from here. */
export async function main(): Promise<boolean> {
  const rows = [];
  for (const { name, build } of MEASURED_CONTROLLERS) {
    const start = performance.now();
    const legal = build();
    const { flipFlops, gateEquivalents } = countCells(legal);
    const { clocks, toggles } = await countToggles(legal);
    const perClock = (toggles / clocks).toFixed(1);
    rows.push([name, flipFlops, gateEquivalents, clocks, perClock, secondsSince(start)]);
  }
  printTable(['controller', 'flip-flops', 'gates [GE]', 'clocks', 'toggles / clock', 's'], rows);
  return true;
}
