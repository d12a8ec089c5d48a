/** The fetch stage against the meaning of words: loops, successors, control words, entries. */
import { describe, expect, it } from 'vitest';
import { CONTROL_CODE, WORD_KIND } from '../../../src/ir/microcode.js';
import { firstDifference, packed, type CellModel, type PortValues } from '../../support/cell-model.js';
import { randomNumbers } from '../../support/random-numbers.js';

const ADDR_BITS = 5;
const DWELL_BITS = 20;
const LOOPS = [0, 1, 2] as const;

interface Shape {
  readonly loops: number;
  readonly entryLoops: number;
  readonly countBits: number;
  readonly entryBits: number;
  readonly hasControl: boolean;
  readonly hasSet: boolean;
}

interface Word {
  readonly kind: number;
  readonly end: number;
  readonly next: number;
  readonly entry: number;
  readonly control: number;
  readonly condition: number;
  readonly invert: number;
  readonly argument: number;
  /** Bits of a dwell that nothing else uses: one, and those above. */
  readonly spare: number;
}

interface Given {
  readonly start: boolean;
  readonly stop: boolean;
  readonly ready: boolean;
  readonly drained: boolean;
  readonly conditions: number;
}

interface Inputs extends PortValues {
  readonly start_i: number;
}

/** What a run is given, and where it stands. */
class FetchModel implements CellModel<Inputs> {
  readonly shape: Shape;
  isValid = false;
  hasEnded = false;
  address = 0;
  counts = [0, 0, 0];
  limits: readonly number[] = [0, 0, 0];
  lacksEntry = false;
  entries = 0;
  loopLasts: readonly number[] = [0, 0, 0];
  startAddress = 0;
  word: Word;
  given: Given;

  constructor(shape: Shape, word: Word, given: Given) {
    this.shape = shape;
    this.word = word;
    this.given = given;
  }

  reset(): void {
    this.isValid = this.hasEnded = this.lacksEntry = false;
    this.address = 0;
    this.counts = [0, 0, 0];
  }

  get kind(): 'segment' | 'control' | 'set' | 'stop' {
    const { kind } = this.word;
    if (kind === WORD_KIND.segment) return 'segment';
    if (kind === WORD_KIND.control && this.shape.hasControl) return 'control';
    return kind === WORD_KIND.set && this.shape.hasSet ? 'set' : 'stop';
  }

  /** The condition is as the word wants it. */
  get holds(): boolean {
    return (this.given.conditions >> this.word.condition) % 2 !== this.word.invert;
  }

  get executes(): boolean {
    return this.kind === 'control' && this.given.drained && (this.holds || this.word.control !== CONTROL_CODE.wait);
  }

  get advances(): boolean {
    return this.isValid && ((this.kind === 'segment' && this.given.ready) || this.kind === 'set' || this.executes);
  }

  isPart(mask: number, loop: number): boolean {
    return (mask >> loop) % 2 === 1;
  }

  /** Loops that end here, the innermost first. */
  get ending(): readonly number[] {
    return LOOPS.toReversed().filter((loop) => this.isPart(this.word.end & this.shape.loops, loop));
  }

  get isBranch(): boolean {
    return this.kind === 'control' && this.word.control === CONTROL_CODE.branch;
  }

  /** The innermost loop with a turn left. */
  get repeating(): number | undefined {
    return this.ending.find((loop) => this.counts[loop] !== this.limits[loop]);
  }

  get next(): number {
    if (this.isBranch) return this.word.next | Number(this.holds);
    return this.word.next | (this.repeating === undefined ? 0 : this.repeating + 1);
  }

  get entry(): number {
    const owners = LOOPS.filter((loop) => this.isPart(this.shape.entryLoops, loop));
    const named = owners.length === 1 ? owners : owners.filter((loop) => loop + 1 === this.word.entry);
    return named.reduce<number>((all, loop) => all | (this.counts[loop] ?? 0), 0) % 2 ** this.shape.entryBits;
  }

  get wantsAbsentEntry(): boolean {
    return this.isValid && this.kind === 'segment' && this.word.entry !== 0 && this.entries === 0;
  }

  outputs(): PortValues {
    const { word, isValid, kind, given, executes, advances } = this;
    const isControl = (code: number): boolean => isValid && executes && word.control === code;
    const takes = isControl(CONTROL_CODE.wait) || isControl(CONTROL_CODE.branch);
    return {
      own_o: Number(isValid || given.start),
      re_o: Number(!isValid || (this.shape.hasControl ? advances : given.ready || kind === 'set')),
      addr_o: isValid ? this.next : this.startAddress,
      entry_o: this.entry,
      segment_o: Number(isValid && kind === 'segment'),
      op_addr_o: this.address,
      count_o: packed(this.counts, this.shape.countBits),
      no_entry_o: Number(this.lacksEntry),
      condition_take_o: takes ? 2 ** word.condition : 0,
      command_o: Number(isControl(CONTROL_CODE.command)),
      command_unit_o: word.condition,
      command_argument_o: word.argument,
      ended_o: Number(this.hasEnded || (this.shape.hasControl && isValid && kind === 'stop')),
      waits_o: Number(isValid && kind === 'control' && !executes),
      moves_o: Number(advances || this.wantsAbsentEntry),
    };
  }

  advance(): void {
    const { isValid, advances, kind, given } = this;
    this.lacksEntry = this.wantsAbsentEntry && !given.stop;
    const next = isValid ? this.next : this.startAddress;
    if (advances) this.#count();
    if (given.start) this.#start();
    if (given.start || advances) this.address = next;
    this.hasEnded = !given.stop && (this.hasEnded || (isValid && kind === 'stop'));
    this.isValid = !given.stop && (given.start || (isValid && kind !== 'stop'));
  }

  #start(): void {
    this.counts = [0, 0, 0];
    this.limits = LOOPS.map((loop) =>
      this.isPart(this.shape.entryLoops, loop)
        ? (this.entries + 2 ** this.shape.entryBits - 1) % 2 ** this.shape.entryBits
        : (this.loopLasts[loop] ?? 0),
    );
  }

  #count(): void {
    const { word, ending, repeating } = this;
    if (this.kind === 'set') {
      const loop = word.control;
      if (!this.isPart(this.shape.loops, loop)) return;
      this.limits = this.limits.with(loop, (dwellOf(word) >> 2) & (2 ** this.shape.countBits - 1));
      this.counts[loop] = 0;
      return;
    }
    if (this.isBranch) {
      if (this.holds) for (const loop of ending) this.counts[loop] = 0;
      return;
    }
    for (const loop of ending) {
      if (loop === repeating) {
        this.counts[loop] = (this.counts[loop] ?? 0) + 1;
        return;
      }
      this.counts[loop] = 0;
    }
  }
}

function dwellOf({ control, condition, invert, argument, spare }: Word): number {
  return control + 4 * condition + 64 * invert + 128 * (spare % 2) + 256 * argument + 2 ** 16 * (spare >> 1);
}

const SHAPES: readonly Shape[] = [
  { loops: 7, entryLoops: 1, countBits: 4, entryBits: 3, hasControl: true, hasSet: false },
  { loops: 7, entryLoops: 6, countBits: 3, entryBits: 3, hasControl: true, hasSet: true },
  { loops: 3, entryLoops: 2, countBits: 5, entryBits: 3, hasControl: false, hasSet: false },
  { loops: 7, entryLoops: 4, countBits: 3, entryBits: 3, hasControl: false, hasSet: true },
  { loops: 7, entryLoops: 2, countBits: 9, entryBits: 9, hasControl: true, hasSet: true },
  { loops: 0, entryLoops: 0, countBits: 3, entryBits: 3, hasControl: false, hasSet: false },
];

describe.each(SHAPES)('fetch with %o', (shape) => {
  const { loops, entryLoops, countBits, entryBits, hasControl, hasSet } = shape;

  it.each([1, 2])('walks random words as they say (%i)', async (seed) => {
    const random = randomNumbers(seed);
    const bit = (): boolean => random(2) === 1;
    const isSettable = (loop: number): boolean => hasSet && loop < 3 && (entryLoops >> loop) % 2 === 0;
    const randomWord = (): Word => {
      const kinds = [1, 1, 1, ...(hasControl ? [2, 2] : []), ...(hasSet ? [3] : []), ...(random(30) === 0 ? [0] : [])];
      const kind = kinds[random(kinds.length)] ?? 1;
      const parts = { condition: random(16), invert: random(2), argument: random(256), spare: random(32) };
      const settable = LOOPS.filter(isSettable);
      const control = kind === 3 ? (settable[random(settable.length)] ?? 3) : random(4);
      const end = kind === 3 ? 0 : random(8);
      return { kind, end, next: random(2 ** ADDR_BITS), entry: random(3) === 0 ? random(4) : 0, control, ...parts };
    };
    const quiet: Given = { start: false, stop: false, ready: true, drained: true, conditions: 0 };
    const model = new FetchModel(shape, randomWord(), quiet);
    let idle = 0;
    const difference = await firstDifference({
      shape: {
        cell: 'ion_fetch',
        parameters: {
          AddrW: ADDR_BITS,
          CountW: countBits,
          EntryW: entryBits,
          DwellW: DWELL_BITS,
          Loops: `3'd${String(loops)}`,
          EntryLoops: `3'd${String(entryLoops)}`,
          HasControl: Number(hasControl),
          HasSet: Number(hasSet),
        },
        ports: {
          start_i: 1,
          start_addr_i: ADDR_BITS,
          stop_i: 1,
          loop_last_i: 3 * countBits,
          entries_i: entryBits + 1,
          own_o: 1,
          re_o: 1,
          addr_o: ADDR_BITS,
          entry_o: entryBits,
          op_kind_i: 2,
          op_end_i: 3,
          op_next_i: ADDR_BITS,
          op_entry_i: 2,
          op_dwell_i: DWELL_BITS,
          segment_o: 1,
          ready_i: 1,
          op_addr_o: ADDR_BITS,
          count_o: 3 * countBits,
          no_entry_o: 1,
          drained_i: 1,
          condition_i: 16,
          condition_take_o: 16,
          command_o: 1,
          command_unit_o: 4,
          command_argument_o: 8,
          ended_o: 1,
          waits_o: 1,
          moves_o: 1,
        },
      },
      model,
      clocks: 8000,
      stimulus: (age) => {
        const isIdle = !model.isValid && !model.hasEnded;
        idle = isIdle && age > 1 ? idle + 1 : 0;
        // Limits stand some clocks before a start
        if (idle <= 1 && isIdle) {
          model.entries = random(4) === 0 ? 0 : 1 + random(random(2) === 0 ? 8 : 2 ** entryBits);
          model.loopLasts = LOOPS.map(() => random(random(3) === 0 ? 2 ** countBits : 4));
          model.startAddress = random(2 ** ADDR_BITS);
        }
        model.word = randomWord();
        const stop = random(model.hasEnded ? 4 : 60) === 0;
        const start = idle > 4 && bit();
        model.given = { start, stop, ready: random(3) > 0, drained: bit(), conditions: random(2 ** 16) };
        const { word, given } = model;
        return {
          start_i: Number(start),
          start_addr_i: model.startAddress,
          stop_i: Number(stop),
          loop_last_i: packed(model.loopLasts, countBits),
          entries_i: model.entries,
          op_kind_i: word.kind,
          op_end_i: word.end,
          op_next_i: word.next,
          op_entry_i: word.entry,
          op_dwell_i: dwellOf(word),
          ready_i: Number(given.ready),
          drained_i: Number(given.drained),
          condition_i: given.conditions,
        };
      },
    });
    expect(difference).toBeUndefined();
  });
});
