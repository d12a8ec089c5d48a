/** Placing matrices: every weight in one place, regular regions as single entries, and no dearer than in order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TileFault } from '../../../src/core/tile-fault.js';
import type { Tile } from '../../../src/ir/chip.js';
import type { TilePart } from '../../../src/ir/mapped-network.js';
import { costOfPlacement } from '../../../src/ir/mapping-cost.js';
import { placeInOrder, placeMatrices, type MatrixRequest } from '../../../src/ir/passes/place-projections.js';
import { FaultMap } from '../../../src/ir/tile-lines.js';
import { countParts, expandParts, joinParts, tileNumber } from '../../../src/ir/tile-parts.js';
import { idealChip, IDEAL, mappedText } from '../../support/mapped-text.js';

const NETWORK = `network Net {
  population a : rates[4]
  population b : softmax[4]
  projection w : a -> b all-to-all on ideal { encode single scale 1 S }
}
experiment Try {
  run Net on Bench
  wait 1 s
}
`;

/** A tile with sizes of its own and the periphery of a text. */
const { tile: PLAIN } = mappedText(IDEAL + idealChip('4 x 4') + NETWORK).chip;
const tileOf = (rows: number, columns: number, grid: Tile['grid'], more: Partial<Tile> = {}): Tile => ({ ...PLAIN, rows, columns, grid, ...more }); // prettier-ignore

const request = fc.record({
  size: fc.record({ rows: fc.integer({ min: 1, max: 40 }), columns: fc.integer({ min: 1, max: 30 }) }),
  scheme: fc.constantFrom('single', 'differential'),
  vectors: fc.constantFrom(1, 3),
}) satisfies fc.Arbitrary<MatrixRequest>;
const tile = fc.record({
  rows: fc.integer({ min: 3, max: 12 }),
  columns: fc.integer({ min: 4, max: 12 }),
  grid: fc.record({ rows: fc.integer({ min: 1, max: 6 }), columns: fc.integer({ min: 1, max: 6 }) }),
  spare: fc.record({ rows: fc.integer({ min: 0, max: 2 }), columns: fc.integer({ min: 0, max: 2 }) }),
  dead: fc.array(fc.record({ tile: fc.nat(35), side: fc.constantFrom('row', 'column'), line: fc.nat(11) }), { maxLength: 12 }), // prettier-ignore
});

/** A tile with dead lines, each named once. */
function faultyTile({
  rows,
  columns,
  grid,
  spare,
  dead,
}: typeof tile extends fc.Arbitrary<infer Each> ? Each : never): Tile {
  // prettier-ignore
  const count = grid.rows * grid.columns;
  const all = dead.map(({ tile: number, side, line }): TileFault => {
    const at = number % count;
    return side === 'row' ? { tile: at, kind: side, row: line % rows } : { tile: at, kind: 'column', column: line % columns }; // prettier-ignore
  });
  const { origin } = PLAIN;
  return tileOf(rows, columns, grid, { spare: { ...spare, origin }, faults: { file: 'f.csv', all, origin } });
}

/** How many cells of working lines are taken, or what is wrong: one that is taken twice, or that is not there. */
function cellsOf(parts: readonly TilePart[], lines: number, on: Tile, taken: Set<number>): number | string {
  const faults = new FaultMap(on);
  for (const part of expandParts(parts, on.grid)) {
    const number = tileNumber(part.tile, on.grid);
    const size = faults.sizeOf(number);
    for (let row = part.at.row; row < part.at.row + part.rows.count; row++) {
      for (let column = part.at.column; column < part.at.column + part.columns.count * lines; column++) {
        const key = (number * 100 + row) * 100 + column;
        if (row >= size.rows || column >= size.columns || taken.has(key)) return `cell ${String(key)}`;
        taken.add(key);
      }
    }
  }
  return taken.size;
}

describe('placing', () => {
  it('gives every weight one cell, or one pair, on lines that work', () => {
    fc.assert(
      fc.property(fc.array(request, { minLength: 1, maxLength: 4 }), tile, (requests, settings) => {
        const on = faultyTile(settings);
        const taken = new Set<number>();
        let cells = 0;
        placeMatrices(requests, on).parts.forEach((parts, index) => {
          const { size, scheme } = requests[index]!;
          const lines = scheme === 'differential' ? 2 : 1;
          if (on.columns - (on.spare?.columns ?? 0) < lines) return;
          cells += size.rows * size.columns * lines;
          expect(cellsOf(parts, lines, on, taken)).toBe(cells);
          const weights = new Set<number>();
          for (const { rows, columns } of expandParts(parts, on.grid)) {
            for (let row = 0; row < rows.count; row++) {
              for (let column = 0; column < columns.count; column++) weights.add((rows.first + row) * size.columns + columns.first + column); // prettier-ignore
            }
          }
          expect(weights.size).toBe(size.rows * size.columns);
        });
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it('joins regular regions and writes them out again', () => {
    fc.assert(
      fc.property(fc.array(request, { minLength: 1, maxLength: 4 }), tile, (requests, settings) => {
        const on = faultyTile(settings);
        for (const parts of placeMatrices(requests, on).parts) {
          const all = expandParts(parts, on.grid);
          expect(countParts(parts)).toBe(all.length);
          expect(expandParts(joinParts(all, on.grid), on.grid)).toEqual(all);
        }
      }),
      { numRuns: 40, seed: 2 },
    );
  });

  it('is no dearer than in order, and cheaper where groups would be torn', () => {
    const costOf = (requests: readonly MatrixRequest[], on: Tile, parts: readonly (readonly TilePart[])[]) =>
      costOfPlacement(
        requests.map((each, index) => ({ ...each, parts: parts[index] ?? [] })),
        on,
      );
    fc.assert(
      fc.property(fc.array(request, { minLength: 1, maxLength: 4 }), tile, (requests, settings) => {
        const on = faultyTile(settings);
        const [best, naive] = [placeMatrices(requests, on), placeInOrder(requests, on, 'order')].map(({ parts }) => ({
          cost: costOf(requests, on, parts),
          grids: Math.max(...parts.flat().map((part) => part.tile.grid), 0),
        }));
        const isBetter = best!.grids < naive!.grids;
        const sum = ({ cost }: NonNullable<typeof best>) => cost.conversions + cost.words;
        expect(isBetter || sum(best!) <= sum(naive!)).toBe(true);
      }),
      { numRuns: 60, seed: 3 },
    );
    // 4 x 3 whole blocks of 8 x 8 on a grid of 4 x 4: three of them in a row of the grid are a group, in order they wrap
    const on = tileOf(8, 8, { rows: 4, columns: 4 });
    const torn: MatrixRequest = { size: { rows: 32, columns: 24 }, scheme: 'single', vectors: 1 };
    const [placed, naive] = [placeMatrices([torn], on), placeInOrder([torn], on, 'order')];
    expect(placed.order).toBe('rectangles');
    const [cost, before] = [placed, naive].map(({ parts }) => costOf([torn], on, parts));
    // 8 planes: 12 scans of 8 columns, and 12 x 8 codes to read; a word of inputs for every group
    expect(cost).toMatchObject({ groups: 4, conversions: 8 * 96, words: 8 * (4 + 96), wordsAlone: 8 * (12 + 96) });
    expect(before).toMatchObject({ groups: 6, conversions: 8 * 96, words: 8 * (6 + 96) });
  });
});

describe('large layers', () => {
  const layer = (side: number): MatrixRequest => ({
    size: { rows: side, columns: side },
    scheme: 'single',
    vectors: 1,
  });
  const on = tileOf(64, 64, { rows: 64, columns: 64 });

  it('are an entry whatever their size, and one for each shared tile behind it', () => {
    for (const side of [640, 1280, 4096]) {
      const [parts = []] = placeMatrices([layer(side)], on).parts;
      expect(parts).toHaveLength(1);
      expect(countParts(parts)).toBe((side / 64) ** 2);
    }
    // A row of biases: a strip of 64 pieces, which stand one above the other on few tiles
    const [parts = []] = placeMatrices([{ ...layer(4096), size: { rows: 4097, columns: 4096 } }], on).parts;
    expect(parts).toHaveLength(65);
  });

  it('take work in proportion to their tiles', () => {
    const reads = (side: number): number => {
      let count = 0;
      const counted = new Proxy(on, {
        get: (target, name: keyof Tile) => {
          count++;
          return target[name];
        },
      });
      placeMatrices([layer(side)], counted);
      return count;
    };
    const [small, large] = [reads(1024), reads(4096)];
    // Sixteen times the tiles
    expect(large / small).toBeLessThan(17);
  });
});
