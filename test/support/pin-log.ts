/** The pins of a controller, clock by clock, as a logic analyser on the lines would see them. */
import type { ModelSession } from '../../src/cosim/engine.js';
import { PortBlock } from '../../src/cosim/port-block.js';

/** One clock at the lines of a controller of one tile and one level. */
export interface PinClock {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly isNegative: boolean;
  readonly fires: boolean;
}

/** Passes everything on and writes down every clock. */
export class PinLog implements ModelSession {
  readonly io: Uint32Array;
  readonly slots: ModelSession['slots'];
  readonly clocks: PinClock[] = [];
  readonly #inner: ModelSession;
  readonly #ports: PortBlock;

  constructor(inner: ModelSession) {
    this.#inner = inner;
    this.#ports = new PortBlock(inner);
    this.io = inner.io;
    this.slots = inner.slots;
  }

  get evaluatedClocks(): number {
    return this.#inner.evaluatedClocks;
  }

  step(): void {
    this.#inner.step();
    this.clocks.push({
      rows: this.#ports.lines('row_o'),
      columns: this.#ports.lines('col_o'),
      isNegative: this.#ports.get('pol_o') === 1,
      fires: this.#ports.get('fire_o') === 1,
    });
  }

  /** One clock at a time; that nothing may have happened in it is no matter to the host. */
  runUntil(): number {
    this.step();
    return 1;
  }

  close(): void {
    this.#inner.close();
  }
}
