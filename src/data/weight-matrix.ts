/** Tables of weights: numbers in rows of text. Without Node, so that harnesses can read them anywhere. */
import { dataFault, type DataFault } from './data-fault.js';
import { decodeText, textRows } from './text-rows.js';

/** Weights as written. */
export interface WeightMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Shape (rows x columns), row-major, in single precision. */
  readonly values: Float32Array;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The numbers of a table, one row of weights a line; a fault names line and column of what is none. */
export function readWeightMatrix(bytes: Uint8Array): WeightMatrix | DataFault {
  const text = decodeText(bytes);
  if (typeof text !== 'string') return text;
  let values = new Float32Array(1024);
  let [rows, columns] = [0, 0];
  for (const { words, line } of textRows(text)) {
    if (rows === 0) columns = words.length;
    if (words.length !== columns) {
      return dataFault(`line ${line} has ${words.length} numbers, the lines before have ${columns}`);
    }
    if ((rows + 1) * columns > values.length) values = grown(values, (rows + 1) * columns);
    for (const [column, word] of words.entries()) {
      const value = NUMBER.test(word) ? Math.fround(Number(word)) : NaN;
      if (!Number.isFinite(value)) return numberFault(word, line, column + 1);
      values[rows * columns + column] = value;
    }
    rows++;
  }
  return rows === 0 ? dataFault('it has no rows') : { rows, columns, values: values.slice(0, rows * columns) };
}

/** What is wrong with the sizes of a table; undefined where they are the expected ones. */
export function weightSizeFault(
  found: Pick<WeightMatrix, 'rows' | 'columns'>,
  expected: Pick<WeightMatrix, 'rows' | 'columns'>,
): DataFault | undefined {
  if (found.rows === expected.rows && found.columns === expected.columns) return undefined;
  return dataFault(
    `it holds ${found.rows} x ${found.columns} numbers, expected ${expected.rows} x ${expected.columns}`,
  );
}

function grown(values: Float32Array, least: number): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(Math.max(2 * values.length, least));
  larger.set(values);
  return larger;
}

function numberFault(word: string, line: number, column: number): DataFault {
  const shown = word.length > 40 ? `${word.slice(0, 40)}…` : word;
  const found = word === '' ? 'nothing' : JSON.stringify(shown);
  return dataFault(`line ${line}, column ${column}: expected a finite number, found ${found}`);
}
