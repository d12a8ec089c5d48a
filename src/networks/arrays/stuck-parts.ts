/**
 * Which line of a part holds which neuron, where cells are stuck: each stuck cell under the weight that wants its
 * conductance most nearly. The places with stuck cells are assigned at the least sum of squared errors, rows and
 * columns in turn, from their order and from a choice of both for one cell after the other; other lines keep their order.
 */
import { assignRows } from '../../numerics/assign.js';
import type { StuckCell, TileLines } from '../../ir/tile-lines.js';
import { groupBy } from '../../ir/group-by.js';
import type { SinglePart } from '../../ir/tile-parts.js';
import type { WeightCells } from './weight-cells.js';

/** Places with stuck cells that are assigned; the fullest, where there are more. */
const MAX_PLACES = 128;

/** Turns of rows and columns, at most. */
const MAX_TURNS = 4;

/** How the lines of a part are used. */
export interface FittedPart {
  /** Stuck cells by row of the weights and cell of a row. */
  readonly stuck: readonly StuckCell[];
  /** Sum of the squared errors of weights, and what it would be with all lines in their order. */
  readonly error: number;
  readonly errorInOrder: number;
}

/** Stuck cells of a tile that lie under a part, by places in it. */
export function stuckUnder({ at, rows, columns }: SinglePart, lines: TileLines, perWeight: number): StuckCell[] {
  return lines.stuck.flatMap(({ row, column, siemens }) => {
    const place = { row: row - at.row, column: column - at.column, siemens };
    const isInside = place.row >= 0 && place.row < rows.count && place.column >= 0 && place.column < columns.count * perWeight; // prettier-ignore
    return isInside ? [place] : [];
  });
}

/** Chooses the lines for `weights` (rows x columns of `cells`). */
export function fitPart(stuck: readonly StuckCell[], weights: Float32Array, cells: WeightCells): FittedPart {
  const sites = sitesOf(stuck, cells);
  const order: Lines = { rows: upTo(cells.rows), columns: upTo(cells.columns) };
  const errorIn = (lines: Lines): number =>
    sites.reduce((sum, site) => sum + squaredError(site, weightAt(site, lines, weights, cells), cells), 0);
  const errorInOrder = errorIn(order);
  let [best, error] = [order, errorInOrder];
  const fitting = { sites, weights, cells };
  for (const start of [order, oneByOne(fitting)]) {
    let [lines, before] = [start, errorIn(start)];
    for (let turn = 0; turn < MAX_TURNS && before > 0; turn++) {
      const next = assignSide('columns', assignSide('rows', lines, fitting), fitting);
      const after = errorIn(next);
      if (!(after < before)) break;
      [lines, before] = [next, after];
    }
    if (before < error) [best, error] = [lines, before];
  }
  const perWeight = cells.cellColumns / cells.columns;
  const placed = stuck.map(({ row, column, siemens }) => ({
    row: best.rows[row] ?? row,
    column: (best.columns[Math.floor(column / perWeight)] ?? 0) * perWeight + (column % perWeight),
    siemens,
  }));
  return { stuck: placed, error, errorInOrder };
}

/** The neuron that each place holds. */
interface Lines {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
}

/** A place for a weight with a stuck cell, or two. */
interface Site {
  readonly row: number;
  /** Of the weight, not of its cells. */
  readonly column: number;
  readonly plus?: number;
  readonly minus?: number;
}

interface Fitting {
  readonly sites: readonly Site[];
  readonly weights: Float32Array;
  readonly cells: WeightCells;
}

function upTo(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, index) => index);
}

function sitesOf(stuck: readonly StuckCell[], { cellColumns, columns }: WeightCells): readonly Site[] {
  const perWeight = cellColumns / columns;
  const weightOf = ({ row, column }: StuckCell): number => row * columns + Math.floor(column / perWeight);
  return [...groupBy(stuck, weightOf)].map(([weight, found]) => {
    const [plus, minus] = [0, 1].map((side) => found.find(({ column }) => column % perWeight === side)?.siemens);
    return {
      ...{ row: Math.floor(weight / columns), column: weight % columns },
      ...(plus !== undefined && { plus }),
      ...(minus !== undefined && { minus }),
    };
  });
}

function weightAt({ row, column }: Site, { rows, columns }: Lines, weights: Float32Array, cells: WeightCells): number {
  return weights[(rows[row] ?? 0) * cells.columns + (columns[column] ?? 0)] ?? 0;
}

/** What a weight misses where its cells are stuck; the other cell of a pair makes up for what it can. */
function squaredError({ plus, minus }: Site, weight: number, { scale, window, isDifferential }: WeightCells): number {
  const bounded = (siemens: number): number => Math.min(window.high, Math.max(window.low, siemens));
  const wanted = weight * scale;
  if (!isDifferential) return (((plus ?? 0) - wanted) / scale) ** 2;
  const above = plus ?? bounded((minus ?? 0) + wanted);
  const below = minus ?? bounded(above - wanted);
  return ((above - below - wanted) / scale) ** 2;
}

/** Weights that are looked at for each stuck cell, at most. */
const MAX_LOOKS = 2 ** 24;

/** Both lines of each stuck cell where its error is least, cell by cell, among the lines that no other has taken. */
function oneByOne({ sites, weights, cells }: Fitting): Lines {
  const taken = { rows: new Map<number, number>(), columns: new Map<number, number>() };
  const used = { rows: new Set<number>(), columns: new Set<number>() };
  const candidates = (side: 'rows' | 'columns', place: number): readonly number[] => {
    const own = taken[side].get(place);
    return own === undefined ? [...upTo(cells[side])].filter((neuron) => !used[side].has(neuron)) : [own];
  };
  const most = Math.floor(MAX_LOOKS / (cells.rows * cells.columns));
  for (const site of sites.slice(0, most)) {
    let best = { row: -1, column: -1, error: Infinity };
    const columns = candidates('columns', site.column);
    for (const row of candidates('rows', site.row)) {
      for (const column of columns) {
        const error = squaredError(site, weights[row * cells.columns + column] ?? 0, cells);
        if (error < best.error) best = { row, column, error };
      }
    }
    taken.rows.set(site.row, best.row);
    used.rows.add(best.row);
    taken.columns.set(site.column, best.column);
    used.columns.add(best.column);
  }
  return { rows: completed(taken.rows, upTo(cells.rows)), columns: completed(taken.columns, upTo(cells.columns)) };
}

/** Neurons of all places: those that are given, and the others of `order` in their order. */
function completed(given: ReadonlyMap<number, number>, order: Int32Array): Int32Array {
  const taken = new Set(given.values());
  const rest = [...order].filter((neuron) => !taken.has(neuron));
  let next = 0;
  return Int32Array.from(order, (_, place) => given.get(place) ?? rest[next++] ?? 0);
}

/** The lines of one side at the least error, those of the other as they are. */
function assignSide(side: 'rows' | 'columns', lines: Lines, { sites, weights, cells }: Fitting): Lines {
  const placeOf = (site: Site): number => (side === 'rows' ? site.row : site.column);
  const groups = [...groupBy(sites, placeOf)].sort(([, one], [, other]) => other.length - one.length);
  const [places, chosen] = [groups.slice(0, MAX_PLACES).map(([place]) => place), groups.slice(0, MAX_PLACES)];
  const count = cells[side];
  const cost = (index: number, neuron: number): number => {
    const [, own = []] = chosen[index] ?? [];
    return own.reduce((sum, site) => {
      const [row, column] = side === 'rows' ? [neuron, lines.columns[site.column] ?? 0] : [lines.rows[site.row] ?? 0, neuron]; // prettier-ignore
      return sum + squaredError(site, weights[row * cells.columns + column] ?? 0, cells);
    }, 0);
  };
  const neurons = assignRows(cost, places.length, count);
  const given = new Map(places.map((place, index) => [place, neurons[index] ?? 0]));
  return { ...lines, [side]: completed(given, lines[side]) };
}
