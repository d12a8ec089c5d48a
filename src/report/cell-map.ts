/** A picture of the array: one square per cell, coloured by a number, with a legend. */
import { formatNumber } from '../units/format-quantity.js';
import { colourAt, type ColourScale } from './colour-scale.js';
import { html, type Html } from './html.js';

/** Above this many cells a map merges equal neighbours and has no tool tips. */
const MAX_DETAILED_CELLS = 1024;

/** Larger arrays are pooled: a map has at most this many squares on a side. */
const MAX_SIDE = 128;

export interface CellMap {
  readonly title: string;
  readonly rows: number;
  readonly columns: number;
  /** Row-major, already in the unit of the legend. */
  readonly values: readonly number[];
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  readonly scale: ColourScale;
}

/** The map with its caption and legend; `note` is a line of figures below it. */
export function renderCellMap(map: CellMap, note: string): Html {
  return html`<figure class="map">
    <figcaption>${map.title}</figcaption>
    ${picture(map)} ${legend(map)}
    <p class="note">${note}</p>
  </figure>`;
}

function picture(map: CellMap): Html {
  const label = `${map.title}, ${String(map.rows)} rows and ${String(map.columns)} columns`;
  const pooled = poolCells(map);
  const isDetailed = pooled === map && map.rows * map.columns <= MAX_DETAILED_CELLS;
  const squares = isDetailed ? detailedSquares(map) : mergedSquares(pooled);
  return html`<svg
    viewBox="0 0 ${pooled.columns} ${pooled.rows}"
    role="img"
    aria-label="${label}"
    shape-rendering="crispEdges"
  >
    ${squares}
  </svg>`;
}

function detailedSquares(map: CellMap): readonly Html[] {
  return map.values.map((value, cell) => {
    const row = Math.floor(cell / map.columns);
    const column = cell % map.columns;
    const place = `row ${String(row)}, column ${String(column)}: ${formatNumber(value)} ${map.unit}`;
    return html`<rect x="${column}" y="${row}" width="1" height="1" fill="${colourOf(map, value)}"
      ><title>${place}</title></rect
    >`;
  });
}

function mergedSquares(map: CellMap): readonly Html[] {
  const squares: Html[] = [];
  for (let row = 0; row < map.rows; row++) {
    const colours = map.values.slice(row * map.columns, (row + 1) * map.columns).map((value) => colourOf(map, value));
    let start = 0;
    for (let column = 1; column <= colours.length; column++) {
      if (colours[column] === colours[start]) continue;
      const fill = colours[start] ?? '';
      squares.push(html`<rect x="${start}" y="${row}" width="${column - start}" height="1" fill="${fill}" />`);
      start = column;
    }
  }
  return squares;
}

/** Blocks of cells, each represented by its value farthest from the middle of the scale, so that no outlier is lost. */
function poolCells(map: CellMap): CellMap {
  const block = Math.ceil(Math.max(map.rows, map.columns) / MAX_SIDE);
  if (block <= 1) return map;
  const rows = Math.ceil(map.rows / block);
  const columns = Math.ceil(map.columns / block);
  const middle = (map.low + map.high) / 2;
  const values = Array.from({ length: rows * columns }, () => middle);
  map.values.forEach((value, cell) => {
    const row = Math.floor(cell / map.columns / block);
    const index = row * columns + Math.floor((cell % map.columns) / block);
    if (Math.abs(value - middle) > Math.abs((values[index] ?? middle) - middle)) values[index] = value;
  });
  return { ...map, rows, columns, values };
}

function colourOf(map: CellMap, value: number): string {
  return colourAt(map.scale, (value - map.low) / (map.high - map.low));
}

function legend({ scale, low, high, unit }: CellMap): Html {
  const gradient = `linear-gradient(to right, ${scale.anchors.join(', ')})`;
  const middle = (low + high) / 2;
  return html`<div class="legend" aria-hidden="true">
    <div class="ramp" style="background: ${gradient}"></div>
    <span>${formatNumber(low)}</span><span>${formatNumber(middle)}</span><span>${formatNumber(high)} ${unit}</span>
  </div>`;
}
