/** Plots of neurons that are shown samples: who fires when, potentials, and how far weights in devices are off. */
import type { SignalRecord, WeightErrors } from '../../ir/study-result.js';
import { formatNumber, unitFor } from '../../units/format-quantity.js';
import { axisTitle } from './axis-title.js';
import { cellMapPlot } from './cell-map-plot.js';
import { curvesPlot, type Curve } from './curves-plot.js';
import { framedSpec, type Plot } from './plot-spec.js';

/** Neurons whose potentials are drawn; more are a tangle. */
const MOST_POTENTIALS = 4;

/** Spikes that are drawn, at most. */
const MOST_SPIKES = 4000;

/** A plot of each recorded signal, first sample and seed. */
export function signalPlots(records: readonly SignalRecord[] = []): readonly Plot[] {
  return records.map((record) => (record.kind === 'spikes' ? rasterPlot(record) : valuesPlot(record)));
}

const WHERE = ['in both', 'with devices alone', 'with exact weights alone'] as const;

function rasterPlot(record: SignalRecord): Plot {
  const { signal, steps, neurons, stepSeconds } = record;
  const time = unitFor(steps * stepSeconds, 's');
  const [found, exact] = [record.found, record.exact].map((pairs) => new Set(keysOf(pairs, neurons)));
  const all = [...new Set([...(found ?? []), ...(exact ?? [])])].sort((left, right) => left - right);
  const counts = new Map<string, number>();
  const values = all.map((key) => {
    const where = found?.has(key) !== true ? WHERE[2] : exact?.has(key) === true ? WHERE[0] : WHERE[1];
    counts.set(where, (counts.get(where) ?? 0) + 1);
    const seconds = Math.floor(key / neurons) * stepSeconds;
    return { x: Number((seconds / time.scale).toPrecision(6)), y: key % neurons, where };
  });
  const drawn = values.slice(0, MOST_SPIKES);
  const told = WHERE.map((where) => `${counts.get(where) ?? 0} ${where}`).join(', ');
  return {
    title: titleOf(record),
    description: `Spikes of ${signal}: ${told}`,
    note: `${told}${drawn.length < values.length ? `; the first ${drawn.length} are drawn` : ''}`,
    spec: framedSpec({
      data: { values: drawn },
      mark: { type: 'tick', orient: 'vertical', thickness: 1.5, size: Math.max(3, Math.min(12, 150 / neurons)), aria: false },
      encoding: {
        x: { field: 'x', type: 'quantitative', title: axisTitle('time', time.symbol), axis: { tickCount: 5, grid: false } },
        y: { field: 'y', type: 'quantitative', title: 'neuron', scale: { domain: [-1, neurons] }, axis: { tickMinStep: 1, format: 'd', grid: false } },
        color: { field: 'where', type: 'nominal', scale: { domain: [...WHERE] }, legend: { symbolType: 'square', symbolStrokeWidth: 0 } },
      },
    }),
  }; // prettier-ignore
}

/** Pairs of step and neuron as single numbers. */
function keysOf(pairs: readonly number[], neurons: number): readonly number[] {
  return Array.from({ length: pairs.length / 2 }, (_, at) => (pairs[2 * at] ?? 0) * neurons + (pairs[2 * at + 1] ?? 0));
}

function titleOf({ signal, samples, sample }: SignalRecord): string {
  return `${signal}, sample ${sample} of ${samples}`;
}

/** Of the neurons that move most. */
function valuesPlot(record: SignalRecord): Plot {
  const { steps, neurons, stepSeconds, found, exact } = record;
  const time = unitFor(steps * stepSeconds, 's');
  const x = Array.from({ length: steps }, (_, step) => step * stepSeconds);
  const of = (values: readonly number[], neuron: number): readonly number[] =>
    x.map((_, step) => values[step * neurons + neuron] ?? NaN);
  const extent = (neuron: number): number => Math.max(...of(exact, neuron)) - Math.min(...of(exact, neuron));
  const chosen = Array.from({ length: neurons }, (_, neuron) => neuron)
    .sort((left, right) => extent(right) - extent(left))
    .slice(0, MOST_POTENTIALS)
    .sort((left, right) => left - right);
  const curves = chosen.flatMap((neuron): readonly Curve[] => [
    { name: `neuron ${neuron}, devices`, x, y: of(found, neuron), mark: 'line' },
    { name: `neuron ${neuron}, exact`, x, y: of(exact, neuron), mark: 'line' },
  ]);
  return curvesPlot(curves, {
    title: titleOf(record),
    x: { quantity: 'time', unit: time },
    y: { quantity: record.signal, unit: { symbol: '', scale: 1 } },
  });
}

/** Maps of what weights differ by, all on one scale; none where nothing is off. */
export function weightErrorPlots(all: readonly WeightErrors[] = []): readonly Plot[] {
  const most = all.reduce((end, { errors = [] }) => errors.reduce((far, error) => Math.max(far, Math.abs(error)), end), 0);
  if (most === 0) return [];
  return all.flatMap(({ projection, rows, columns, errors, rms, largest, clipped }) => {
    if (!errors) return [];
    const map = { title: `Weights of ${projection} minus those that are meant`, rows, columns, values: errors };
    const note = `${formatNumber(rms)} RMS; the largest weight is ${formatNumber(largest)}${clipped > 0 ? `, and ${clipped} are beyond the window` : ''}`;
    return [cellMapPlot({ ...map, unit: '', low: -most, high: most, scale: 'error' }, note)];
  });
} // prettier-ignore
