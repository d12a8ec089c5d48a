/** Matrices on several tiles: codes of each are added up, and every part is written and read by itself. */
import { describe, expect, it } from 'vitest';
import { rangeOf } from '../../../src/networks/arrays/input-range.js';
import { compileSampleRule } from '../../../src/networks/arrays/sample-rule.js';
import type { Batch } from '../../../src/networks/arrays/synapse-array.js';
import { partOfMatrix, TiledArray } from '../../../src/networks/arrays/tiled-array.js';
import { deviceArray, learnt } from '../../support/device-array.js';
import { drawFrom } from '../../support/pulse-program.js';

const [ROWS, COLUMNS, COUNT] = [11, 5, 4];
const REGIONS = [
  [0, 6, 0, 3],
  [0, 6, 3, 2],
  [6, 5, 0, 3],
  [6, 5, 3, 2],
].map(([row = 0, rows = 0, column = 0, columns = 0]) => ({
  rows: { first: row, count: rows },
  columns: { first: column, count: columns },
}));

function vectors(width: number, seed: number): Batch {
  const draw = drawFrom(seed);
  return { count: COUNT, width, values: Float32Array.from({ length: COUNT * width }, () => (draw(201) - 100) / 100) };
}

const weights = (): Float32Array => matrix(5);
function matrix(seed: number): Float32Array {
  const draw = drawFrom(seed);
  return Float32Array.from({ length: ROWS * COLUMNS }, () => (draw(201) - 100) / 50);
}

/** Parts with their own seeds, on tiles with converters where a chip is given. */
function partsOf(setup: Partial<Parameters<typeof deviceArray>[0]> = {}) {
  return REGIONS.map((region, part) => ({
    ...region,
    array: deviceArray({
      ...{ rows: region.rows.count, columns: region.columns.count, seed: 7 + part },
      ...{ weights: partOfMatrix(weights(), COLUMNS, region), inputBits: 16, ...setup },
    }),
  }));
}

const tiled = (parts = partsOf()): TiledArray => new TiledArray({ rows: ROWS, columns: COLUMNS, batch: COUNT, parts });
const empty = (width: number): Batch => ({ count: COUNT, width, values: new Float32Array(COUNT * width).fill(9) });

describe('an array of tiles', () => {
  it('holds the weights and multiplies as one array does, forward and back', () => {
    const whole = deviceArray({ rows: ROWS, columns: COLUMNS, weights: weights(), inputBits: 16 });
    const array = tiled();
    array.weights().forEach((weight, cell) => {
      expect(weight).toBeCloseTo(weights()[cell]!, 5);
    });
    const [out, expected] = [empty(COLUMNS), empty(COLUMNS)];
    array.forward(vectors(ROWS, 1), out);
    whole.forward(vectors(ROWS, 1), expected);
    const [back, expectedBack] = [empty(ROWS), empty(ROWS)];
    array.backward(vectors(COLUMNS, 2), back);
    whole.backward(vectors(COLUMNS, 2), expectedBack);
    out.values.forEach((value, at) => expect(value).toBeCloseTo(expected.values[at]!, 3));
    back.values.forEach((value, at) => expect(value).toBeCloseTo(expectedBack.values[at]!, 4));
  });

  it('adds up what the converters of each tile say of its part of the whole vectors', () => {
    const { chip } = learnt('host');
    const parts = partsOf({ chip, inputBits: 4 });
    const inputs = vectors(ROWS, 4);
    const ranges = Array.from({ length: COUNT }, (_, vector) => rangeOf(inputs.values, vector * ROWS, ROWS));
    const expected = empty(COLUMNS);
    expected.values.fill(0);
    for (const { rows, columns, array } of partsOf({ chip, inputBits: 4 })) {
      const values = inputs.values.filter((_, at) => at % ROWS >= rows.first && at % ROWS < rows.first + rows.count);
      const out = { count: COUNT, width: columns.count, values: new Float32Array(COUNT * columns.count) };
      array.forward({ count: COUNT, width: rows.count, values }, out, ranges);
      out.values.forEach((value, at) => {
        const to = Math.floor(at / columns.count) * COLUMNS + columns.first + (at % columns.count);
        expected.values[to] = expected.values[to]! + value;
      });
    }
    const out = empty(COLUMNS);
    tiled(parts).forward(inputs, out);
    expect([...out.values]).toEqual([...expected.values]);
  });

  it('learns as its parts do, writes them at the same time, and is taken up with the same bits', () => {
    const setup = {
      without: [],
      learning: learnt('programming { levels = 100 }', 0.3).learning,
      chip: learnt('host').chip,
    };
    const array = tiled(partsOf(setup));
    array.learn(vectors(ROWS, 1), vectors(COLUMNS, 2));
    const saved = structuredClone(array.snapshot());
    const again = tiled(partsOf(setup));
    again.restore(saved);
    for (const each of [array, again]) each.learn(vectors(ROWS, 3), vectors(COLUMNS, 4));
    expect(again.snapshot()).toEqual(array.snapshot());
    expect(again.weights()).toEqual(array.weights());
    expect(again.counts).toEqual(array.counts);
    const parts = partsOf(setup);
    const whole = tiled(parts);
    whole.learn(vectors(ROWS, 1), vectors(COLUMNS, 2));
    const seconds = parts.map((part) => part.array.counts.seconds!);
    expect(whole.counts.seconds).toBe(Math.max(...seconds));
    expect(whole.counts.pulses).toBe(parts.reduce((sum, part) => sum + part.array.counts.pulses, 0));
    expect(whole.counts.energy['pulses']).toBeGreaterThan(0);
  });

  it('counts neurons of its rules from the first of the projection', () => {
    const { learning } = learnt('programming', 1);
    const condition = { kind: 'compare', operator: '<', left: { kind: 'reference', name: 'pre.index' }, right: { kind: 'number', value: 8 } } as const; // prettier-ignore
    const rule = compileSampleRule([{ ...learning[0]!, condition }], {
      rows: 5,
      columns: 1,
      first: { row: 6, column: 0 },
    });
    if ('kind' in rule) throw new Error(rule.reason);
    const state = { product: new Float32Array(5).fill(1), weight: new Float32Array(5), traces: [], modulators: new Float64Array(0) }; // prettier-ignore
    rule.step(state, 0, 5);
    expect([...state.weight]).toEqual([-1, -1, 0, 0, 0]);
  });
});
