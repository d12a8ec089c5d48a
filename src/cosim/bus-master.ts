/** The host's side of the bus: 32-bit reads and writes, whatever the protocol. */
import { ControllerFault } from './controller-fault.js';
import type { PortBlock } from './port-block.js';

/** What the controller has answered. */
export interface BusAnswer {
  readonly data: number;
  readonly isRefused: boolean;
}

/** Answers take a handful of clocks; this many mean that the controller is broken. */
const MAX_ACCESS_CLOCKS = 16;

/** One transfer at a time; a protocol says how a transfer goes. */
export abstract class BusMaster {
  protected readonly ports: PortBlock;
  readonly #step: () => void;

  /** `step` evaluates one clock. */
  constructor(ports: PortBlock, step: () => void) {
    this.ports = ports;
    this.#step = step;
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

  /** Writes a 32-bit word; returns whether the controller has refused it. */
  tryWrite(address: number, value: number): boolean {
    return this.transfer(address, value).isRefused;
  }

  /** One whole transfer, a write where there is a value; the bus is idle before and after it. */
  protected abstract transfer(address: number, value: number | undefined): BusAnswer;

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
