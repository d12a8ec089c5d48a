/**
 * The meaning of a pulse program: the exact sequence of segments and converter strobes.
 * This is the oracle of the RTL and the engine of the harness; see the timing contract in scheduled.ts.
 */
import { invariant, unreachable } from '../core/invariant.js';
import { allocateLoops, type LoopPlan } from './allocate-loops.js';
import { serialSegmentClocks } from './blocks/line-serial.js';
import { QuietEnvironment, type Environment, type Side } from './environment.js';
import type { ControllerEvent } from './events.js';
import { Execution } from './execution.js';
import type { LineSide } from './line-side.js';
import { levelBitsOf } from './operation-facts.js';
import { minSegmentClocks } from './plane-load.js';
import type {
  DataSet,
  LineSelection,
  LoopOperation,
  PlaneSource,
  PulseOperation,
  PulseProgram,
  SegmentOperation,
  WorkEntry,
} from './scheduled.js';

const NO_LINES: readonly number[] = [];

/** A list of operations under way; one turn of a loop where it has one. */
interface Frame {
  readonly body: readonly PulseOperation[];
  readonly loop: LoopOperation | undefined;
  readonly turns: number;
  index: number;
  turn: number;
}

/** Executes the operations of a program over one data set; a fresh instance per run. */
class ProgramWalk {
  readonly #program: PulseProgram;
  readonly #dataSet: DataSet;
  readonly #environment: Environment;
  readonly #execution: Execution;
  readonly #plan: LoopPlan | undefined;
  /** Clocks of every load, where lines are behind shift registers. */
  readonly #serialClocks: number | undefined;
  readonly #frames: Frame[];
  readonly #counters: number[] = [];

  constructor(program: PulseProgram, dataSet: DataSet, environment: Environment) {
    const { operations } = program;
    this.#program = program;
    this.#dataSet = dataSet;
    this.#environment = environment;
    this.#execution = new Execution({ ...program, levelBits: levelBitsOf(operations) }, environment, dataSet.origin);
    this.#plan = allocateLoops(operations);
    this.#serialClocks = serialSegmentClocks(program, program.blocks.serial);
    this.#frames = [{ body: operations, loop: undefined, turns: 1, index: 0, turn: 0 }];
  }

  *run(): Generator<ControllerEvent> {
    for (let frame = this.#frames.at(-1); frame; frame = this.#frames.at(-1)) {
      const operation = frame.body[frame.index++];
      if (operation) this.#operation(operation);
      else this.#endOfBody(frame);
      if (this.#execution.hasEvents) yield* this.#execution.takeEvents();
    }
    this.#execution.finish();
    yield* this.#execution.takeEvents();
  }

  #operation(operation: PulseOperation): void {
    switch (operation.kind) {
      case 'segment':
        this.#segment(operation);
        break;
      case 'loop':
        this.#loop(operation);
        break;
      case 'wait':
        this.#execution.wait(operation.condition);
        break;
      case 'break':
        if (this.#execution.branch(operation.condition) === operation.when) this.#leaveLoop();
        break;
      case 'choice':
        this.#enter(this.#execution.branch(operation.condition) ? operation.then : operation.otherwise);
        break;
      case 'command':
        this.#execution.command(operation.unit, operation.argument);
        break;
      default:
        unreachable(operation);
    }
  }

  #enter(body: readonly PulseOperation[], loop?: LoopOperation, turns = 1): void {
    this.#frames.push({ body, loop, turns, index: 0, turn: 0 });
  }

  #loop(loop: LoopOperation): void {
    const turns = loop.count === 'entries' ? this.#dataSet.entries.length : loop.count;
    if (turns === 0) return;
    if (this.#plan?.places.get(loop)?.isSet) this.#execution.set();
    this.#counters[loop.counter] = 0;
    this.#enter(loop.body, loop, turns);
  }

  #endOfBody(frame: Frame): void {
    frame.turn += 1;
    if (!frame.loop || frame.turn === frame.turns) {
      this.#frames.pop();
      return;
    }
    frame.index = 0;
    this.#counters[frame.loop.counter] = frame.turn;
  }

  #leaveLoop(): void {
    let left = this.#frames.pop();
    while (left && !left.loop) left = this.#frames.pop();
    invariant(left, 'a break stands in a loop');
  }

  #segment(operation: SegmentOperation): void {
    const { row, column, levels, polarity, rest, samples } = operation;
    const { rows, columns } = this.#execution;
    const entry = this.#entryOf(operation);
    const rowDraw = this.#drawOf('row', row);
    const columnDraw = this.#drawOf('column', column);
    const parallel = Math.max(this.#loadClocks(row, rowDraw, rows), this.#loadClocks(column, columnDraw, columns));
    this.#execution.load(this.#serialClocks ?? parallel);
    this.#select('row', rows, row, rowDraw ?? entry?.row);
    this.#select('column', columns, column, columnDraw ?? entry?.column);
    this.#execution.commit({
      rowLevel: levels.row,
      columnLevel: levels.column,
      holds: operation.holds,
      railSet: operation.railSet,
      negative: polarity === 'entry' ? entry?.negative === true : polarity === 'negative',
      fires: operation.fires,
      dwell: this.#dwellClocks(operation, entry),
      samples,
      rests: rest === 'always' || (rest === 'entry' && entry?.last === true),
      tiles: operation.tiles,
      origin: operation.origin,
    });
  }

  /** The work-list entry that the loops around a segment number. */
  #entryOf({ entryOf }: SegmentOperation): WorkEntry | undefined {
    if (entryOf !== undefined) return this.#dataSet.entries[this.#counters[entryOf] ?? 0];
    for (let index = this.#frames.length - 1; index > 0; index--) {
      const frame = this.#frames[index];
      if (frame?.loop?.count === 'entries') return this.#dataSet.entries[frame.turn];
    }
    return undefined;
  }

  #dwellClocks({ dwell }: SegmentOperation, entry: WorkEntry | undefined): number {
    if (dwell.kind === 'clocks') return dwell.clocks;
    invariant(entry, 'the dwell of a work-list segment comes from its entry');
    return entry.magnitude * 2 ** this.#program.tickExponent;
  }

  /** The random draw of a side that selects a random plane. */
  #drawOf(side: Side, selection: LineSelection): number | undefined {
    return selection.kind === 'plane' && selection.source.kind === 'random' ? this.#environment.draw(side) : undefined;
  }

  #loadClocks(selection: LineSelection, draw: number | undefined, { count }: LineSide): number {
    if (selection.kind !== 'plane' || selection.source.kind === 'marks') return 1;
    return draw !== undefined && draw >= this.#program.randomPlanes ? 1 : minSegmentClocks(count);
  }

  /** @param index  of the work-list entry on this side, or the random draw */
  #select(side: Side, lines: LineSide, selection: LineSelection, index: number | undefined): void {
    switch (selection.kind) {
      case 'none':
        lines.select(NO_LINES);
        break;
      case 'all':
        lines.select(lines.all);
        break;
      case 'counter':
        lines.select(lines.single(this.#counters[selection.counter] ?? 0));
        break;
      case 'entry':
        invariant(index !== undefined, 'the line of a work-list segment comes from its entry');
        lines.select(lines.single(index));
        break;
      case 'keep':
        break;
      case 'plane':
        lines.select(this.#plane(side, selection.source, index));
        break;
      default:
        unreachable(selection);
    }
  }

  #plane(side: Side, source: PlaneSource, index: number | undefined): readonly number[] {
    const { loaded, decoded } = this.#execution;
    switch (source.kind) {
      case 'fixed':
        return this.#storedPlane(side, source.plane);
      case 'entry':
        return this.#storedPlane(side, source.base | (index ?? 0));
      case 'counter':
        return this.#storedPlane(side, source.base | (this.#counters[source.counter] ?? 0));
      case 'random':
        return (index ?? 0) < this.#program.randomPlanes
          ? this.#storedPlane(side, source.base | (index ?? 0))
          : NO_LINES;
      case 'age':
        return this.#environment.spikes(side, source.ticks, decoded);
      case 'marks':
        return this.#environment.marks(side, source.direction, loaded);
      default:
        return unreachable(source);
    }
  }

  #storedPlane(side: Side, index: number): readonly number[] {
    const stored = side === 'row' ? this.#dataSet.rowPlanes : this.#dataSet.columnPlanes;
    const plane = this.#environment.plane(side, index) ?? stored[index];
    invariant(plane, `${side} plane ${String(index)} exists`);
    return plane;
  }
}

/** Segments and samples of `program` over `dataSet` in order of time; clock 0 is the first commit. */
export function interpretProgram(
  program: PulseProgram,
  dataSet: DataSet,
  environment: Environment = new QuietEnvironment(),
): Iterable<ControllerEvent> {
  return new ProgramWalk(program, dataSet, environment).run();
}
