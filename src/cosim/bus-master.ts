/** The host's side of the bus: 32-bit reads and writes, whatever the protocol. */
import { ControllerFault } from './controller-fault.js';
import type { ModelStep } from './engine.js';
import type { PortBlock } from './port-block.js';

/** What the controller has answered. */
export interface BusAnswer {
  readonly data: number;
  readonly isRefused: boolean;
}

/** Answers take a handful of clocks; this many mean that the controller is broken. */
export const MAX_ACCESS_CLOCKS = 16;

/** See `runBatch` of a session. */
export type BatchRunner = (steps: readonly ModelStep[]) => number;

/** A word for an address of the bus. */
export interface BusWrite {
  readonly address: number;
  readonly value: number;
}

/** Writes that go in one batch: a stretch of bus time, not a whole memory at once. */
const WRITES_PER_BATCH = 4096;

/** One transfer at a time; a protocol says how a transfer goes. */
export abstract class BusMaster {
  protected readonly ports: PortBlock;
  readonly #step: () => void;
  readonly #runBatch: BatchRunner | undefined;

  /** `step` evaluates one clock; `runBatch` is there where many steps at once cost less. */
  constructor(ports: PortBlock, step: () => void, runBatch?: BatchRunner) {
    this.ports = ports;
    this.#step = step;
    this.#runBatch = runBatch;
  }

  /** Value at a byte address; throws {@link ControllerFault} where the controller refuses. */
  read(address: number): number {
    const { data, isRefused } = this.tryRead(address);
    if (isRefused) throw new ControllerFault(`bus at address ${hexadecimal(address)}`, 'a value', 'an error');
    return data;
  }

  /** What the controller answers to a read. */
  tryRead(address: number): BusAnswer {
    return this.transfer(address, undefined);
  }

  /** Writes a 32-bit word; throws {@link ControllerFault} where the controller refuses. */
  write(address: number, value: number): void {
    if (!this.tryWrite(address, value)) return;
    throw new ControllerFault(`bus at address ${hexadecimal(address)}`, 'a write', 'an error');
  }

  /** Writes words one after the other; throws {@link ControllerFault} at the first that the controller refuses. */
  writeAll(writes: Iterable<BusWrite>): void {
    let waiting: BusWrite[] = [];
    for (const write of writes) {
      waiting.push(write);
      if (waiting.length < WRITES_PER_BATCH) continue;
      this.#writeBatch(waiting);
      waiting = [];
    }
    this.#writeBatch(waiting);
  }

  /** Writes a 32-bit word; returns whether the controller has refused it. */
  tryWrite(address: number, value: number): boolean {
    return this.transfer(address, value).isRefused;
  }

  /** One whole transfer, a write where there is a value; the bus is idle before and after it. */
  protected abstract transfer(address: number, value: number | undefined): BusAnswer;

  /** The steps of a write behind which the bus may be busy with the next one; undefined where a write needs decisions. */
  protected writeSteps(_write: BusWrite): readonly ModelStep[] | undefined {
    return undefined;
  }

  /** Takes back the request of a write that went by steps. */
  protected release(): void {
    return;
  }

  #writeBatch(writes: readonly BusWrite[]): void {
    const batch = this.#runBatch && writes.map((write) => this.writeSteps(write) ?? []);
    if (!batch || batch.some((steps) => steps.length === 0)) {
      for (const { address, value } of writes) this.write(address, value);
      return;
    }
    const done = this.#runBatch?.(batch.flat()) ?? 0;
    this.release();
    const perWrite = batch[0]?.length ?? 1;
    // Alone, a refused write is refused again, and its fault tells how
    for (const { address, value } of writes.slice(Math.floor(done / perWrite))) this.write(address, value);
  }

  /** Evaluates one clock. */
  protected clock(): void {
    this.#step();
  }

  /** Evaluates clocks, at least one, until `isOver`; throws {@link ControllerFault} where that never comes. */
  protected clockUntil(address: number, isOver: () => boolean): void {
    for (let clocks = 0; clocks < MAX_ACCESS_CLOCKS; clocks++) {
      this.#step();
      if (isOver()) return;
    }
    const clocks = `within ${String(MAX_ACCESS_CLOCKS)} clocks`;
    throw new ControllerFault(`bus at address ${hexadecimal(address)}`, `an answer ${clocks}`, 'none');
  }
}

function hexadecimal(address: number): string {
  return `0x${address.toString(16)}`;
}
