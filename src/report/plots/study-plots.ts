/** Plots of an experiment on a network: learning curves, timing windows, what a sweep changes. */
import type { CurvePoint, StudyResult, TimingWindow, WeightSpread } from '../../ir/study-result.js';
import { formatNumber, unitFor } from '../../units/format-quantity.js';
import { curvesPlot, type Curve, type CurveAxis } from './curves-plot.js';
import { histogramPlot } from './histogram-plot.js';
import type { Plot } from './plot-spec.js';

const QUANTITIES = ['accuracy', 'loss', 'score', 'wins'] as const;
type Quantity = (typeof QUANTITIES)[number];
const PERCENT = { symbol: '%', scale: 0.01 };
const PLAIN = { symbol: '', scale: 1 };

/** A run with what tells it from others of its experiment. */
export interface NamedResult {
  readonly name: string;
  readonly result: Pick<StudyResult, 'curve' | 'point' | 'measures'>;
}

/** Accuracy, loss and points of games over the presentations, first seed; training and tests apart. */
export function learningPlots({ curve }: Pick<StudyResult, 'curve'>, range?: LearningRange): readonly Plot[] {
  return learnedQuantities(curve).map((quantity) => {
    const title = `${quantity} by presentation`;
    const y = axisOf(quantity, range?.get(quantity));
    return curvesPlot(curvesOf(curve, quantity), { title, x: presentations(), y });
  });
}

/** Ends of the axes that plots side by side share. */
export type LearningRange = ReadonlyMap<string, readonly [number, number]>;

/** The least and the most of each quantity over all `results`, in the unit of its axis. */
export function learningRange(results: readonly Pick<StudyResult, 'curve'>[]): LearningRange {
  const ends = QUANTITIES.flatMap((quantity) => {
    const values = results.flatMap(({ curve }) => curve.flatMap((point) => point[quantity] ?? []));
    if (values.length === 0) return [];
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const margin = high > low ? 0.04 * (high - low) : Math.abs(low) * 0.1 || 1;
    const { scale } = unitOf(quantity);
    return [[quantity, [(low - margin) / scale, (high + margin) / scale]] as const];
  });
  return new Map(ends);
}

function learnedQuantities(curve: readonly CurvePoint[]): readonly Quantity[] {
  return QUANTITIES.filter((quantity) => curve.filter((point) => Number.isFinite(point[quantity] ?? NaN)).length > 1);
}

function unitOf(quantity: Quantity): CurveAxis['unit'] {
  return quantity === 'accuracy' || quantity === 'wins' ? PERCENT : PLAIN;
}

function axisOf(quantity: Quantity, domain: readonly [number, number] | undefined): CurveAxis {
  return { quantity, unit: unitOf(quantity), ...(domain && { domain }) };
}

function presentations(): CurveAxis {
  return { quantity: 'presentation', unit: PLAIN, isCount: true };
}

function curvesOf(curve: readonly CurvePoint[], quantity: Quantity): readonly Curve[] {
  const names = [...new Set(curve.map(({ kind, samples }) => `${kind} ${samples}`))];
  return names.flatMap((name): readonly Curve[] => {
    const points = curve.flatMap((point, index) => {
      const value = point[quantity];
      return `${point.kind} ${point.samples}` === name && value !== undefined ? [[index + 1, value] as const] : [];
    });
    const mark = points.length > 1 ? 'line' : 'dots';
    return points.length === 0 ? [] : [{ name, x: points.map(([x]) => x), y: points.map(([, y]) => y), mark }];
  });
}

/** How the weights of a projection lie at the end; none where they are all the same. */
export function weightPlots(weights: readonly WeightSpread[] = []): readonly Plot[] {
  return weights
    .filter(({ low, high }) => low < high)
    .map(({ projection, mean, deviation, low, high, counts }) =>
      histogramPlot(
        { low, high, counts },
        {
          title: `Weights of ${projection}`,
          quantity: 'weight',
          unit: PLAIN,
          counted: 'synapses',
          note: `mean ${formatNumber(mean)}, deviation ${formatNumber(deviation)}, from ${formatNumber(low)} to ${formatNumber(high)}`,
        },
      ),
    );
}

/** Measured changes with their deviations as dots, the wanted kernel as a line. */
export function timingWindowPlot({ projection, rule, seconds, change, deviation, kernel, unit }: TimingWindow): Plot {
  const time = unitFor(Math.max(...seconds.map(Math.abs)), 's');
  // Weights without a unit of their own for display are drawn in one that suits them
  const most = Math.max(...[...change, ...kernel].filter(Number.isFinite).map(Math.abs));
  const drawn = unit.scale === 1 ? unitFor(most, unit.symbol) : unit;
  const curves: readonly Curve[] = [
    { name: 'kernel of the rule', x: seconds, y: kernel, mark: 'line' },
    { name: 'weights', x: seconds, y: change, deviation, mark: 'dots' },
  ];
  return curvesPlot(curves, {
    title: `${projection}, rule ${rule}: change over post minus pre`,
    x: { quantity: 'post minus pre', unit: time },
    y: { quantity: 'change', unit: drawn },
  });
}

/** Each measure of a sweep over its one parameter, mean of the seeds with its least and most; none for more parameters. */
export function sweepPlots(runs: readonly NamedResult[]): readonly Plot[] {
  const [first] = runs;
  const parameters = first?.result.point.map(({ name }) => name) ?? [];
  const [parameter] = parameters;
  if (!first || runs.length < 2 || parameters.length !== 1 || parameter === undefined) return [];
  const at = runs.map(({ result }) => result.point[0]?.value ?? NaN);
  return Object.entries(first.result.measures).map(([name, { unit }]) => {
    const values = runs.map(({ result }) => result.measures[name]);
    const means = values.map((value) => value?.mean ?? NaN);
    const ends = values.flatMap((value) => (value ? [Math.abs(value.min), Math.abs(value.max)] : []));
    const isPart = unit === '1' && /\b(accuracy|wins|error|variation|drift)\b/.test(name);
    const curves: readonly Curve[] = [
      { name: 'mean of the seeds', x: at, y: means, mark: 'line' },
      { name: 'mean of the seeds', x: at, y: means, mark: 'dots' },
      ...(['min', 'max'] as const).map((end): Curve => ({
        name: end === 'min' ? 'least' : 'most', x: at, y: values.map((value) => value?.[end] ?? NaN), mark: 'dots',
      })),
    ];
    const hasSpread = values.some((value) => value && value.min < value.max);
    const y = { quantity: 'value', unit: isPart ? PERCENT : unitFor(Math.max(...ends), unit) };
    return curvesPlot(hasSpread ? curves : curves.slice(0, 2), { title: `${name} over ${parameter}`, x: { quantity: parameter, unit: PLAIN }, y });
  });
} // prettier-ignore
