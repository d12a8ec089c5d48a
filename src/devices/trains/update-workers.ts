/**
 * Threads of an update array: this one and workers on shared memory, which take blocks of rows from a counter. What a
 * row becomes does not depend on who takes it.
 */
import { Worker } from 'node:worker_threads';
import { instantiateModule, type WasmMemory, type WasmModule } from '../../numerics/wasm-host.js';
import type { UpdateRows } from './update-javascript.js';
import type { UpdateLayout } from './update-layout.js';

/** A compiled module with the memory that it imports. */
export interface UpdateInstance {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
}

/** Runs updates on rows with as many threads as there is scratch memory for. */
export interface RowWorkers {
  run: UpdateRows;
  /** Ends the threads; `run` works on with one. */
  close(): void;
}

type Exported = (first: number, last: number, scratch: number, fromCounts: number) => void;

/** Words of the control block: the number of the update, the next row, rows, source of counts, workers still at work. */
const CONTROL = { update: 0, next: 1, rows: 2, fromCounts: 3, working: 4 } as const;
/** Rows taken at once. */
const ROWS_AT_ONCE = 8;

/** Workers wait for the update to change, take rows, and count themselves out; 0 rows end them. */
const WORKER_TEXT = `
const { workerData } = require('node:worker_threads');
const { module, memory, control, scratch } = workerData;
const { updateRows } = new WebAssembly.Instance(module, { env: { memory } }).exports;
let update = 0;
for (;;) {
  Atomics.wait(control, ${String(CONTROL.update)}, update);
  update = Atomics.load(control, ${String(CONTROL.update)});
  const rows = control[${String(CONTROL.rows)}];
  if (rows === 0) break;
  for (;;) {
    const first = Atomics.add(control, ${String(CONTROL.next)}, ${String(ROWS_AT_ONCE)});
    if (first >= rows) break;
    updateRows(first, Math.min(rows, first + ${String(ROWS_AT_ONCE)}), scratch, control[${String(CONTROL.fromCounts)}]);
  }
  Atomics.sub(control, ${String(CONTROL.working)}, 1);
  Atomics.notify(control, ${String(CONTROL.working)});
}
`;

/** Runs `instance`; a thread for every scratch memory of the layout. */
export function createWorkers({ module, memory }: UpdateInstance, layout: UpdateLayout): RowWorkers {
  const [ownScratch = 0, ...scratches] = layout.scratch;
  const { updateRows } = instantiateModule<{ updateRows: Exported }>(module, memory);
  const alone: UpdateRows = (first, last, fromCounts) => {
    updateRows(first, last, ownScratch, Number(fromCounts));
  };
  if (scratches.length === 0) return { run: alone, close: () => undefined };
  const control = new Int32Array(new SharedArrayBuffer(64));
  const workers = scratches.map((scratch) => {
    const worker = new Worker(WORKER_TEXT, { eval: true, workerData: { module, memory, control, scratch } });
    // The process may end while workers wait.
    worker.unref();
    return worker;
  });
  const start = (rows: number, fromCounts: boolean): void => {
    control[CONTROL.rows] = rows;
    control[CONTROL.fromCounts] = Number(fromCounts);
    Atomics.store(control, CONTROL.working, workers.length);
    Atomics.store(control, CONTROL.next, 0);
    Atomics.add(control, CONTROL.update, 1);
    Atomics.notify(control, CONTROL.update);
  };
  const together: UpdateRows = (_, rows, fromCounts) => {
    start(rows, fromCounts);
    for (;;) {
      const first = Atomics.add(control, CONTROL.next, ROWS_AT_ONCE);
      if (first >= rows) break;
      alone(first, Math.min(rows, first + ROWS_AT_ONCE), fromCounts);
    }
    for (let left = Atomics.load(control, CONTROL.working); left > 0; left = Atomics.load(control, CONTROL.working)) {
      Atomics.wait(control, CONTROL.working, left);
    }
  };
  const result: RowWorkers = {
    run: together,
    close: () => {
      start(0, false);
      result.run = alone;
    },
  };
  return result;
}
