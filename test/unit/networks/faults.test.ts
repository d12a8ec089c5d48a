/** Broken cells and lines: read from files, avoided, replaced, and the rest under the weights that suffer least. */
import { describe, expect, it } from 'vitest';
import { readFaultMap } from '../../../src/data/fault-map.js';
import { mappingOf } from '../../../src/ir/mapping-report.js';
import { FaultMap } from '../../../src/ir/tile-lines.js';
import { createArray } from '../../../src/networks/arrays/create-array.js';
import { fitPart } from '../../../src/networks/arrays/stuck-parts.js';
import { WeightCells } from '../../../src/networks/arrays/weight-cells.js';
import { faultNotes } from '../../../src/networks/run/fault-notes.js';
import { assignRows } from '../../../src/numerics/assign.js';
import { idealChip, IDEAL, mappedText } from '../../support/mapped-text.js';
import { drawFrom } from '../../support/pulse-program.js';

const read = (text: string) => readFaultMap(new TextEncoder().encode(text), { tiles: 2, rows: 4, columns: 6 });

describe('fault maps', () => {
  it('list cells and lines', () => {
    const text = 'tile,row,column,kind,value\n# a comment\n0,1,2,stuck,2e-6\n1,0,5,open,\n0,3,,row,\r\n1, ,4,column\n';
    expect(read(text)).toEqual({
      kind: 'faults',
      all: [
        { tile: 0, kind: 'stuck', row: 1, column: 2, siemens: 2e-6 },
        { tile: 1, kind: 'stuck', row: 0, column: 5, siemens: 0 },
        { tile: 0, kind: 'row', row: 3 },
        { tile: 1, kind: 'column', column: 4 },
      ],
    });
  });

  it.each([
    ['0,1,2,broken,1', 'expected `tile,row,column,kind,value` with a kind of stuck, open, row, column; found "0,1,2,broken,1"'], // prettier-ignore
    ['2,1,2,stuck,1', 'tile 2 does not exist; there are 2, counted from 0'],
    ['0,4,2,stuck,1', 'row 4 does not exist; there are 4, counted from 0'],
    ['0,1,-2,stuck,1', 'a column is a whole number; found "-2"'],
    ['0,1,2,stuck,', '`stuck` has a value'],
    ['0,1,2,stuck,-1e-6', 'a conductance in siemens is a number of 0 or more; found "-1e-6"'],
    ['0,1,2,row,', '`row` has no column, and the field stays empty; found "2"'],
    ['0,1,2,open,\n0,1,2,stuck,1', 'line 1 is about the same'],
  ])('name what is wrong: %s', (text, reason) => {
    expect(read(text)).toMatchObject({ kind: 'map-fault', line: text.split('\n').length, reason });
  });

  it('are refused as text of another kind', () => {
    expect(readFaultMap(Uint8Array.of(0xff, 0xfe), { tiles: 1, rows: 1, columns: 1 })).toMatchObject({ line: 0 });
  });
});

describe('lines', () => {
  const linesOf = (faults: string, spare: string) => {
    const text = IDEAL + idealChip('6 x 6 grid 1 x 2', `${spare}\n faults from "f.csv"`) + layer(4, 4, 'single');
    return new FaultMap(mappedText(text, { 'f.csv': faults }).chip.tile);
  };

  it('leave dead ones out, and then those with the most stuck cells', () => {
    const map = linesOf('0,2,,row,\n0,0,3,stuck,5\n0,1,3,stuck,5\n0,5,0,stuck,5', 'spare 2 rows 1 columns');
    // Row 2 is dead; column 3 has two stuck cells; the row that is left over goes for the third
    expect(map.linesOf(0)).toEqual({ rows: [0, 1, 3, 4], columns: [0, 1, 2, 4, 5], stuck: [], avoided: { dead: 1, replaced: 2 } }); // prettier-ignore
    expect(map.linesOf(1)).toMatchObject({ rows: [0, 1, 2, 3], columns: [0, 1, 2, 3, 4], stuck: [] });
  });

  it('are fewer where no spare ones are left, and stuck cells stay', () => {
    const map = linesOf('0,2,,row,\n0,0,3,stuck,5', '');
    expect(map.linesOf(0)).toMatchObject({ rows: [0, 1, 3, 4, 5], stuck: [{ row: 0, column: 3, siemens: 5 }] });
    expect(map.sizeOf(0)).toEqual({ rows: 5, columns: 6 });
  });
});

it('assigns at the least cost', () => {
  const draw = drawFrom(3);
  for (let round = 0; round < 20; round++) {
    const costs = Array.from({ length: 3 }, () => Array.from({ length: 5 }, () => draw(100)));
    const found = assignRows((row, column) => costs[row]![column]!, 3, 5);
    const sum = found.reduce((total, column, row) => total + costs[row]![column]!, 0);
    let least = Infinity;
    for (let at = 0; at < 125; at++) {
      const columns = [at % 5, Math.floor(at / 5) % 5, Math.floor(at / 25)];
      if (new Set(columns).size < 3) continue;
      least = Math.min(
        least,
        columns.reduce((total, column, row) => total + costs[row]![column]!, 0),
      );
    }
    expect(new Set(found).size).toBe(3);
    expect(sum).toBe(least);
  }
});

describe('stuck cells', () => {
  const cells = (scheme: 'single' | 'differential') =>
    new WeightCells({ rows: 4, columns: 4, encoding: { scheme, siemensPerUnit: 1 }, window: { low: 1, high: 17 } });

  it('lie under the weights that want their conductance', () => {
    const weights = Float32Array.from({ length: 16 }, (_, at) => (at === 6 ? 11 : 3));
    const fitted = fitPart([{ row: 0, column: 0, siemens: 11 }], weights, cells('single'));
    expect(fitted).toEqual({ stuck: [{ row: 1, column: 2, siemens: 11 }], error: 0, errorInOrder: 64 });
  });

  it('are made up for by the other cell of a pair, as far as the window goes', () => {
    const pairs = cells('differential');
    const weights = Float32Array.from({ length: 16 }, (_, at) => (at % 4 === 0 ? -6 : 2));
    const held = new WeightCells({ ...{ rows: 4, columns: 4, window: pairs.window }, encoding: { scheme: 'differential', siemensPerUnit: 1 }, stuck: [{ row: 2, column: 1, siemens: 16 }] }); // prettier-ignore
    const siemens = new Float64Array(32);
    held.toSiemens(weights, siemens);
    // Weight -6 at row 2, column 0: its minus cell is stuck at 16, and the plus cell comes down to 10
    expect([siemens[16], siemens[17]]).toEqual([10, 16]);
    // A positive weight would need 18; a place with a weight of -6 needs 10
    expect(fitPart([{ row: 1, column: 3, siemens: 16 }], weights, pairs)).toMatchObject({ error: 0, errorInOrder: 1 });
    expect(fitPart([{ row: 1, column: 2, siemens: 0 }], weights, pairs).error).toBe(0);
  });

  it('stay where they are in a run, and errors are told', () => {
    const faults = '0,0,0,stuck,17\n0,3,3,stuck,0\n1,2,,row,';
    const text = `${IDEAL}${idealChip('4 x 4 grid 1 x 2', 'faults from "f.csv"')}${layer(4, 4, 'single')}`;
    const network = mappedText(text, { 'f.csv': faults });
    const [projection] = network.projections;
    const array = createArray({ network, projection: projection!, index: 0, seed: 1, batch: 1 });
    const before = array.weights().slice();
    const [note] = faultNotes(network);
    expect(note).toMatchObject({ projection: 'w', parts: 1, stuck: 2 });
    expect([...before].filter((weight) => weight === 17 || weight === 0)).toHaveLength(2);
    expect(note!.error).toBeLessThan(note!.errorInOrder);
    array.learn({ count: 1, width: 4, values: new Float32Array(4).fill(1) }, { count: 1, width: 4, values: new Float32Array(4).fill(-2) }); // prettier-ignore
    array.rest(1);
    expect([...array.weights()]).toEqual([...before]);
    expect(mappingOf(network).faults).toEqual({ tiles: 2, deadLines: 1, replacedLines: 0, stuck: 2, left: 2 });
  });
});

/** A layer whose weights go from 1 to 16. */
function layer(rows: number, columns: number, scheme: string): string {
  return `network Net {
  population a : rates[${rows}]
  population b : linear[${columns}]
  projection w : a -> b all-to-all on ideal { weights = 1 + 4 * pre.index + post.index
    encode ${scheme} scale 1 S }
}
experiment Try {
  run Net on Bench
  wait 1 s
}
`;
}
