/** Every pulse of a program as a table that an instrument can replay: when, which line at how many volts, how long. */
import type { ScheduledModule } from '../../ir/scheduled.js';
import { interpretProgram } from '../../ir/interpret.js';
import type { SegmentEvent } from '../../ir/events.js';
import { LineVolts } from '../../ir/line-levels.js';
import type { RailSet } from '../../ir/mapped.js';
import { invariant } from '../../core/invariant.js';

/** What lines do in a step; `rest` is everything between pulses and reads. */
export type PlanMode = 'rest' | 'write' | 'read' | 'waveform';

/** From one change of the lines to the next. */
export interface PlanStep {
  /** Which data set runs; each begins at time 0. */
  readonly dataSet: number;
  /** From the first change of the lines of the data set [clocks]. */
  readonly clock: number;
  readonly clocks: number;
  readonly mode: PlanMode;
  /** Whether a pulse is on. */
  readonly fires: boolean;
  /** Voltages of all rows and of all columns [V]; equal ones are the same array. */
  readonly rowVolts: Float64Array;
  readonly columnVolts: Float64Array;
  /** Strobes of the converters: the clock, counted like that of the step, and the columns that are converted. */
  readonly conversions: readonly { readonly clock: number; readonly columns: readonly number[] }[];
}

export interface PulsePlan {
  readonly program: string;
  readonly experiment: string;
  readonly source: string;
  readonly seed: number;
  readonly clockHz: number;
  readonly rows: number;
  readonly columns: number;
  readonly dataSets: number;
}

/** Plan of the first seed of a schedule, its steps apart: there may be many. */
export function pulsePlan({ mapped: { experiment, source }, program }: ScheduledModule): PulsePlan {
  const { name, clockHz, rows, columns, dataSets } = program;
  return {
    program: name,
    experiment: experiment.name,
    source,
    seed: experiment.firstSeed,
    clockHz,
    rows,
    columns,
    dataSets: dataSets.length,
  };
}

/** Steps of all data sets in order; the last of each has all lines at rest and takes no time. */
export function* planSteps({ program }: Pick<ScheduledModule, 'program'>): Generator<PlanStep> {
  const voltages = new LineVoltages(program.railSets, program.rows, program.columns);
  for (const [dataSet, data] of program.dataSets.entries()) {
    let step: PlanStep | undefined;
    let conversions: { clock: number; columns: readonly number[] }[] = [];
    for (const event of interpretProgram(program, data)) {
      if (event.kind === 'sample') {
        const { converters, shares } = program.scan;
        const columns = Array.from({ length: converters }, (_, at) => at * shares + event.share);
        conversions.push({ clock: event.clock, columns: columns.filter((column) => column < program.columns) });
        continue;
      }
      if (step) yield step;
      conversions = [];
      const { clock, clocks, fires } = event;
      step = {
        dataSet,
        clock,
        clocks,
        mode: modeOf(program.railSets, event),
        fires,
        ...voltages.of(event),
        conversions,
      };
    }
    if (step) yield step;
  }
}

/** Why `program` cannot be replayed by an instrument that does not look at its results; undefined where it can. */
export function planObstacle({ program: { operations, tiles } }: Pick<ScheduledModule, 'program'>): string | undefined {
  if (tiles > 1) return 'it drives several tiles in lockstep';
  const pending = [...operations];
  for (let operation = pending.pop(); operation; operation = pending.pop()) {
    if (operation.kind === 'segment') {
      const reason = [operation.row, operation.column].map(obstacleOf).find((found) => found !== undefined);
      if (reason !== undefined) return reason;
    } else if (operation.kind === 'loop') pending.push(...operation.body);
    else return OBSTACLES[operation.kind];
  }
  return undefined;
}

type Selection = Extract<Operation, { kind: 'segment' }>['row'];
type Operation = ScheduledModule['program']['operations'][number];

const OBSTACLES = {
  wait: 'it waits for something that happens while it runs',
  break: 'what it does next depends on what it has read',
  choice: 'what it does next depends on what it has read',
  command: 'it commands units of the controller, such as a coil or rails',
} as const;

function obstacleOf(selection: Selection): string | undefined {
  if (selection.kind !== 'plane') return undefined;
  switch (selection.source.kind) {
    case 'random':
      return 'random numbers of the controller choose its lines';
    case 'age':
      return 'spikes choose its lines while it runs';
    case 'marks':
      return 'cells that it has read choose its lines';
    default:
      return undefined;
  }
}

function modeOf(railSets: readonly RailSet[], { railSet }: SegmentEvent): PlanMode {
  const set = railSets[railSet];
  invariant(set, 'the rail set of a segment exists');
  return set.name === 'idle' ? 'rest' : set.name;
}

/** Voltages of lines, each combination once. */
class LineVoltages {
  readonly #railSets: readonly RailSet[];
  readonly #lines: { readonly row: number; readonly column: number };
  readonly #known = new Map<string, Float64Array>();
  readonly #sides = new Map<string, LineVolts>();

  constructor(railSets: readonly RailSet[], rows: number, columns: number) {
    this.#railSets = railSets;
    this.#lines = { row: rows, column: columns };
  }

  of({ rows, columns, levels, railSet, negative }: SegmentEvent): Pick<PlanStep, 'rowVolts' | 'columnVolts'> {
    const polarity = negative ? 'negative' : 'positive';
    return {
      rowVolts: this.#volts({ railSet, polarity, side: 'row' }, rows, levels?.rows),
      columnVolts: this.#volts({ railSet, polarity, side: 'column' }, columns, levels?.columns),
    };
  }

  #volts(
    place: { readonly railSet: number; readonly polarity: 'positive' | 'negative'; readonly side: 'row' | 'column' },
    lines: readonly number[],
    levels: readonly number[] = lines.map(() => 1),
  ): Float64Array {
    const { railSet, polarity, side } = place;
    const sideKey = `${String(railSet)} ${polarity} ${side}`;
    const key = `${sideKey} ${lines.join()} ${levels.join()}`;
    const known = this.#known.get(key);
    if (known) return known;
    const set = this.#railSets[railSet];
    invariant(set, 'the rail set of a segment exists');
    const count = this.#lines[side];
    const lineVolts = this.#sides.get(sideKey) ?? new LineVolts(set[polarity][side], count);
    const volts = new Float64Array(count);
    lineVolts.fill(volts, lines, levels);
    this.#sides.set(sideKey, lineVolts);
    this.#known.set(key, volts);
    return volts;
  }
}
