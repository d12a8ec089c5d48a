/**
 * `npm run replay:icarus`: every recorded run again in four states; outputs equal clock by clock, known after reset.
 * A run that reads memory that nobody wrote is told apart: it must be equal where memories begin with zeros.
 */
import { withZeroedMemories } from '../../src/cosim/engines/icarus/zeroed-memories.js';
import { replayInIcarus, type IcarusDifference } from '../support/icarus-replay.js';
import { storedDesigns, type RecordedDesign } from '../support/trace-store.js';
import { cellUnderTest } from './design-name.js';
import { printTable, secondsSince, tellProgress } from './table.js';

interface Finding extends IcarusDifference {
  readonly design: string;
  readonly readsUnwritten: boolean;
}

/** Prints how much was compared, and the first difference of each run that has one. */
export function main(_args: readonly string[], store: string): boolean {
  const start = performance.now();
  let [designs, runs, clocks] = [0, 0, 0];
  const findings: Finding[] = [];
  const stored = [...storedDesigns(store)];
  for (const design of stored) {
    tellProgress(designs, stored.length, cellUnderTest(design.source) ?? `${design.source.top} ${design.key}`);
    designs += 1;
    runs += design.traces.length;
    clocks += design.traces.reduce((sum, trace) => sum + trace.clocks, 0);
    findings.push(...findingsOf(design));
  }
  const wrong = findings.filter(({ readsUnwritten }) => !readsUnwritten);
  const header = ['designs', 'runs', 'clocks', 'differ', 'read unwritten memory', 'seconds'];
  printTable(header, [[designs, runs, clocks, wrong.length, findings.length - wrong.length, secondsSince(start)]]);
  const rows = findings.map(({ design, trace, clock, port, found, expected, readsUnwritten }) => [
    ...[design, trace, clock, port, found, expected],
    readsUnwritten ? 'reads unwritten memory' : 'wrong',
  ]);
  if (rows.length > 0) printTable(['design', 'run', 'clock', 'port', 'Icarus', 'recorded', ''], rows);
  return designs > 0 && wrong.length === 0;
}

function findingsOf({ key, source, traces }: RecordedDesign): readonly Finding[] {
  return replayInIcarus(source, traces).map((difference) => {
    const again = replayInIcarus(withZeroedMemories(source), [traces[difference.trace]!]);
    return { ...difference, design: `${source.top} ${key.slice(0, 8)}`, readsUnwritten: again.length === 0 };
  });
}
