/** Clocks from a host's abort to all lines at REST, in every clock of a run. */
import { FaultBench } from './fault-bench.js';

/** No controller takes longer to let go. */
const MOST_CLOCKS = 100;

/** The longest time, and how many clocks of a run the abort came in. */
export interface AbortClocks {
  readonly longest: number;
  readonly stops: number;
}

/** From the access to register `abort` on the bus until lines rest, drivers are off and nothing runs. */
export async function abortClocks(): Promise<AbortClocks> {
  const bench = await FaultBench.open();
  const address = bench.legal.registers.find(({ name }) => name === 'abort')?.offset ?? NaN;
  let [longest, stops] = [0, 0];
  for (; startAndRun(bench, stops); stops++) longest = Math.max(longest, abort(bench, address));
  return { longest, stops };
}

/** A run up to one of its clocks; false where it is over by then. */
function startAndRun(bench: FaultBench, clocks: number): boolean {
  bench.clear();
  bench.host.arm();
  bench.start();
  bench.step(clocks);
  return bench.ports.get('idle_o') === 0;
}

/** Writes to `address`; clocks from the access phase on. */
function abort(bench: FaultBench, address: number): number {
  const { ports } = bench;
  ports.set('psel_i', 1);
  ports.set('pwrite_i', 1);
  ports.set('paddr_i', address);
  bench.step(1);
  ports.set('penable_i', 1);
  let clocks = 0;
  while (!bench.isOff() && clocks < MOST_CLOCKS) {
    bench.step(1);
    clocks += 1;
  }
  while (ports.get('pready_o') === 0) bench.step(1);
  ports.set('psel_i', 0);
  ports.set('penable_i', 0);
  return clocks;
}
