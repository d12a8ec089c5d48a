/**
 * One run as it appears at the lines: segments, rests, late rests and converter strobes at their clocks. What runs
 * is told by an interpreter; an event is complete as soon as the commit after it is known.
 */
import { invariant } from '../core/invariant.js';
import type { Span } from '../core/span.js';
import type { Environment } from './environment.js';
import type { ControllerEvent, SampleEvent, SegmentEvent } from './events.js';
import { LineSide } from './line-side.js';
import type { CommandUnit, Condition } from './microcode.js';
import { PipelineClock } from './pipeline-clock.js';
import { conversionOf, scanClocks, strobes, type Conversion, type Strobe } from './scan-clocks.js';
import type { ConverterScan, Sampling } from './scheduled.js';

/** The hardware that runs a program. */
export interface ExecutionSetup {
  readonly rows: number;
  readonly columns: number;
  readonly levelBits: number;
  readonly tiles: number;
  readonly scan: ConverterScan;
  readonly restClocks: number;
}

/** A segment whose lines are selected. */
export interface ResolvedSegment {
  readonly rowLevel: number;
  readonly columnLevel: number;
  readonly holds: boolean;
  readonly railSet: number;
  readonly negative: boolean;
  readonly fires: boolean;
  readonly dwell: number;
  readonly samples: 'never' | Sampling;
  /** Whether a rest follows. */
  readonly rests: boolean;
  readonly tiles: number;
  readonly origin: Span;
}

/** An event whose duration is not known yet. */
type OpenEvent = { -readonly [Key in keyof SegmentEvent]: SegmentEvent[Key] };

/** A scan of all columns, the same for every segment that asks for it. */
interface ScanPlan {
  readonly clocks: number;
  readonly strobes: readonly Strobe[];
}

export class Execution {
  readonly rows: LineSide;
  readonly columns: LineSide;
  readonly #setup: ExecutionSetup;
  readonly #environment: Environment;
  readonly #clock = new PipelineClock();
  readonly #scans: Readonly<Record<Conversion, ScanPlan>>;
  readonly #allTiles: number;
  /** Clock of the first commit. */
  #zero: number | undefined;
  /** Whether a pulse is on the lines that ends with its segment. */
  #pulses = false;
  #origin: Span;
  #open: OpenEvent | undefined;
  #samples: SampleEvent[] = [];
  #complete: ControllerEvent[] = [];

  /** @param origin  of what happens before the first segment */
  constructor(setup: ExecutionSetup, environment: Environment, origin: Span) {
    this.rows = new LineSide(setup.rows);
    this.columns = new LineSide(setup.columns);
    this.#setup = setup;
    this.#environment = environment;
    this.#scans = { code: scanPlan(setup.scan, 'code'), comparison: scanPlan(setup.scan, 'comparison') };
    this.#origin = origin;
    this.#allTiles = 2 ** setup.tiles - 1;
  }

  /** Where the load of the last segment begins and ends. */
  get decoded(): number {
    return this.#clock.decoded;
  }

  get loaded(): number {
    return this.#clock.loaded;
  }

  get hasEvents(): boolean {
    return this.#complete.length > 0;
  }

  /** Events that are complete, each once. */
  takeEvents(): readonly ControllerEvent[] {
    const events = this.#complete;
    this.#complete = [];
    return events;
  }

  /** A segment comes up whose lines take `clocks` to load; select them, then commit. */
  load(clocks: number): void {
    this.#clock.load(clocks);
  }

  commit(segment: ResolvedSegment): void {
    const { dwell, samples, rests, origin } = segment;
    const restClocks = rests ? this.#setup.restClocks : 0;
    const scan = samples === 'never' ? undefined : this.#scans[conversionOf(this.#setup.scan, samples.mode)];
    const driven = dwell + (scan?.clocks ?? 0);
    const before = this.#clock.ended;
    this.#clock.run(driven + restClocks);
    if (this.#clock.isLate) this.#expire(before);
    if (this.#clock.isUnderrun) this.#environment.underrun(before);
    this.#origin = origin;
    const start = this.#clock.taken;
    this.rows.commit(segment.rowLevel, segment.holds);
    this.columns.commit(segment.columnLevel, segment.holds);
    this.#change(start, segment);
    if (scan && samples !== 'never') this.#scan(scan, samples, start + dwell);
    this.#pulses = segment.fires && !segment.holds;
    if (restClocks > 0) this.#rest(start + driven);
  }

  /** A word waits for `condition`. */
  wait(condition: Condition): void {
    const clock = this.#environment.firstClock(condition, this.#clock.drained);
    invariant(Number.isFinite(clock), `the condition \`${condition}\` that a program waits for comes`);
    this.#control(condition, clock);
  }

  /** A word looks at `condition`. */
  branch(condition: Condition): boolean {
    const clock = this.#clock.drained;
    const holds = this.#environment.firstClock(condition, clock) === clock;
    this.#control(holds ? condition : 'always', clock);
    return holds;
  }

  command(unit: CommandUnit, argument: number): void {
    const clock = this.#clock.drained;
    this.#control('always', clock);
    this.#environment.command(unit, argument, clock);
  }

  /** A word sets the limit of a loop. */
  set(): void {
    this.#clock.set();
  }

  /** The program stops. */
  finish(): void {
    const { ended, finish } = this.#clock;
    if (finish > ended) this.#expire(ended);
    this.#rest(finish);
    this.#close(finish);
  }

  #control(taken: Condition, clock: number): void {
    this.#expire(this.#clock.ended);
    if (taken === 'tick' || taken === 'host' || taken === 'spike') this.#environment.take(taken, clock);
    this.#clock.resume(clock);
  }

  /** A pulse is never stretched: nothing follows it in the clock in which it ends. */
  #expire(clock: number): void {
    if (this.#pulses) this.#rest(clock);
  }

  #rest(clock: number): void {
    this.#pulses = false;
    this.rows.rest();
    this.columns.rest();
    this.#change(clock, undefined);
  }

  /** Lines as they stand, with what `segment` puts beside them; nothing for a rest. This runs for every event. */
  #change(clock: number, segment: ResolvedSegment | undefined): void {
    this.#close(clock);
    this.#zero ??= clock;
    const open: OpenEvent = {
      kind: 'segment',
      clock: clock - this.#zero,
      clocks: 0,
      rows: this.rows.lines,
      columns: this.columns.lines,
      railSet: segment ? segment.railSet : 0,
      negative: segment ? segment.negative : false,
      fires: segment ? segment.fires : false,
      origin: this.#origin,
    };
    // Levels and tiles are told only where there is more than one.
    if (this.#setup.levelBits > 1) open.levels = { rows: this.rows.levels, columns: this.columns.levels };
    if (this.#setup.tiles > 1) open.tiles = segment ? segment.tiles : this.#allTiles;
    this.#environment.commit(open, clock);
    this.#open = open;
  }

  #close(clock: number): void {
    const open = this.#open;
    if (!open) return;
    open.clocks = clock - (this.#zero ?? clock) - open.clock;
    this.#complete.push(open);
    if (this.#samples.length > 0) {
      this.#complete.push(...this.#samples);
      this.#samples = [];
    }
    this.#open = undefined;
  }

  #scan({ strobes }: ScanPlan, sampling: Sampling, dwellEnd: number): void {
    for (const { share, turn, isLast, clock: after } of strobes) {
      const clock = dwellEnd + after;
      this.#environment.convert({ ...sampling, share, turn, isLast }, clock);
      this.#samples.push({ kind: 'sample', clock: clock - (this.#zero ?? 0), share, origin: this.#origin });
    }
  }
}

function scanPlan(scan: ConverterScan, conversion: Conversion): ScanPlan {
  return { clocks: scanClocks(scan, conversion), strobes: strobes(scan, conversion) };
}
