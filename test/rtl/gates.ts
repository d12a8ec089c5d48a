/** `npm run replay:gates`: recorded runs of controllers again on their gates, in Icarus: equal clock by clock. */
import type { ModelSource } from '../../src/cosim/engine.js';
import { gateLevel } from '../support/gate-level.js';
import { replayInIcarus } from '../support/icarus-replay.js';
import { traceSide, type PortTrace } from '../support/port-trace.js';
import { rowWords } from '../support/read-log.js';
import { storedDesigns } from '../support/trace-store.js';
import { cellUnderTest } from './design-name.js';
import { printTable, secondsSince, tellProgress } from './table.js';

/** Every controller takes a synthesis, and gates run a thousand times slower than text. */
const MAX_CONTROLLERS = 4;
const MAX_CLOCKS = 2000;

/** The first clocks of a run. */
function beginning({ ports }: ModelSource, trace: PortTrace): PortTrace {
  const clocks = Math.min(trace.clocks, MAX_CLOCKS);
  return {
    clocks,
    inputs: trace.inputs.subarray(0, clocks * traceSide(ports, 'input').words),
    outputs: trace.outputs.subarray(0, clocks * traceSide(ports, 'output').words),
    reads: trace.reads.subarray(0, clocks * rowWords(traceSide(ports, 'output').words)),
  };
}

/** Prints a row for each of the controllers with the longest runs; runs begin with a reset and are cut off. */
export function main(_args: readonly string[], store: string): boolean {
  const controllers = [...storedDesigns(store)]
    .filter(({ source }) => cellUnderTest(source) === undefined)
    .sort((a, b) => clocksOf(b.traces) - clocksOf(a.traces))
    .slice(0, MAX_CONTROLLERS);
  const rows = controllers.map(({ key, source, traces }, index) => {
    tellProgress(index, controllers.length, `${source.top} ${key}`);
    const start = performance.now();
    const runs = traces.map((trace) => beginning(source, trace));
    const gates = gateLevel(source);
    const [first] = replayInIcarus(gates, runs);
    const found = first
      ? `${first.port} in clock ${String(first.clock)}: ${first.found}, not ${first.expected}`
      : 'none';
    return [
      key.slice(0, 8),
      portBits(source),
      cellCount(gates),
      runs.length,
      clocksOf(runs),
      found,
      secondsSince(start),
    ];
  });
  printTable(['controller', 'port bits', 'gates', 'runs', 'clocks', 'differences', 's'], rows);
  return rows.length > 0 && rows.every(([, , , , , found]) => found === 'none');
}

function clocksOf(runs: readonly PortTrace[]): number {
  return runs.reduce((sum, { clocks }) => sum + clocks, 0);
}

function portBits({ ports }: ModelSource): number {
  return ports.reduce((sum, { width }) => sum + width, 0);
}

/** Look-up tables, carries, flip-flops and memories. */
function cellCount({ files }: ModelSource): number {
  const text = files.find(({ name }) => name === 'gates.v')?.text ?? '';
  return [...text.matchAll(/^ {2}SB_\w+ /gm)].length;
}
