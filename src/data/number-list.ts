/** Lists of numbers in text files, in double precision: one a line, or several, in the order of reading. */
import { dataFault, type DataFault } from './data-fault.js';
import { decodeText, textRows } from './text-rows.js';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The `count` numbers of a file; a fault names the line of what is none, or how many there are. */
export function readNumberList(bytes: Uint8Array, count: number): readonly number[] | DataFault {
  const text = decodeText(bytes);
  if (typeof text !== 'string') return text;
  const numbers: number[] = [];
  for (const { words, line } of textRows(text)) {
    for (const word of words) {
      const value = NUMBER.test(word) ? Number(word) : NaN;
      if (!Number.isFinite(value)) {
        const found = word.length > 40 ? `${word.slice(0, 40)}…` : word;
        return dataFault(`line ${line}: expected a finite number, found ${word === '' ? 'nothing' : JSON.stringify(found)}`); // prettier-ignore
      }
      if (numbers.length === count) return dataFault(`it holds more than ${count} numbers, one for each neuron`);
      numbers.push(value);
    }
  }
  if (numbers.length < count) return dataFault(`it holds ${numbers.length} numbers, expected ${count}`);
  return numbers;
}
