/** From a measurement to the law that explains it best, the other laws beside it, and the spread of the devices. */
import { FIELD, FIELD_POWER } from './field-laws.js';
import { fitLaw, type FitProblem, type LawFit } from './fit-law.js';
import { fitGains, LEAST_DEVICES, type GainSpread } from './fit-gains.js';
import type { ScaledSeries } from './innovations.js';
import { countTransitions, type MeasuredSeries, type Measurement } from './measurement.js';
import type { DataFacts, StepLaw } from './step-law.js';
import { LINEAR, NEUROSIM, POWER, SOFT_BOUNDS } from './train-laws.js';

/** All laws, simple ones first. */
export const STEP_LAWS: readonly StepLaw[] = [LINEAR, NEUROSIM, SOFT_BOUNDS, POWER, FIELD, FIELD_POWER];

/** A law that was tried; without a fit where the data do not determine its parameters. */
export interface FitCandidate {
  readonly law: StepLaw;
  readonly fit?: LawFit;
}

/** What a measurement says. */
export interface MeasurementFit {
  readonly kind: 'fit';
  readonly measurement: Measurement;
  /** In the order of the laws. */
  readonly candidates: readonly FitCandidate[];
  readonly best: LawFit;
  readonly gains: GainSpread;
  readonly facts: DataFacts;
  readonly series: readonly ScaledSeries[];
}

/** Why a measurement says nothing. */
export type FitFault =
  | { readonly kind: 'too-few'; readonly direction: 1 | -1; readonly found: number; readonly needed: number }
  | { readonly kind: 'constant'; readonly siemens: number }
  | { readonly kind: 'polarity'; readonly direction: 1 | -1; readonly step: number }
  | { readonly kind: 'single'; readonly quantity: 'amplitude' | 'width' }
  | { readonly kind: 'wrong-table'; readonly law: string; readonly known: readonly string[] }
  | { readonly kind: 'undetermined'; readonly laws: readonly string[] };

/** Transitions in each direction below which no law is fitted. */
const LEAST_TRANSITIONS = 8;

/** Range below which nothing moves, as a fraction of the conductance: the last digits of what a table holds. */
const LEAST_RANGE = 1e-5;

/** Called behind every law with the fits done and those of all; where devices differ, every law is fitted twice. */
export type WatchFit = (done: number, total: number) => void;

/** Fits the laws called `names`, all that suit the table where there are none. */
export function fitMeasurement(
  measurement: Measurement,
  names: readonly string[],
  watch?: WatchFit,
): MeasurementFit | FitFault {
  const suitable = STEP_LAWS.filter(({ kind }) => kind === measurement.kind);
  const known = suitable.map(({ name }) => name);
  const stray = names.find((name) => !known.includes(name));
  if (stray !== undefined) return { kind: 'wrong-table', law: stray, known };
  const fault = findShortage(measurement);
  if (fault) return fault;
  const facts = collectFacts(measurement);
  const series = measurement.series.map((each) => scaleSeries(each, measurement));
  for (const [direction, step] of [
    [1, facts.meanUp],
    [-1, facts.meanDown],
  ] as const) {
    if (!(step > 0)) return { kind: 'polarity', direction, step: step * (measurement.high - measurement.low) };
  }
  const laws = names.length === 0 ? suitable : suitable.filter(({ name }) => names.includes(name));
  const passes = new Set(series.map(({ device }) => device)).size < LEAST_DEVICES ? 1 : 2;
  let done = 0;
  const fitAll = (problem: FitProblem): readonly FitCandidate[] =>
    laws.map((law) => {
      const candidate = candidateOf(law, fitLaw(law, problem));
      watch?.(++done, passes * laws.length);
      return candidate;
    });
  const candidates = fitAll({ series, facts });
  const best = bestOf(candidates);
  if (!best) return { kind: 'undetermined', laws: laws.map(({ name }) => name) };
  const gains = fitGains(best, { series, facts });
  if (gains.kind === 'unknown') return { kind: 'fit', measurement, candidates, best, gains, facts, series };
  // Differences between devices are explained now and must not count as noise
  const level = series.map((each) => ({ ...each, gain: gains.byDevice.get(each.device) ?? 1 }));
  const refitted = fitAll({ series: level, facts });
  const chosen = bestOf(refitted) ?? best;
  return { kind: 'fit', measurement, candidates: refitted, best: chosen, gains, facts, series: level };
}

function candidateOf(law: StepLaw, fit: LawFit | undefined): FitCandidate {
  return { law, ...(fit && { fit }) };
}

/** By the Bayesian criterion, which prefers the simpler of two laws that explain as much. */
function bestOf(candidates: readonly FitCandidate[]): LawFit | undefined {
  const fits = candidates.flatMap(({ fit }) => fit ?? []);
  return fits.reduce<LawFit | undefined>((best, fit) => (best && best.bic <= fit.bic ? best : fit), undefined);
}

function findShortage(measurement: Measurement): FitFault | undefined {
  const { kind, series, low, high } = measurement;
  if (countTransitions(measurement) > 0 && high - low <= LEAST_RANGE * high) return { kind: 'constant', siemens: low };
  for (const direction of [1, -1] as const) {
    const found = series.flatMap(({ pulses }) => pulses.filter((pulse) => pulse.direction === direction)).length;
    if (found < LEAST_TRANSITIONS) return { kind: 'too-few', direction, found, needed: LEAST_TRANSITIONS };
  }
  if (kind === 'train') return undefined;
  const pulses = series.flatMap((each) => each.pulses);
  if (new Set(pulses.map(({ volts }) => volts)).size < 2) return { kind: 'single', quantity: 'amplitude' };
  if (new Set(pulses.map(({ seconds }) => seconds)).size < 2) return { kind: 'single', quantity: 'width' };
  return undefined;
}

function scaleSeries({ device, start, pulses }: MeasuredSeries, measurement: Measurement): ScaledSeries {
  const { low, high, reference } = measurement;
  const scale = (siemens: number) => (siemens - low) / (high - low);
  return {
    device,
    start: scale(start),
    gain: 1,
    pulses: pulses.map(({ direction, count, volts, seconds, siemens }) => ({
      direction,
      count,
      volts: volts ?? 0,
      width: (seconds ?? 1) / (reference.seconds ?? 1),
      x: scale(siemens),
    })),
  };
}

function collectFacts({ series, low, high, reference }: Measurement): DataFacts {
  const meanStep = (direction: 1 | -1): number => {
    let [change, count] = [0, 0];
    for (const { start, pulses } of series) {
      pulses.forEach((pulse, index) => {
        if (pulse.direction !== direction) return;
        change += pulse.siemens - (index === 0 ? start : (pulses[index - 1]?.siemens ?? NaN));
        count += pulse.count;
      });
    }
    return (direction * change) / count / (high - low);
  };
  return {
    meanUp: meanStep(1),
    meanDown: meanStep(-1),
    levelsUp: longestRun(series, 1),
    levelsDown: longestRun(series, -1),
    referenceVolts: reference.volts ?? 1,
  };
}

/** Pulses of the longest unbroken train in one direction. */
function longestRun(series: readonly MeasuredSeries[], direction: 1 | -1): number {
  let longest = 0;
  for (const { pulses } of series) {
    let run = 0;
    for (const pulse of pulses) {
      run = pulse.direction === direction ? run + pulse.count : 0;
      longest = Math.max(longest, run);
    }
  }
  return longest;
}
