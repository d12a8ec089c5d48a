/**
 * The instruction-set model of the controller: executes encoded words as the RTL does and yields the same events.
 * It knows nothing of the operations that the words came from.
 */
import { invariant } from '../core/invariant.js';
import { serialSegmentClocks } from './blocks/line-serial.js';
import { QuietEnvironment, type Environment, type Side } from './environment.js';
import type { ControllerEvent } from './events.js';
import { Execution } from './execution.js';
import type { EntryFieldName, Lanes, LegalDataSet, LegalModule, OpFieldName } from './legal.js';
import type { LineSide } from './line-side.js';
import {
  CONDITION_CODE,
  CONTROL_BITS,
  CONTROL_CODE,
  LOOP_DEPTHS,
  MARKS_CODE,
  POLARITY_CODE,
  REST_CODE,
  SAMPLE_CODE,
  SAMPLE_NEGATE,
  SELECT_CODE,
  SET_BITS,
  UNIT_CODE,
  WORD_KIND,
  type CommandUnit,
  type Condition,
} from './microcode.js';
import type { Sampling } from './scheduled.js';
import { bitsOf, unpackWord } from './word-format.js';

type Op = Readonly<Record<OpFieldName, number>>;
type Entry = Readonly<Record<EntryFieldName, number>>;

const NO_LINES: readonly number[] = [];
const NO_ENTRY: Entry = { column: 0, row: 0, magnitude: 0, negative: 0, last: 0 };

/** What fields without bits mean. */
const ABSENT = { row_plane: 0, column_plane: 0, tiles: 1 } as const;

/** Events of one data set from the first commit to the one that leaves the lines idle; clock 0 is the first commit. */
export function interpretLegal(
  module: LegalModule,
  dataSet: LegalDataSet,
  environment: Environment = new QuietEnvironment(),
): Iterable<ControllerEvent> {
  return new LegalWalk(module, dataSet, environment).run();
}

/** How one side of a word selects lines. */
interface SideFields {
  readonly side: Side;
  readonly lines: LineSide;
  readonly code: number;
  readonly base: number;
  readonly ofEntry: number;
}

class LegalWalk {
  readonly #module: LegalModule;
  readonly #dataSet: LegalDataSet;
  readonly #environment: Environment;
  readonly #execution: Execution;
  readonly #ops: readonly Op[];
  readonly #count = [0, 0, 0];
  readonly #last: number[];
  /** Clocks of every load, where lines are behind shift registers. */
  readonly #serialClocks: number | undefined;
  readonly #planes = { row: new Map<number, readonly number[]>(), column: new Map<number, readonly number[]>() };

  constructor(module: LegalModule, dataSet: LegalDataSet, environment: Environment) {
    const { sizes, limits, scan, program, opFormat } = module;
    this.#module = module;
    this.#serialClocks = serialSegmentClocks(sizes, module.blocks.serial);
    this.#dataSet = dataSet;
    this.#environment = environment;
    this.#execution = new Execution({ ...sizes, scan, restClocks: limits.restClocks }, environment, dataSet.origin);
    this.#ops = program.words.map((lanes) => ({ ...ABSENT, ...unpackWord(opFormat, lanes) }));
    this.#last = LOOP_DEPTHS.map((depth) =>
      (sizes.entryLoops >> depth) % 2 === 1 ? dataSet.entries.length - 1 : (limits.loopLasts[depth] ?? 0),
    );
  }

  *run(): Generator<ControllerEvent> {
    let address = this.#dataSet.entry;
    for (let op = this.#op(address); op.kind !== WORD_KIND.stop; op = this.#op(address)) {
      address = op.next | this.#execute(op, address);
      if (this.#execution.hasEvents) yield* this.#execution.takeEvents();
    }
    this.#execution.finish();
    yield* this.#execution.takeEvents();
  }

  /** Returns the slot of the successor. */
  #execute(op: Op, address: number): number {
    if (op.kind === WORD_KIND.segment) this.#segment(op, address);
    else if (op.kind === WORD_KIND.control) {
      if (part(op, 'control') === CONTROL_CODE.branch) return this.#branch(op);
      this.#control(op);
    } else {
      const counter = op.dwell % 2 ** SET_BITS.loop.width;
      this.#last[counter] = Math.floor(op.dwell / 2 ** SET_BITS.value.lsb) % 2 ** this.#module.sizes.counterBits;
      this.#count[counter] = 0;
      this.#execution.set();
    }
    return this.#slot(op);
  }

  #control(op: Op): void {
    if (part(op, 'control') === CONTROL_CODE.wait) this.#execution.wait(conditionOf(op));
    else this.#execution.command(unitOf(op), part(op, 'argument'));
  }

  #branch(op: Op): number {
    const isTaken = this.#execution.branch(conditionOf(op)) !== (part(op, 'invert') === 1);
    if (!isTaken) return 0;
    for (const depth of LOOP_DEPTHS) if ((op.end >> depth) % 2 === 1) this.#count[depth] = 0;
    return 1;
  }

  /** The innermost loop first; an outer loop ends only where the inner ones have. */
  #slot({ end }: Op): number {
    for (const depth of LOOP_DEPTHS.toReversed()) {
      if ((end >> depth) % 2 === 0) continue;
      const count = this.#count[depth] ?? 0;
      if (count !== this.#last[depth]) {
        this.#count[depth] = count + 1;
        return depth + 1;
      }
      this.#count[depth] = 0;
    }
    return 0;
  }

  #segment(op: Op, address: number): void {
    const { rows, columns } = this.#execution;
    const entry = this.#entry(op);
    const row = this.#side({ side: 'row', lines: rows, code: op.row, base: op.row_plane, ofEntry: entry.row });
    const column = this.#side({
      side: 'column',
      lines: columns,
      code: op.column,
      base: op.column_plane,
      ofEntry: entry.column,
    });
    this.#execution.load(this.#serialClocks ?? Math.max(row.clocks, column.clocks));
    row.select();
    column.select();
    this.#execution.commit({
      rowLevel: op.row_level,
      columnLevel: op.column_level,
      holds: op.hold === 1,
      railSet: op.rail,
      negative: op.polarity === POLARITY_CODE.entry ? entry.negative === 1 : op.polarity === POLARITY_CODE.negative,
      fires: op.fires === 1,
      dwell: op.timed === 1 ? entry.magnitude * 2 ** this.#module.sizes.tickExponent : op.dwell,
      samples: samplingOf(op.samples),
      rests: op.rest === REST_CODE.always || (op.rest === REST_CODE.entry && entry.last === 1),
      tiles: op.tiles,
      origin: this.#module.program.listing[address]?.origin ?? this.#dataSet.origin,
    });
  }

  /** How long a side loads and what it then selects. */
  #side(fields: SideFields): { readonly clocks: number; readonly select: () => void } {
    const { side, lines, code, base, ofEntry } = fields;
    const { sizes, limits } = this.#module;
    const one = (list: readonly number[]) => ({
      clocks: 1,
      select: () => {
        lines.select(list);
      },
    });
    const words = side === 'row' ? sizes.rowPlaneWords : sizes.columnPlaneWords;
    const plane = (index: number) => ({ ...one(this.#plane(side, index)), clocks: words });
    switch (code) {
      case SELECT_CODE.none:
        return one(NO_LINES);
      case SELECT_CODE.all:
        return one(lines.all);
      case SELECT_CODE.entry:
        return one(lines.single(ofEntry));
      case SELECT_CODE.entryPlane:
        return plane(base | ofEntry);
      case SELECT_CODE.keep:
        return { clocks: 1, select: () => undefined };
      case SELECT_CODE.plane:
        return plane(base);
      case SELECT_CODE.random: {
        const draw = this.#environment.draw(side);
        return draw < limits.randomPlanes ? plane(base | draw) : one(NO_LINES);
      }
      case SELECT_CODE.age:
        return {
          clocks: words,
          select: () => {
            lines.select(this.#environment.spikes(side, base, this.#execution.decoded));
          },
        };
      case SELECT_CODE.marks:
        return {
          clocks: 1,
          select: () => {
            const direction = base === MARKS_CODE.up ? 'up' : 'down';
            lines.select(this.#environment.marks(side, direction, this.#execution.loaded));
          },
        };
      default:
        return code < SELECT_CODE.entry
          ? one(lines.single(this.#count[code - SELECT_CODE.counter] ?? 0))
          : plane(base | (this.#count[code - SELECT_CODE.counterPlane] ?? 0));
    }
  }

  #op(address: number): Op {
    const op = this.#ops[address];
    invariant(op, `a program stays inside its words, address ${String(address)} is not`);
    return op;
  }

  /** The entry of a word, or zeros for a word that takes none. */
  #entry(op: Op): Entry {
    if (op.entry === 0) return NO_ENTRY;
    const lanes = this.#dataSet.entries[this.#count[op.entry - 1] ?? 0];
    invariant(lanes, 'a word takes an entry only where the work list has one');
    return unpackWord(this.#module.entryFormat, lanes);
  }

  #plane(side: Side, index: number): readonly number[] {
    let lines = this.#environment.plane(side, index) ?? this.#planes[side].get(index);
    if (!lines) this.#planes[side].set(index, (lines = this.#readPlane(side, index)));
    return lines;
  }

  #readPlane(side: Side, index: number): readonly number[] {
    const { sizes } = this.#module;
    const memory: readonly Lanes[] = side === 'row' ? this.#dataSet.rowPlanes : this.#dataSet.columnPlanes;
    const groupBits = side === 'row' ? sizes.rowPlaneGroupBits : sizes.columnPlaneGroupBits;
    const lanesPerWord = side === 'row' ? sizes.rowPlaneLanes : sizes.columnPlaneLanes;
    const words = memory.slice(index * 2 ** groupBits, (index + 1) * 2 ** groupBits);
    invariant(words.length > 0, `${side} plane ${String(index)} has been written`);
    return Array.from({ length: side === 'row' ? sizes.rows : sizes.columns }, (_, line) => line).filter((line) => {
      const word = words[Math.floor(line / lanesPerWord)] ?? [];
      return bitsOf(word, line % lanesPerWord, 1) === 1;
    });
  }
}

function part({ dwell }: Op, name: keyof typeof CONTROL_BITS): number {
  const { lsb, width } = CONTROL_BITS[name];
  return Math.floor(dwell / 2 ** lsb) % 2 ** width;
}

function conditionOf(op: Op): Condition {
  return nameOf(CONDITION_CODE, part(op, 'condition'));
}

function unitOf(op: Op): CommandUnit {
  return nameOf(UNIT_CODE, part(op, 'condition'));
}

function samplingOf(code: number): 'never' | Sampling {
  const mode = nameOf(SAMPLE_CODE, code % SAMPLE_NEGATE);
  return mode === 'never' ? mode : { mode, negate: code >= SAMPLE_NEGATE };
}

function nameOf<Name extends string>(codes: Readonly<Record<Name, number>>, code: number): Name {
  // Keys of a record of names are these names.
  const name = (Object.keys(codes) as Name[]).find((each) => codes[each] === code);
  invariant(name !== undefined, `code ${String(code)} means something`);
  return name;
}
