/** `npm run replay:icarus`: every recorded run again in four states; outputs equal clock by clock, known after reset. */
import { replayInIcarus } from '../support/icarus-replay.js';
import { storedDesigns } from '../support/trace-store.js';
import { printTable, secondsSince } from './table.js';

/** Prints each design's first difference, and how much was compared. */
export function main(_args: readonly string[], store: string): boolean {
  const start = performance.now();
  let [designs, runs, clocks] = [0, 0, 0];
  const differences: (readonly (string | number)[])[] = [];
  for (const { key, source, traces } of storedDesigns(store)) {
    designs += 1;
    runs += traces.length;
    clocks += traces.reduce((sum, trace) => sum + trace.clocks, 0);
    for (const { trace, clock, port, found, expected } of replayInIcarus(source, traces))
      differences.push([key.slice(0, 8), source.top, trace, clock, port, found, expected]);
  }
  printTable(
    ['designs', 'runs', 'clocks', 'differ', 'seconds'],
    [[designs, runs, clocks, differences.length, secondsSince(start)]],
  );
  if (differences.length > 0) printTable(['design', 'top', 'run', 'clock', 'port', 'Icarus', 'recorded'], differences);
  return differences.length === 0;
}
