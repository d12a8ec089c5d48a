/** Curves over a common axis. */
import { formatNumber } from '../../units/format-quantity.js';
import { axisTitle } from './axis-title.js';
import { framedSpec, type Plot } from './plot-spec.js';

/** A curve; what is not finite is left out. */
export interface Curve {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Deviation around each value; absent where there is none. */
  readonly deviation?: readonly number[];
  /** `dots` where points are measured one by one. */
  readonly mark: 'line' | 'dots';
}

/** A quantity along an axis, in `symbol` of size `scale`. */
export interface CurveAxis {
  readonly quantity: string;
  readonly unit: { readonly symbol: string; readonly scale: number };
  /** Where the axis shall end; the curves' extent where absent. */
  readonly domain?: readonly [number, number] | undefined;
  /** Whether whole numbers alone have ticks. */
  readonly isCount?: boolean;
}

export interface CurvesFrame {
  readonly title: string;
  readonly x: CurveAxis;
  readonly y: CurveAxis;
  readonly note?: string;
}

/** Points of a curve that are drawn, at most; longer curves keep every n-th and the last. */
const MAX_POINTS = 400;

interface CurvePoint {
  readonly curve: string;
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
  readonly say: string;
}

/** Lines and dots in the colours of their series, with a legend. */
export function curvesPlot(curves: readonly Curve[], frame: CurvesFrame): Plot {
  const { title, x, y, note } = frame;
  const names = [...new Set(curves.map(({ name }) => name))];
  const points = (mark: Curve['mark']) =>
    curves.filter((curve) => curve.mark === mark).flatMap((curve) => pointsOf(curve, frame));
  const dots = points('dots');
  const isDotted = dots.length > 0 && points('line').length === 0;
  const legend = isDotted ? { symbolType: 'circle', symbolStrokeWidth: 0 } : {};
  const colour = { field: 'curve', type: 'nominal', scale: { domain: names }, legend };
  const values = [...points('line'), ...dots];
  const isWide = y.domain !== undefined && y.domain[0] < y.domain[1];
  const domain = isWide ? y.domain : roomAround(values.map((point) => point.y));
  const axes = { x: axisOf('x', x), y: axisOf('y', { ...y, domain }) };
  const layer = [
    {
      data: { values: points('line') },
      mark: { type: 'line', interpolate: 'linear', strokeWidth: 2 },
      encoding: { ...axes, color: colour, description: { field: 'curve' } },
    },
    {
      data: { values: dots.filter(({ low }) => low !== undefined) },
      mark: { type: 'rule', strokeWidth: 1, aria: false },
      encoding: { x: axes.x, y: { ...axes.y, field: 'low' }, y2: { field: 'high' }, color: colour },
    },
    {
      // Points of lines are there to be pointed at
      data: { values: [...points('line').map((point) => ({ ...point, size: 0 })), ...dots] },
      mark: { type: 'circle', size: 28, opacity: 1 },
      encoding: {
        ...axes,
        color: colour,
        opacity: { condition: { test: 'datum.size === 0', value: 0 }, value: 1 },
        description: { field: 'say' },
      },
    },
  ];
  const drawn = layer.filter(({ data }) => data.values.length > 0);
  return {
    title,
    description: `${title}: ${names.join(', ')}`,
    ...(note !== undefined && { note }),
    spec: framedSpec({ data: { values: [] }, layer: drawn }, 210 + 16 * names.length),
  };
}

/** An axis for values that are all the same; those that differ make their own. */
function roomAround(values: readonly number[]): readonly [number, number] | undefined {
  const [first] = values;
  if (first === undefined || values.some((value) => value !== first)) return undefined;
  return first === 0 ? [0, 1] : [Math.min(0.9 * first, 1.1 * first), Math.max(0.9 * first, 1.1 * first)];
}

function axisOf(field: 'x' | 'y', { quantity, unit, domain, isCount }: CurveAxis): object {
  return {
    field,
    type: 'quantitative',
    title: axisTitle(quantity, unit.symbol),
    scale: { zero: false, nice: domain === undefined, ...(domain && { domain }) },
    axis: { tickCount: 5, grid: field === 'y', ...(isCount && { tickMinStep: 1, format: 'd' }) },
  };
}

function pointsOf(curve: Curve, { x: across, y: along }: CurvesFrame): readonly CurvePoint[] {
  const { name, x, y, deviation } = curve;
  const step = Math.max(1, Math.ceil(x.length / MAX_POINTS));
  return x.flatMap((place, index): readonly CurvePoint[] => {
    const isKept = index % step === 0 || index === x.length - 1;
    const value = (y[index] ?? NaN) / along.unit.scale;
    if (!isKept || !Number.isFinite(value)) return [];
    const at = place / across.unit.scale;
    const spread = (deviation?.[index] ?? 0) / along.unit.scale;
    const ends = deviation && spread > 0 ? { low: value - spread, high: value + spread } : {};
    const say = `${name}: ${textOf(value, along)} at ${textOf(at, across)}${spread > 0 ? `, deviation ${formatNumber(spread)}` : ''}`;
    return [{ curve: name, x: rounded(at), y: rounded(value), ...ends, say }];
  });
}

function textOf(value: number, { unit, quantity }: CurveAxis): string {
  return unit.symbol === '' ? `${quantity} ${formatNumber(value)}` : `${formatNumber(value)} ${unit.symbol}`;
}

/** More digits cannot be seen. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
