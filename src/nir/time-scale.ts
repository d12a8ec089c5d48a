/** What one unit of time of a file is: NIR files do not say, and seconds, milliseconds and time steps all occur. */
import { formatQuantity } from '../units/format-quantity.js';
import { NIR_CATALOGUE } from './catalogue.js';
import type { Doctor } from './doctor.js';
import type { FlatGraph } from './flat-graph.js';
import { arrayOf, type NirNode } from './graph.js';
import { fieldsOf } from './node-types.js';

export const TIME_UNITS = ['s', 'ms', 'steps'] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];

/** What the user says about time. */
export interface TimeChoice {
  readonly unit?: TimeUnit;
  /** Time step of the framework [s]. */
  readonly dt?: number;
}

export interface TimeScale {
  readonly unit: TimeUnit;
  /** One unit of the file [s]. */
  readonly seconds: number;
  /** Time step of the framework [s], where it is known. */
  readonly dt?: number;
  /** Why, in sentences. */
  readonly reasons: readonly string[];
}

/** Time step where steps are the unit and nobody says how long they are [s]. */
const DEFAULT_STEP = 1e-3;

/** The scale of the times of `graph`; undefined after reporting that it is not clear. `stated` is what its metadata say. */
export function timeScale(
  graph: FlatGraph,
  { unit, dt, stated }: TimeChoice & { readonly stated?: string | undefined },
  doctor: Doctor,
): TimeScale | undefined {
  const nodes = [...graph.values()].flatMap(({ node }) => node ?? []);
  const step = impliedStep(nodes);
  const guess =
    unit === undefined ? (statedUnit(stated) ?? guessUnit(nodes, step)) : { unit, reason: '`--time-unit` says so' };
  if ('fault' in guess) {
    doctor.diagnostics.report(NIR_CATALOGUE, 'unclear-time', { file: doctor.file, reason: guess.fault });
    return undefined;
  }
  return finish(guess, { dt, step });
}

/** The unit that the metadata of our own files name. */
function statedUnit(stated: string | undefined): Guess | undefined {
  const unit = TIME_UNITS.find((each) => each === stated);
  return unit && { unit, reason: 'the metadata that `ionloom export` writes say so' };
}

interface Guess {
  readonly unit: TimeUnit;
  readonly reason: string;
}

function finish(
  { unit, reason }: Guess,
  { dt, step }: { readonly dt: number | undefined; readonly step: number | undefined },
): TimeScale {
  const reasons = [`the unit of time is ${NAMES[unit]}: ${reason}`];
  if (unit === 'steps') {
    const seconds = dt ?? DEFAULT_STEP;
    const why = dt === undefined ? 'is taken, as nothing says how long a step is; `--dt` does' : '`--dt` says so';
    reasons.push(`a step lasts ${formatQuantity(seconds, 's')}: ${why}`);
    return { unit, seconds, dt: seconds, reasons };
  }
  const seconds = unit === 's' ? 1 : 1e-3;
  if (dt !== undefined) reasons.push(`the time step is ${formatQuantity(dt, 's')}: \`--dt\` says so`);
  else if (step !== undefined) {
    const text = formatQuantity(roundStep(step * seconds), 's');
    reasons.push(`the time step of the framework was ${text}: all gains are a time constant over it`);
  }
  const known = dt ?? (step === undefined ? undefined : roundStep(step * seconds));
  return { unit, seconds, ...(known !== undefined && { dt: known }), reasons };
}

const NAMES = { s: 'a second', ms: 'a millisecond', steps: 'a time step' } as const;

/** Single precision leaves about six digits of a step. */
function roundStep(seconds: number): number {
  return Number(seconds.toPrecision(5));
}

/** Relative difference of two numbers that single precision may make of one. */
const SAME = 1e-4;

/**
 * The time step in units of the file that all gains follow from: discretized exactly, a framework's membrane has
 * `r = tau_mem / dt` and its synapse `w_in = tau_syn / dt`. Undefined where a gain says something else.
 */
function impliedStep(nodes: readonly NirNode[]): number | undefined {
  const steps = nodes.flatMap((node) => {
    if (node.type !== 'CubaLIF' && node.type !== 'CubaLI') return [];
    return [...ratios(node, 'tau_mem', 'r'), ...ratios(node, 'tau_syn', 'w_in')];
  });
  const [first] = steps;
  return first !== undefined && steps.every((step) => Math.abs(step / first - 1) < SAME) ? first : undefined;
}

function ratios(node: NirNode, over: string, under: string): readonly number[] {
  const [numerator, denominator] = [arrayOf(node, over), arrayOf(node, under)];
  return [...(numerator?.values ?? [])].map((value, index) => value / (denominator?.values[index] ?? NaN));
}

/** Time constants and delays that are not zero, sorted. */
function timesOf(nodes: readonly NirNode[]): readonly number[] {
  return nodes
    .flatMap((node) =>
      Object.entries(fieldsOf(node.type)).flatMap(([name, { isTime }]) =>
        isTime ? [...new Set(arrayOf(node, name)?.values ?? [])] : [],
      ),
    )
    .filter((time) => time > 0)
    .sort((left, right) => left - right);
}

/** Time constants of membranes and synapses lie between these [s]. */
const USUAL = { least: 20e-6, largest: 10 } as const;

function guessUnit(nodes: readonly NirNode[], step: number | undefined): Guess | { readonly fault: string } {
  const times = timesOf(nodes);
  const [least = NaN, largest = NaN] = [times[0], times.at(-1)];
  if (times.length === 0) {
    return { unit: 'steps', reason: 'no node has a time constant, so that inputs act once a step' };
  }
  if (step !== undefined && Math.abs(step - 1) < SAME) {
    return { unit: 'steps', reason: 'all gains are a time constant over a step of 1' };
  }
  const range = least === largest ? `are ${number(least)}` : `are ${number(least)} to ${number(largest)}`;
  if (times.some((time) => isRoundDecay(time))) {
    return { unit: 'steps', reason: `time constants ${range}, which is what round factors a step become` };
  }
  const fits = (seconds: number) => least * seconds >= USUAL.least && largest * seconds <= USUAL.largest;
  const isShort = largest < SHORT;
  if (isShort && fits(1)) {
    return { unit: 's', reason: `time constants ${range}: as milliseconds, all would be below ${1e3 * SHORT} µs` };
  }
  if (!isShort && least >= 1 && fits(1e-3)) {
    return { unit: 'ms', reason: `time constants ${range}: as seconds they would be far longer than any membrane's` };
  }
  return { fault: `time constants ${range}, which may be seconds as well as milliseconds` };
}

/** Below this, time constants are seconds: nobody means a third of a millisecond by all of them. */
const SHORT = 0.35;

function number(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** Whether a time constant has many digits and the decay of one step has few: it was made from the decay. */
function isRoundDecay(time: number): boolean {
  if (time < 1 || isRound(time)) return false;
  return isRound(1 - 1 / time) || isRound(Math.exp(-1 / time));
}

/** Three digits behind the point, as far as single precision tells. */
function isRound(value: number): boolean {
  return Math.abs(value - Number(value.toFixed(3))) < 1e-6 * Math.max(1, Math.abs(value));
}
