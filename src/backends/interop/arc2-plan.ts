/**
 * A pulse plan for the bench instrument ArC TWO, and what of it the instrument cannot do.
 *
 * Limits are those of pyarc2 0.6.0 (https://files.arc-instruments.co.uk/documents/pyarc2/latest/api.html): 64 channels,
 * of which `read_slice` takes 0 to 15 and 32 to 47 as the rows of a 32 x 32 array and the others as its columns;
 * `set_channel_range` gives them ±10 V or ±20 V; switching a channel to an arbitrary voltage takes 120 µs
 * (`finalise_operation`). Levels of a plan need arbitrary voltages: the fast drivers pulse between two voltages only,
 * and all eight channels of a cluster alike (`pulse_slice_fast_open`).
 */
import { unreachable } from '../../core/invariant.js';
import { formatQuantity } from '../../units/format-quantity.js';
import type { PlanStep, PulsePlan } from './pulse-plan.js';

/** Rows and columns of the array that the instrument has channels for. */
export const ARC2_LINES = 32;
const STANDARD_VOLTS = 10;
export const ARC2_VOLTS = 20;
/** Time that an arbitrary voltage takes to stand [s]. */
export const ARC2_SWITCH_SECONDS = 120e-6;

/** What a plan asks for and the instrument cannot. */
export type Arc2Fault =
  | { readonly kind: 'lines'; readonly side: 'rows' | 'columns'; readonly found: number }
  | { readonly kind: 'volts'; readonly found: number }
  | { readonly kind: 'width'; readonly found: number };

/** Data set, index of its level, width [ns], whether lines only rest, columns that are converted. */
type Arc2Step = readonly [
  dataSet: number,
  level: number,
  nanoseconds: number,
  rests: 0 | 1,
  columns: readonly number[],
];

/** What the replay script is given; all of it is JSON that Python reads as its own literals. */
export interface Arc2Plan {
  readonly program: string;
  readonly experiment: string;
  readonly source: string;
  readonly rows: number;
  readonly columns: number;
  /** Whether any line needs more than the standard range. */
  readonly extended: number;
  /** Combinations of voltages, each once: of all rows, of all columns [V]. */
  readonly levels: readonly (readonly [rows: readonly number[], columns: readonly number[]])[];
  readonly steps: readonly Arc2Step[];
}

/** The plan for the script, or the first thing that the instrument cannot do. */
export function arc2Plan(plan: PulsePlan, steps: Iterable<PlanStep>): Arc2Plan | Arc2Fault {
  const { program, experiment, source, rows, columns, clockHz } = plan;
  if (rows > ARC2_LINES) return { kind: 'lines', side: 'rows', found: rows };
  if (columns > ARC2_LINES) return { kind: 'lines', side: 'columns', found: columns };
  const levels = new Map<string, { readonly at: number; readonly step: PlanStep }>();
  const listed: Arc2Step[] = [];
  let mostVolts = 0;
  for (const step of steps) {
    const seconds = step.clocks / clockHz;
    const key = `${step.rowVolts.join()};${step.columnVolts.join()}`;
    const known = levels.get(key) ?? { at: levels.size, step };
    if (known.step === step) {
      levels.set(key, known);
      mostVolts = Math.max(mostVolts, ...[...step.rowVolts, ...step.columnVolts].map(Math.abs));
    }
    // Between pulses lines may rest longer; a pulse or a read is what its width says
    if (step.mode !== 'rest' && seconds < ARC2_SWITCH_SECONDS) return { kind: 'width', found: seconds };
    const converted = step.conversions.flatMap((each) => each.columns);
    listed.push([step.dataSet, known.at, Math.round(seconds * 1e9), step.mode === 'rest' ? 1 : 0, converted]);
  }
  if (mostVolts > ARC2_VOLTS) return { kind: 'volts', found: mostVolts };
  return {
    program,
    experiment,
    source,
    rows,
    columns,
    extended: mostVolts > STANDARD_VOLTS ? 1 : 0,
    levels: [...levels.values()].map(({ step }) => [[...step.rowVolts], [...step.columnVolts]]),
    steps: listed,
  };
}

/** What the plan asks for, and what the instrument has. */
export function faultText(fault: Arc2Fault): { readonly asks: string; readonly limit: string } {
  switch (fault.kind) {
    case 'lines':
      return { asks: `${String(fault.found)} ${fault.side}`, limit: `channels for ${String(ARC2_LINES)}` };
    case 'volts':
      return {
        asks: formatQuantity(fault.found, 'V'),
        limit: `at most ±${String(ARC2_VOLTS)} V`,
      };
    case 'width':
      return {
        asks: `a step of ${formatQuantity(fault.found, 's')}`,
        limit: `${formatQuantity(ARC2_SWITCH_SECONDS, 's')} to switch to an arbitrary voltage`,
      };
    default:
      return unreachable(fault);
  }
}
