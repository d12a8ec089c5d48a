/**
 * Threads on shared WebAssembly memory: the calling one and workers, which take parts of a piece of work from a counter.
 * What a part becomes must not depend on who takes it. This is the one door to threads; Node's are reached without an
 * import, so that the same file runs in browsers, where the caller works alone.
 */
import { instantiateModule, type WasmMemory, type WasmModule } from './wasm-host.js';

/** A compiled module with the memory that it imports. */
export interface TeamModule {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  /** Exported functions that threads run, each (first, last, scratch, argument); every member has its own `scratch`. */
  readonly functions: readonly string[];
}

/** Work of `count` parts, taken `grain` at a time. */
export interface TeamWork {
  /** Name of an exported function. */
  readonly name: string;
  readonly count: number;
  readonly grain: number;
  /** For the function, a 32-bit integer. */
  readonly argument: number;
}

/** A team works on one thing at a time; `run` returns when all of it is done. */
export interface ThreadTeam {
  run(work: TeamWork): void;
  /** Ends the threads; `run` works on with one. */
  close(): void;
}

type Exported = Readonly<Record<string, (first: number, last: number, scratch: number, argument: number) => void>>;

interface NodeWorker {
  unref(): void;
}
interface NodeThreads {
  readonly Worker: new (text: string, options: { readonly eval: true; readonly workerData: unknown }) => NodeWorker;
}
interface NodeSystem {
  availableParallelism(): number;
}
interface NodeProcess {
  /** Since Node 20.16. */
  readonly getBuiltinModule?: (name: string) => unknown;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A module of Node; undefined elsewhere. */
function nodeModule(name: string): unknown {
  const { process } = globalThis as { readonly process?: NodeProcess };
  return process?.getBuiltinModule?.(name);
}

/**
 * Threads that this machine runs at once, or `IONLOOM_THREADS`, which processes that share the machine are given; 1 where
 * there are no workers to be had.
 */
export function availableThreads(): number {
  if (!nodeModule('node:worker_threads')) return 1;
  const { process } = globalThis as { readonly process?: NodeProcess };
  const given = Number(process?.env?.['IONLOOM_THREADS']);
  if (Number.isInteger(given) && given >= 1) return given;
  // What the name promises
  return (nodeModule('node:os') as NodeSystem).availableParallelism();
}

/**
 * Words of the control block. `call` counts pieces of work and wakes workers, `open` is 1 while there may be parts left,
 * and `working` counts the workers that look at them: a worker that the machine has no time for keeps nobody waiting.
 */
const CONTROL = { call: 0, next: 1, count: 2, argument: 3, working: 4, name: 5, grain: 6, open: 7 } as const;
/** The call that ends workers. */
const END = -1;

/** Workers wait for a call, register, take parts while it is open, and go. */
const WORKER_TEXT = `
const { workerData } = require('node:worker_threads');
const { module, memory, functions, control, scratch } = workerData;
const exported = new WebAssembly.Instance(module, { env: { memory } }).exports;
let call = 0;
for (;;) {
  Atomics.wait(control, ${String(CONTROL.call)}, call);
  call = Atomics.load(control, ${String(CONTROL.call)});
  if (call === ${String(END)}) break;
  Atomics.add(control, ${String(CONTROL.working)}, 1);
  if (Atomics.load(control, ${String(CONTROL.open)}) === 1) {
    const work = exported[functions[control[${String(CONTROL.name)}]]];
    const [count, grain] = [control[${String(CONTROL.count)}], control[${String(CONTROL.grain)}]];
    for (;;) {
      const first = Atomics.add(control, ${String(CONTROL.next)}, grain);
      if (first >= count) break;
      work(first, Math.min(count, first + grain), scratch, control[${String(CONTROL.argument)}]);
    }
  }
  Atomics.sub(control, ${String(CONTROL.working)}, 1);
  Atomics.notify(control, ${String(CONTROL.working)});
}
`;

/** A team of as many threads as there are `scratches`, fewer where there are no workers. */
export function createTeam(team: TeamModule, scratches: readonly number[]): ThreadTeam {
  const [own = 0, ...others] = scratches;
  const exported = instantiateModule<Exported>(team.module, team.memory);
  const alone = ({ name, count, argument }: Omit<TeamWork, 'grain'>): void => {
    exported[name]?.(0, count, own, argument);
  };
  // What the name promises
  const threads = nodeModule('node:worker_threads') as NodeThreads | undefined;
  if (others.length === 0 || !threads) return { run: alone, close: () => undefined };
  const control = new Int32Array(new SharedArrayBuffer(64));
  for (const scratch of others) {
    const worker = new threads.Worker(WORKER_TEXT, { eval: true, workerData: { ...team, control, scratch } });
    // The process may end while workers wait.
    worker.unref();
  }
  let calls = 0;
  const call = (number: number): void => {
    Atomics.store(control, CONTROL.call, number);
    Atomics.notify(control, CONTROL.call);
  };
  // Nobody reads what is set here before `open` is 1, and it is 0 until all that have registered are gone.
  const start = ({ name, count, grain, argument }: TeamWork): void => {
    control[CONTROL.count] = count;
    control[CONTROL.grain] = grain;
    control[CONTROL.argument] = argument;
    control[CONTROL.name] = team.functions.indexOf(name);
    control[CONTROL.next] = 0;
    Atomics.store(control, CONTROL.open, 1);
    calls = (calls + 1) % 2 ** 31;
    call(calls);
  };
  const result: ThreadTeam = {
    run: (work) => {
      if (work.count <= work.grain) {
        alone(work);
        return;
      }
      start(work);
      for (;;) {
        const first = Atomics.add(control, CONTROL.next, work.grain);
        if (first >= work.count) break;
        exported[work.name]?.(first, Math.min(work.count, first + work.grain), own, work.argument);
      }
      Atomics.store(control, CONTROL.open, 0);
      for (let left = Atomics.load(control, CONTROL.working); left > 0; left = Atomics.load(control, CONTROL.working)) {
        Atomics.wait(control, CONTROL.working, left);
      }
    },
    close: () => {
      call(END);
      result.run = alone;
    },
  };
  return result;
}
