/**
 * What surrounds a corpus program, as a plan that both interpreters and the RTL are given: codes of the converters,
 * targets, spikes, the coil, the compliance input. This is the side of the interpreters, made of the exact models.
 */
import type { FieldConfig } from '../../src/ir/blocks/field.js';
import type { Note } from '../../src/ir/timing-diagram.js';
import { QuietEnvironment, type CommittedLines, type SampledStrobe, type Side } from '../../src/ir/environment.js';
import { FieldUnit } from '../../src/ir/field-unit.js';
import { Marks, type Mark } from '../../src/ir/marks.js';
import type { CommandUnit, Condition } from '../../src/ir/microcode.js';
import { RandomPlanes } from '../../src/ir/random-planes.js';
import { meanCode } from '../../src/ir/scan-clocks.js';
import type { PulseProgram } from '../../src/ir/scheduled.js';
import { TickClock } from '../../src/ir/tick-clock.js';
import { TransferSums } from '../../src/ir/transfer-marks.js';
import { verifyMark } from '../../src/ir/verify-marks.js';
import { ArrayCodes, type ArrayPlan } from './array-codes.js';
import { Layer } from './layer.js';

export interface SurroundingsPlan extends ArrayPlan {
  /** What verify scans compare with. */
  readonly verify?: {
    readonly target: (row: number, column: number) => number | undefined;
    readonly tolerance: number;
  };
  /** What transfer scans add up to. */
  readonly transfer?: {
    readonly sumBits: number;
    readonly zero: number;
    readonly threshold: number;
    readonly negate: boolean;
  };
  /** Clocks of a tick, and lines that spike in the ticks after the start. */
  readonly ticks?: { readonly clocks: number; readonly spikes: readonly TickSpike[] };
  /** The coil; its field stands in the window as soon as the code does. */
  readonly field?: FieldConfig;
  /** Pulses after which a cell that is read reaches compliance. */
  readonly formedAfter?: (row: number, column: number) => number;
  /** What the host asks the cells to move by [2^-fractionBits pulses], and the seed of the rounding. */
  readonly updates?: { readonly seed: number; readonly of: (row: number, column: number) => number };
  /** Seeds of the random registers. */
  readonly seeds?: { readonly row: number; readonly column: number };
}

/** A line spikes in the tick of this number; tick 0 begins with the start. */
export interface TickSpike {
  readonly tick: number;
  readonly side: Side;
  readonly line: number;
}

/** What a run leaves behind. */
export interface Remains {
  /** Sums of codes by column. */
  readonly sums?: readonly number[];
  /** Columns whose neurons have sent events, in order. */
  readonly sent?: readonly number[];
  /** Pulses that each row had by itself, and those on several rows. */
  readonly wear?: { readonly rows: readonly number[]; readonly common: number };
  /** Planes of rows that were written during the run, by index. */
  readonly planes: readonly (readonly [number, readonly number[]])[];
}

/** Pins of the coil in every clock. */
const STEADY = { isInWindow: true, isFaulty: false, isOff: false, isStopped: false } as const;

export class Surroundings extends QuietEnvironment {
  readonly #plan: SurroundingsPlan;
  readonly #program: PulseProgram;
  readonly #random: RandomPlanes;
  readonly #marks: Marks;
  readonly #sums: TransferSums | undefined;
  readonly #ticks: TickClock | undefined;
  readonly #array: ArrayCodes;
  readonly #layer: Layer;
  /** Answers of the conversions of a mean so far. */
  #answers: (readonly number[])[] = [];
  #lines: CommittedLines | undefined;
  readonly #field: FieldUnit | undefined;
  /** Clocks that the coil has lived through. */
  #fieldClocks = 0;
  #zero: number | undefined;
  readonly #rowPulses: number[];
  #commonPulses = 0;
  underruns = 0;
  readonly #notes: Note[] = [];

  constructor(program: PulseProgram, plan: SurroundingsPlan) {
    super();
    this.#program = program;
    this.#plan = plan;
    this.#array = new ArrayCodes(program, plan);
    this.#layer = new Layer(program);
    this.#rowPulses = Array.from({ length: program.rows }, () => 0);
    this.#random = new RandomPlanes(plan.seeds?.row ?? 1, plan.seeds?.column ?? 1);
    this.#marks = new Marks(program.scan.shares, program.columns);
    this.#sums = plan.transfer && new TransferSums(plan.transfer);
    this.#field = plan.field && new FieldUnit(plan.field);
    this.#ticks = plan.ticks && new TickClock(plan.ticks.clocks, 0);
  }

  /** Clock of the first commit, from the start. */
  get firstCommit(): number {
    return this.#zero ?? 0;
  }

  /** Conditions that were used up and commands, by clocks from the first commit. */
  get notes(): readonly Note[] {
    return this.#notes.map(({ clock, text }) => ({ clock: clock - (this.#zero ?? 0), text }));
  }

  override firstClock(condition: Condition, from: number): number {
    switch (condition) {
      case 'always':
        return from;
      case 'tick':
        return this.#ticks?.pendingFrom(from) ?? Infinity;
      case 'field':
        return this.#fieldFrom(from);
      case 'verified':
        return this.#marks.isEmpty ? from : Infinity;
      case 'compliance':
        return this.isCompliant ? from : Infinity;
      case 'wear':
        return from;
      case 'neuron':
      case 'turn':
        return this.#layer.idleFrom(condition, from);
      default:
        throw new Error(`no corpus program waits for ${condition}`);
    }
  }

  override take(condition: Condition, clock: number): void {
    this.#notes.push({ clock, text: condition });
    this.#ticks?.take(clock);
  }

  override command(unit: CommandUnit, argument: number, clock: number): void {
    this.#notes.push({ clock, text: `${unit} ${String(argument)}` });
    if (unit === 'neuron') this.#layer.step(clock);
    if (unit === 'turn') this.#layer.turn(argument, clock);
    if (unit === 'accumulators') this.#layer.clear();
    if (unit !== 'field') return;
    this.#stepField(clock);
    this.#fieldClocks += 1;
    this.#field?.step({ ...STEADY, command: argument });
  }

  override draw(side: Side): number {
    return this.#random.draw(side);
  }

  override spikes(side: Side, age: number, clock: number): readonly number[] {
    const { ticks } = this.#plan;
    // Lines of the tick that runs have not spiked yet when its segments come
    if (!ticks || age === 0) return [];
    const tick = TickClock.count(ticks.clocks, 0, clock) - age;
    const sent = ticks.spikes.filter((spike) => spike.side === side && spike.tick === tick).map(({ line }) => line);
    const returned = side === 'column' && this.#program.blocks.neuron?.returns ? this.#spikesOf(tick) : [];
    return [...new Set([...sent, ...returned])].sort((one, other) => one - other);
  }

  override marks(_side: Side, direction: 'up' | 'down', _clock: number): readonly number[] {
    return this.#marks.columns(direction);
  }

  override commit(lines: CommittedLines, clock: number): void {
    this.#zero ??= clock;
    this.#lines = lines;
    this.#array.commit(lines);
    if (lines.fires) this.#wearOut(lines.rows);
  }

  override plane(side: Side, index: number): readonly number[] | undefined {
    return side === 'row' ? this.#layer.planes.get(index) : undefined;
  }

  override convert({ share, turn, isLast, mode, negate }: SampledStrobe, _clock: number): void {
    this.#answers.push(this.#array.answers(share, turn));
    if (!isLast) return;
    const codes = meanCodes(this.#answers);
    this.#answers = [];
    this.#layer.take(share, { mode, negate }, codes);
    if (mode !== 'verify' && mode !== 'transfer') return;
    if (share === 0) this.#marks.start();
    this.#marks.take(share, this.#markStep(share, codes));
  }

  override underrun(_clock: number): void {
    this.underruns += 1;
  }

  /** The first clock, `from` or later, that sees the field in its window. */
  #fieldFrom(from: number): number {
    this.#stepField(from);
    while (this.#field && this.#field.state !== 'ok') {
      if (this.#field.state === 'error') return Infinity;
      this.#stepField(this.#fieldClocks + 1);
    }
    return this.#field ? Math.max(from, this.#fieldClocks) : Infinity;
  }

  /** Lets the coil live through all clocks before `clock`. */
  #stepField(clock: number): void {
    for (; this.#fieldClocks < clock; this.#fieldClocks++) this.#field?.step(STEADY);
  }

  /** Columns of neurons that spiked in a tick. */
  #spikesOf(tick: number): readonly number[] {
    const period = this.#plan.ticks?.clocks ?? 1;
    return this.#layer.spikes
      .filter(({ clock }) => TickClock.count(period, 0, clock) === tick)
      .map(({ column }) => column);
  }

  #wearOut(rows: readonly number[]): void {
    const [row] = rows;
    if (row === undefined || rows.length > 1) this.#commonPulses += 1;
    else this.#rowPulses[row] = (this.#rowPulses[row] ?? 0) + 1;
  }

  #markStep(share: number, codes: readonly number[]): readonly Mark[] {
    const { converters, shares } = this.#program.scan;
    const first = this.#array.tile * converters;
    return codes
      .slice(first, first + converters)
      .map((code, converter) => this.#mark(this.#array.row ?? 0, converter * shares + share, code));
  }

  #mark(row: number, column: number, code: number): Mark {
    const { verify, transfer } = this.#plan;
    if (verify) return verifyMark(code, verify.target(row, column), verify.tolerance);
    if (!transfer || !this.#sums) return 'none';
    return this.#sums.take(row * this.#program.columns + column, code, transfer.negate);
  }

  /** What the converters answer now to a strobe for one of their columns, the `turn`th of its mean. */
  answers(share: number, turn: number): readonly number[] {
    return this.#array.answers(share, turn);
  }

  /** What a cell of the first tile would answer by itself. */
  codeOf(row: number, column: number): number {
    return this.#array.code(row, column, 0);
  }

  /** What the run has left in the memories that the host can read. */
  get remains(): Remains {
    const { accumulate, neuron, wear } = this.#program.blocks;
    const { sums, planes, spikes } = this.#layer;
    return {
      ...(accumulate && { sums }),
      ...(neuron?.sends && { sent: spikes.map(({ column }) => column) }),
      ...(wear && { wear: { rows: this.#rowPulses, common: this.#commonPulses } }),
      planes: [...planes].sort(([one], [other]) => one - other),
    };
  }

  /** Level of the compliance input: a cell that is read conducts. */
  get isCompliant(): boolean {
    const [row, column] = [this.#lines?.rows[0], this.#lines?.columns[0]];
    if (row === undefined || column === undefined) return false;
    return this.#array.pulses(row, column) >= (this.#plan.formedAfter?.(row, column) ?? Infinity);
  }
}

/** The code that stands for all answers, converter by converter. */
function meanCodes(answers: readonly (readonly number[])[]): readonly number[] {
  return (answers[0] ?? []).map((_, at) => meanCode(answers.map((codes) => codes[at] ?? 0)));
}
