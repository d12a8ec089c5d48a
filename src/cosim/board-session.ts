/** A controller with the shift registers of its boards: their outputs stand where other controllers have line pins. */
import { serialSide, ShiftRegisterBoard, type SerialLines } from '../ir/blocks/line-serial.js';
import type { LegalModule } from '../ir/legal.js';
import type { ModelSession, PortSlot } from './engine.js';
import { PortBlock } from './port-block.js';

const SIDES = [
  { side: 'row', prefix: 'row', port: 'row_o' },
  { side: 'column', prefix: 'col', port: 'col_o' },
] as const;

/** `session` as it is, or with boards around it; every clock of boards is evaluated. */
export function withBoards(session: ModelSession, legal: LegalModule): ModelSession {
  const { serial } = legal.blocks;
  return serial ? new BoardSession(session, legal, serial) : session;
}

interface Board {
  readonly prefix: string;
  readonly port: string;
  readonly registers: ShiftRegisterBoard;
  /** Where its outputs show. */
  readonly slot: PortSlot;
}

class BoardSession implements ModelSession {
  readonly io: Uint32Array;
  readonly slots: ReadonlyMap<string, PortSlot>;
  readonly #session: ModelSession;
  readonly #ports: PortBlock;
  readonly #boards: readonly Board[];

  constructor(session: ModelSession, { sizes }: LegalModule, serial: SerialLines) {
    let offset = session.io.length;
    this.#boards = SIDES.map(({ side, prefix, port }) => {
      const config = { ...serialSide(sizes, side, serial), groupBits: 0 };
      const words = Math.ceil(config.lines / 32);
      const slot = { offset, words, width: config.lines };
      offset += words;
      return { prefix, port, registers: new ShiftRegisterBoard(config), slot };
    });
    this.io = new Uint32Array(offset);
    this.slots = new Map([...session.slots, ...this.#boards.map(({ port, slot }) => [port, slot] as const)]);
    this.#session = session;
    this.#ports = new PortBlock(session);
  }

  get evaluatedClocks(): number {
    return this.#session.evaluatedClocks;
  }

  step(): void {
    const { io } = this.#session;
    io.set(this.io.subarray(0, io.length));
    this.#session.step();
    this.io.set(io);
    for (const board of this.#boards) this.#show(board);
  }

  runUntil(maxClocks: number): number {
    const watched = new PortBlock(this);
    for (let clocks = 1; clocks <= maxClocks; clocks++) {
      this.step();
      if (['line_event_o', 'adc_conv_o', 'left_o'].some((name) => watched.get(name) !== 0)) return clocks;
    }
    return maxClocks;
  }

  close(): void {
    this.#session.close();
  }

  #show({ prefix, registers, slot }: Board): void {
    const pin = (name: string): number => this.#ports.get(`${prefix}_${name}_o`);
    registers.step({
      clock: pin('sclk') === 1,
      data: pin('data'),
      latch: pin('latch') === 1,
      rest: pin('rest') === 1,
    });
    this.io.fill(0, slot.offset, slot.offset + slot.words);
    for (const [line, level] of registers.levels.entries()) {
      if (level === 0) continue;
      const word = slot.offset + (line >>> 5);
      this.io[word] = (this.io[word] ?? 0) | (1 << (line & 31));
    }
  }
}
