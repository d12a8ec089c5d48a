/**
 * Static timing: how long a run lasts at most, from the start command until the controller is idle. Without waits on
 * anything outside and without conditions it is what every run lasts.
 */
import { invariant, unreachable } from '../core/invariant.js';
import { allocateLoops, type LoopPlan } from './allocate-loops.js';
import type { Condition } from './microcode.js';
import { PipelineClock } from './pipeline-clock.js';
import { conversionOf, scanClocks } from './scan-clocks.js';
import type { DataSet, LoopOperation, PulseOperation, PulseProgram, SegmentOperation, WorkEntry } from './scheduled.js';
import { loadClocks } from './underruns.js';

/** How long each condition lets a program wait at most once everything before has ended [clocks]. */
export type WaitBounds = Partial<Readonly<Record<Condition, number>>>;

/** Clocks of the longest run of `program` over `dataSet`; infinite where it waits for what has no bound. */
export function worstCaseClocks(program: PulseProgram, dataSet: DataSet, bounds: WaitBounds = {}): number {
  return new LongestRun(program, dataSet, bounds).clocks();
}

class LongestRun {
  readonly #program: PulseProgram;
  readonly #dataSet: DataSet;
  readonly #bounds: WaitBounds;
  readonly #plan: LoopPlan | undefined;
  readonly #turns = new Map<number, number>();
  /** Loops around, innermost last, with the latest clock at which each was left. */
  readonly #loops: { readonly loop: LoopOperation; left: PipelineClock | undefined }[] = [];

  constructor(program: PulseProgram, dataSet: DataSet, bounds: WaitBounds) {
    this.#program = program;
    this.#dataSet = dataSet;
    this.#bounds = bounds;
    this.#plan = allocateLoops(program.operations);
  }

  clocks(): number {
    return this.#list(this.#program.operations, new PipelineClock()).finish;
  }

  #list(operations: readonly PulseOperation[], start: PipelineClock): PipelineClock {
    return operations.reduce((clock, operation) => this.#operation(operation, clock), start);
  }

  #operation(operation: PulseOperation, clock: PipelineClock): PipelineClock {
    switch (operation.kind) {
      case 'segment':
        this.#segment(operation, clock);
        return clock;
      case 'loop':
        return this.#loop(operation, clock);
      case 'wait':
        clock.resume(clock.drained + this.#boundOf(operation.condition));
        return clock;
      case 'command':
        clock.resume(clock.drained);
        return clock;
      case 'break':
        return this.#break(operation.condition, operation.when, clock);
      case 'choice':
        return this.#choice(operation, clock);
      default:
        return unreachable(operation);
    }
  }

  #segment(segment: SegmentOperation, clock: PipelineClock): void {
    const { restClocks, scan, tickExponent } = this.#program;
    const { dwell, rest, samples } = segment;
    const entry = this.#entryOf(segment);
    const dwellClocks = dwell.kind === 'clocks' ? dwell.clocks : (entry?.magnitude ?? 0) * 2 ** tickExponent;
    const rests = rest === 'always' || (rest === 'entry' && entry?.last === true);
    clock.load(loadClocks(this.#program, segment, 'most'));
    const scanned = samples === 'never' ? 0 : scanClocks(scan, conversionOf(scan, samples.mode));
    clock.run(dwellClocks + scanned + (rests ? restClocks : 0));
  }

  #entryOf({ entryOf }: SegmentOperation): WorkEntry | undefined {
    const counter = entryOf ?? this.#loops.findLast(({ loop }) => loop.count === 'entries')?.loop.counter;
    return counter === undefined ? undefined : this.#dataSet.entries[this.#turns.get(counter) ?? 0];
  }

  #loop(loop: LoopOperation, start: PipelineClock): PipelineClock {
    const count = loop.count === 'entries' ? this.#dataSet.entries.length : loop.count;
    if (count === 0) return start;
    if (this.#plan?.places.get(loop)?.isSet) start.set();
    const around: { readonly loop: LoopOperation; left: PipelineClock | undefined } = { loop, left: undefined };
    this.#loops.push(around);
    let clock = start;
    for (let turn = 0; turn < count; turn++) {
      this.#turns.set(loop.counter, turn);
      clock = this.#list(loop.body, clock);
    }
    this.#loops.pop();
    return around.left ? clock.delayTo(around.left) : clock;
  }

  #break(condition: Condition, when: boolean, clock: PipelineClock): PipelineClock {
    clock.resume(clock.drained);
    const around = this.#loops.at(-1);
    invariant(around, 'a break stands in a loop');
    if (condition !== 'always' || when) around.left = around.left ? around.left.delayTo(clock) : clock.copy();
    return clock;
  }

  #choice({ condition, then, otherwise }: Extract<PulseOperation, { kind: 'choice' }>, clock: PipelineClock) {
    clock.resume(clock.drained);
    if (condition === 'always') return this.#list(then, clock);
    const other = this.#list(otherwise, clock.copy());
    return this.#list(then, clock).delayTo(other);
  }

  #boundOf(condition: Condition): number {
    return this.#bounds[condition] ?? (condition === 'always' ? 0 : Infinity);
  }
}
