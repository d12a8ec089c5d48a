/** `npm run replay:gates`: recorded runs of controllers again on their gates, in Icarus: equal clock by clock. */
import type { ModelSource } from '../../src/cosim/engine.js';
import { gateLevel } from '../support/gate-level.js';
import { replayInIcarus } from '../support/icarus-replay.js';
import { traceSide, type PortTrace } from '../support/port-trace.js';
import { rowWords } from '../support/read-log.js';
import { storedDesigns } from '../support/trace-store.js';
import { cellUnderTest } from './design-name.js';
import { printTable, secondsSince } from './table.js';

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

/** Prints a row for each controller. */
export function main(_args: readonly string[], store: string): boolean {
  const controllers = [...storedDesigns(store)]
    .filter(({ source }) => cellUnderTest(source) === undefined)
    .map((design) => ({ ...design, clocks: design.traces.reduce((sum, { clocks }) => sum + clocks, 0) }))
    .sort((a, b) => b.clocks - a.clocks);
  const rows = controllers.slice(0, MAX_CONTROLLERS).map(({ key, source, traces, clocks }) => {
    const start = performance.now();
    const [first] = replayInIcarus(
      gateLevel(source),
      traces.map((trace) => beginning(source, trace)),
    );
    const found = first
      ? `${first.port} in clock ${String(first.clock)}: ${first.found}, not ${first.expected}`
      : 'none';
    return [key.slice(0, 8), source.top, traces.length, clocks, found, secondsSince(start)];
  });
  printTable(['design', 'top', 'runs', 'clocks', 'differences', 's'], rows);
  return rows.length > 0 && rows.every(([, , , , found]) => found === 'none');
}
