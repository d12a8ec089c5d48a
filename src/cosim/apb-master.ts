/** The host's side of the APB bus, one transfer at a time. */
import { invariant } from '../core/invariant.js';
import type { PortBlock } from './port-block.js';

/** An answer of the controller takes one wait state; this many mean that it is broken. */
const MAX_ACCESS_CLOCKS = 16;

export class ApbMaster {
  readonly #ports: PortBlock;
  readonly #step: () => void;

  /** `step` evaluates one clock. */
  constructor(ports: PortBlock, step: () => void) {
    this.#ports = ports;
    this.#step = step;
  }

  /** Value at a byte address; throws where the controller refuses. */
  read(address: number): number {
    const { data, isRefused } = this.#transfer(address, undefined);
    invariant(!isRefused, `the controller refuses to read address ${hex(address)}`);
    return data;
  }

  /** Writes a 32-bit word; throws where the controller refuses. */
  write(address: number, value: number): void {
    invariant(!this.tryWrite(address, value), `the controller refuses a write to address ${hex(address)}`);
  }

  /** Writes a 32-bit word; returns whether the controller has refused it. */
  tryWrite(address: number, value: number): boolean {
    return this.#transfer(address, value).isRefused;
  }

  #transfer(address: number, value: number | undefined): { readonly data: number; readonly isRefused: boolean } {
    const ports = this.#ports;
    ports.set('psel_i', 1);
    ports.set('penable_i', 0);
    ports.set('paddr_i', address);
    ports.set('pwrite_i', value === undefined ? 0 : 1);
    ports.set('pwdata_i', value ?? 0);
    this.#step();
    ports.set('penable_i', 1);
    let clocks = 0;
    do {
      this.#step();
      clocks += 1;
      invariant(clocks <= MAX_ACCESS_CLOCKS, `the controller does not answer at address ${hex(address)}`);
    } while (ports.get('pready_o') === 0);
    const answer = { data: ports.get('prdata_o'), isRefused: ports.get('pslverr_o') === 1 };
    this.#step();
    ports.set('psel_i', 0);
    ports.set('penable_i', 0);
    return answer;
  }
}

function hex(address: number): string {
  return `0x${address.toString(16)}`;
}
