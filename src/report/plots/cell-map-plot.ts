/** A picture of an array: one square per cell, coloured by a number, with a legend. */
import { formatNumber } from '../../units/format-quantity.js';
import { sizedSpec, type Plot } from './plot-spec.js';

/** Larger arrays are pooled: a map has at most this many squares on a side. */
const MAX_SIDE = 64;

/** Width of a map [px]. */
const SIDE = 256;

/** Shades that are told apart; squares of one shade are drawn together. */
const SHADES = 64;

/** Digits of the numbers that a pointer reads. */
const DIGITS = 4;

/** Viridis for sizes; blue over white to red for what has a sign, both safe for colour blindness. */
const SCHEMES = {
  conductance: { scheme: 'viridis' },
  error: { scheme: 'redblue', reverse: true },
} as const;

export interface CellMap {
  readonly title: string;
  readonly rows: number;
  readonly columns: number;
  /** Row-major, already in the unit of the legend. */
  readonly values: readonly number[];
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  readonly scale: keyof typeof SCHEMES;
}

/** The map; `note` is a line of figures below it. */
export function cellMapPlot(map: CellMap, note: string): Plot {
  const { title, rows, columns, unit } = map;
  const shown = pooled(map);
  const size = `${String(rows)} rows and ${String(columns)} columns`;
  const isPooled = shown.block > 1;
  const blocks = `; squares are blocks of ${String(shown.block)} x ${String(shown.block)} cells, each by its value farthest from the middle of the scale`;
  return {
    title,
    description: `${title}, ${size}. ${note}`,
    note: `${note}${isPooled ? blocks : ''}`,
    spec: specOf(shown.map),
    cells: { rows: shown.map.rows, columns: shown.map.columns, unit },
  };
}

/** Blocks of cells, each represented by its value farthest from the middle of the scale, so that no outlier is lost. */
function pooled(map: CellMap): { readonly map: CellMap; readonly block: number } {
  const block = Math.ceil(Math.max(map.rows, map.columns) / MAX_SIDE);
  if (block <= 1) return { map, block: 1 };
  const rows = Math.ceil(map.rows / block);
  const columns = Math.ceil(map.columns / block);
  const middle = (map.low + map.high) / 2;
  const values = Array.from({ length: rows * columns }, () => middle);
  map.values.forEach((value, cell) => {
    const row = Math.floor(cell / map.columns / block);
    const index = row * columns + Math.floor((cell % map.columns) / block);
    if (Math.abs(value - middle) > Math.abs((values[index] ?? middle) - middle)) values[index] = value;
  });
  return { map: { ...map, rows, columns, values }, block };
}

function specOf({ rows, columns, values, low, high, unit, scale }: CellMap): Plot['spec'] {
  const step = Math.max(1, Math.min(24, Math.floor(SIDE / Math.max(rows, columns))));
  const shade = (high - low) / SHADES;
  const shaded = `${low} + (floor(clamp((datum.data - ${low}) / ${shade}, 0, ${SHADES - 1})) + 0.5) * ${shade}`;
  const axis = { ticks: false, domain: false, labelAngle: 0, title: null };
  return sizedSpec(
    {
      data: { values: values.map((value) => Number(value.toPrecision(DIGITS))) },
      transform: [
        { window: [{ op: 'row_number', as: 'number' }] },
        { calculate: `floor((datum.number - 1) / ${columns})`, as: 'row' },
        { calculate: `(datum.number - 1) % ${columns}`, as: 'column' },
        { calculate: shaded, as: 'shade' },
      ],
      mark: { type: 'rect', aria: false },
      encoding: {
        x: { field: 'column', type: 'ordinal', axis: { ...axis, orient: 'top', values: marked(columns) } },
        y: { field: 'row', type: 'ordinal', axis: { ...axis, values: marked(rows) } },
        color: {
          field: 'shade',
          type: 'quantitative',
          scale: { ...SCHEMES[scale], domain: [low, high] },
          legend: {
            direction: 'horizontal',
            gradientLength: Math.max(96, step * columns),
            gradientThickness: 8,
            values: [low, (low + high) / 2, high].map((value) => Number(value.toPrecision(DIGITS))),
            labelExpr: `datum.value + (datum.value >= ${Number(high.toPrecision(DIGITS))} ? ' ${unit}' : '')`,
          },
        },
      },
    },
    { width: step * columns, height: step * rows },
  );
}

/** Lines whose numbers stand at an edge. */
function marked(count: number): readonly number[] {
  const distance = [1, 2, 4, 8, 16, 32].find((candidate) => count / candidate <= 8) ?? 64;
  return Array.from({ length: Math.ceil(count / distance) }, (_, index) => index * distance);
}

/** How a value of a map is told. */
export function cellText(value: number, unit: string): string {
  return `${formatNumber(value)} ${unit}`;
}
