/** Where a network lies on the tiles of its chip, in figures: what is used, read and sent, and what may run together. */
import type { Tile } from './chip.js';
import { groupBy } from './group-by.js';
import { INPUT_BITS } from './input-bits.js';
import type { MappedNetwork, MappedProjection } from './mapped-network.js';
import { costOfMatrix, costOfPlacement, groupOf, type MappingCost, type PlacedMatrix } from './mapping-cost.js';
import { sumWidths, type SumWidths } from './partial-sums.js';
import { LINES, placeInOrder, type MatrixRequest } from './passes/place-projections.js';
import { isUnrolled, synapseMatrix, vectorsOfSample, type MatrixSize } from './synapse-matrix.js';
import { FaultMap } from './tile-lines.js';
import { expandParts, tileNumber, type SinglePart } from './tile-parts.js';

/** A projection on tiles. */
export interface ProjectionMapping {
  readonly name: string;
  readonly size: MatrixSize;
  readonly scheme: 'single' | 'differential';
  /** How the window of a convolution reaches the whole grid; absent for others. */
  readonly window?: 'moved' | 'unrolled';
  /** Blocks of the matrix along each side. */
  readonly blocks: { readonly rows: number; readonly columns: number };
  readonly tiles: number;
  /** Entries that describe its parts. */
  readonly entries: number;
  readonly cells: number;
  readonly vectors: number;
  readonly cost: MappingCost;
  readonly sums: SumWidths;
  readonly time: ReadTimes;
}

/** Time to read all planes of all vectors of a sample [s]. */
export interface ReadTimes {
  /** All groups at once, under controllers of their own; a tile with several parts reads one after the other. */
  readonly parallel: number;
  /** One group after the other, under one controller. */
  readonly serial: number;
}

export interface NetworkMapping {
  readonly tile: Pick<Tile, 'rows' | 'columns' | 'grid'>;
  readonly projections: readonly ProjectionMapping[];
  /** Tiles in use, and those of as many grids as are begun. */
  readonly tiles: { readonly used: number; readonly all: number };
  /** Cells that hold weights, and all of the tiles in use. */
  readonly cells: { readonly used: number; readonly all: number };
  readonly cost: MappingCost;
  /** What it would cost with matrices placed one behind the other. */
  readonly inOrder: MappingCost;
  readonly faults: FaultSummary;
}

/** What a fault map has come to. */
export interface FaultSummary {
  readonly tiles: number;
  readonly deadLines: number;
  /** Lines with stuck cells that spare ones replace. */
  readonly replacedLines: number;
  /** Stuck cells of the map, and those of them on lines that may be used. */
  readonly stuck: number;
  readonly left: number;
}

/** The report of an experiment at one point of its sweeps. */
export function mappingOf(mapped: MappedNetwork): NetworkMapping {
  const { projections, chip } = mapped;
  const { tile } = chip;
  const placed = projections.filter(({ parts }) => parts.length > 0);
  const requests = placed.map((each) => requestOf(each, mapped));
  const matrices = placed.map(({ parts }, index) => ({ ...requests[index], parts }) as PlacedMatrix);
  const naive = placeInOrder(requests, tile, 'order').parts;
  const inOrder = matrices.map((matrix, index) => ({ ...matrix, parts: naive[index] ?? [] }));
  const found = placed.map((projection) => mappingOfProjection(projection, mapped));
  const tiles = new Set(placed.flatMap(({ parts }) => expandParts(parts, tile.grid).map((part) => tileNumber(part.tile, tile.grid)))); // prettier-ignore
  const perGrid = tile.grid.rows * tile.grid.columns;
  const grids = 1 + [...tiles].reduce((last, number) => Math.max(last, Math.floor(number / perGrid)), 0);
  return {
    tile: { rows: tile.rows, columns: tile.columns, grid: tile.grid },
    projections: found,
    tiles: { used: tiles.size, all: grids * perGrid },
    cells: { used: found.reduce((sum, { cells }) => sum + cells, 0), all: tiles.size * tile.rows * tile.columns },
    cost: costOfPlacement(matrices, tile),
    inOrder: costOfPlacement(inOrder, tile),
    faults: summaryOf(tile),
  };
}

function requestOf(projection: MappedProjection, { populations }: MappedNetwork): MatrixRequest {
  const size = synapseMatrix(projection, populations);
  return { size, scheme: projection.encoding.scheme, vectors: vectorsOfSample(projection, populations) };
}

function mappingOfProjection(projection: MappedProjection, mapped: MappedNetwork): ProjectionMapping {
  const { name, parts, connectivity } = projection;
  const { tile } = mapped.chip;
  const { size, scheme, vectors } = requestOf(projection, mapped);
  const all = expandParts(parts, tile.grid);
  const rows = new Set(all.map((part) => part.rows.first)).size;
  return {
    name,
    size,
    scheme,
    ...(connectivity.kind === 'convolution' && { window: isUnrolled(projection) ? 'unrolled' : 'moved' }),
    blocks: { rows, columns: all.length / rows },
    tiles: new Set(all.map((part) => tileNumber(part.tile, tile.grid))).size,
    entries: parts.length,
    cells: size.rows * size.columns * LINES[scheme],
    vectors,
    cost: costOfMatrix({ scheme, vectors, parts }, tile),
    sums: sumWidths({ adc: tile.adc, scheme, parts: rows }),
    time: timesOf(all, vectors, tile),
  };
}

/** A scan lets the lines settle and then goes through the columns of each converter. */
function timesOf(parts: readonly SinglePart[], vectors: number, { adc, settleSeconds, grid }: Tile): ReadTimes {
  const scan = settleSeconds + adc.sharedBy * (adc.settleSeconds + adc.conversionSeconds);
  const seconds = vectors * INPUT_BITS * scan;
  const perTile = groupBy(parts, (part) => tileNumber(part.tile, grid));
  const most = [...perTile.values()].reduce((longest, { length }) => Math.max(longest, length), 0);
  const groups = groupBy(parts, groupOf).size;
  return { parallel: most * seconds, serial: Math.max(most, groups) * seconds };
}

function summaryOf(tile: Tile): FaultSummary {
  const faults = new FaultMap(tile);
  const lines = faults.faulty.map((number) => faults.linesOf(number));
  const sum = (of: (each: (typeof lines)[number]) => number): number =>
    lines.reduce((total, each) => total + of(each), 0);
  return {
    tiles: lines.length,
    deadLines: sum(({ avoided }) => avoided.dead),
    replacedLines: sum(({ avoided }) => avoided.replaced),
    stuck: tile.faults?.all.filter(({ kind }) => kind === 'stuck').length ?? 0,
    left: sum(({ stuck }) => stuck.length),
  };
}
