/** Samples from tables of text: columns of numbers or words, one of them the label. */
import type { Samples } from '../core/samples.js';
import { dataFault, type DataFault } from './data-fault.js';
import { decodeText, textRows, type TextRow } from './text-rows.js';

/** Which columns are what, counted from 0. */
export interface TableLayout {
  /** Column of the label; absent where labels are elsewhere or nowhere. */
  readonly label?: number;
  /** Absent for all columns but that of the label, as numbers. */
  readonly features?: {
    readonly firstColumn: number;
    readonly lastColumn: number;
    readonly encoding: 'number' | 'oneHot' | 'ordinal' | 'sequence';
  };
  /** Factor for every feature. */
  readonly scale: number;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * The samples of a table. One-hot columns have a feature for every word that occurs in them, in the order of the words;
 * ordinal ones have one feature, the place of the word among those of its column, from 0 to 1; columns of a sequence
 * are steps, with a feature for every word that occurs in any of them. `?` is a word like any other. In front of numbers,
 * a first line of words is a heading.
 */
export function tableSamples(bytes: Uint8Array, layout: TableLayout): Samples | DataFault {
  const text = decodeText(bytes);
  if (typeof text !== 'string') return text;
  const [first] = textRows(text);
  if (!first) return dataFault('it has no rows');
  const table = new TableReader(first.words.length, layout);
  for (const row of textRows(text)) {
    const fault = table.read(row);
    if (fault) return fault;
  }
  return table.samples();
}

/** The words of a table that has one column, for labels that stand in a file of their own. */
export function labelWords(bytes: Uint8Array): readonly string[] | DataFault {
  const text = decodeText(bytes);
  if (typeof text !== 'string') return text;
  const words: string[] = [];
  for (const row of textRows(text)) {
    const [word = ''] = row.words;
    if (row.words.length > 1) return dataFault(`line ${row.line} has ${row.words.length} words; a label is one`);
    words.push(word);
  }
  return words;
}

/** Classes of words: numbered in their order, that of the numbers where all are whole numbers. */
export function classesOf(words: Iterable<string>): {
  readonly classes: readonly string[];
  readonly labels: Int32Array;
} {
  const list = [...words];
  const classes = sortedWords(new Set(list));
  const numbers = new Map(classes.map((word, index) => [word, index]));
  return { classes, labels: Int32Array.from(list, (word) => numbers.get(word) ?? 0) };
}

function sortedWords(words: ReadonlySet<string>): readonly string[] {
  const all = [...words];
  if (all.every((word) => /^-?\d+$/.test(word))) return all.sort((left, right) => Number(left) - Number(right));
  return all.sort((left, right) => (left < right ? -1 : Number(left > right)));
}

/** Collects the columns row by row. */
class TableReader {
  readonly #columns: readonly number[];
  readonly #width: number;
  readonly #layout: TableLayout;
  /** Whether columns hold words. */
  readonly #hasWords: boolean;
  /** Numbers, or numbers of words in the order in which they were met. */
  #values = new Float32Array(1024);
  #filled = 0;
  #rows = 0;
  readonly #words: readonly Map<string, number>[];
  readonly #labels: string[] = [];
  #mayBeHeading = true;

  constructor(width: number, layout: TableLayout) {
    const { features, label } = layout;
    const all = Array.from({ length: width }, (_, column) => column);
    this.#columns = features
      ? all.filter((column) => column >= features.firstColumn && column <= features.lastColumn)
      : all.filter((column) => column !== label);
    this.#width = width;
    this.#layout = layout;
    this.#hasWords = features !== undefined && features.encoding !== 'number';
    const shared = new Map<string, number>();
    this.#words = this.#columns.map(() => (features?.encoding === 'sequence' ? shared : new Map<string, number>()));
  }

  read(row: TextRow): DataFault | undefined {
    const fault = this.#widthFault(row);
    const isHeading = this.#mayBeHeading && this.#isHeading(row);
    this.#mayBeHeading = false;
    return fault ?? (isHeading ? undefined : this.#add(row));
  }

  #widthFault({ words, line }: TextRow): DataFault | undefined {
    if (words.length !== this.#width) {
      return dataFault(`line ${line} has ${words.length} words, the lines before have ${this.#width}`);
    }
    const { label = 0, features } = this.#layout;
    const last = Math.max(label, features?.lastColumn ?? 0);
    if (last < this.#width) return undefined;
    return dataFault(`line ${line} has ${this.#width} words and no column ${last}, counted from 0`);
  }

  /** Whether all features of the row are words that cannot be. */
  #isHeading({ words }: TextRow): boolean {
    return !this.#hasWords && this.#columns.length > 0 && !this.#columns.some((column) => isNumber(words[column]));
  }

  #add({ words, line }: TextRow): DataFault | undefined {
    const { label, scale } = this.#layout;
    this.#grow();
    for (const [index, column] of this.#columns.entries()) {
      const word = words[column] ?? '';
      if (!this.#hasWords && !isNumber(word)) return numberFault(word, line, column);
      this.#values[this.#filled++] = this.#hasWords ? this.#wordNumber(index, word) : Number(word) * scale;
    }
    if (label !== undefined) this.#labels.push(words[label] ?? '');
    this.#rows++;
    return undefined;
  }

  samples(): Samples | DataFault {
    if (this.#rows === 0) return dataFault('it has no samples');
    const isLabelled = this.#layout.label !== undefined;
    const labelled = isLabelled ? classesOf(this.#labels) : { classes: [] };
    const values = this.#values.subarray(0, this.#filled);
    const { features, width } = this.#featuresOf(values);
    const steps = this.#columns.length;
    const isSequence = this.#layout.features?.encoding === 'sequence';
    const form = isSequence ? { shape: [steps, width / steps], steps } : { shape: [width] };
    return { count: this.#rows, ...form, features, ...labelled };
  }

  #featuresOf(values: Float32Array): { readonly features: Float32Array; readonly width: number } {
    const { features, scale } = this.#layout;
    switch (features?.encoding) {
      case 'oneHot':
      case 'sequence':
        return oneHot(values, this.#words, scale);
      case 'ordinal':
        return { features: ordinal(values, this.#words, scale), width: this.#columns.length };
      default:
        return { features: values.slice(), width: this.#columns.length };
    }
  }

  #wordNumber(index: number, word: string): number {
    const known = this.#words[index];
    const number = known?.get(word) ?? known?.size ?? 0;
    known?.set(word, number);
    return number;
  }

  #grow(): void {
    const needed = this.#filled + this.#columns.length;
    if (needed <= this.#values.length) return;
    const larger = new Float32Array(Math.max(needed, 2 * this.#values.length));
    larger.set(this.#values);
    this.#values = larger;
  }
}

/** One feature for every word of every column, `scale` where it is the one and 0 elsewhere. */
function oneHot(
  numbers: Float32Array,
  words: readonly ReadonlyMap<string, number>[],
  scale: number,
): { readonly features: Float32Array; readonly width: number } {
  let width = 0;
  // Place of every word, by column and the number in which it was met
  const places = words.map((known) => {
    const sorted = sortedWords(new Set(known.keys()));
    const first = width;
    width += sorted.length;
    return Int32Array.from(known.keys(), (word) => first + sorted.indexOf(word));
  });
  const rows = words.length === 0 ? 0 : numbers.length / words.length;
  const features = new Float32Array(rows * width);
  for (const [index, number] of numbers.entries()) {
    const row = Math.floor(index / words.length);
    features[row * width + (places[index % words.length]?.[number] ?? 0)] = scale;
  }
  return { features, width };
}

/** The place of every word among those of its column, from 0 to `scale`; 0 where there is one word. */
function ordinal(numbers: Float32Array, words: readonly ReadonlyMap<string, number>[], scale: number): Float32Array {
  const places = words.map((known) => {
    const sorted = sortedWords(new Set(known.keys()));
    const unit = scale / Math.max(1, sorted.length - 1);
    return Float32Array.from(known.keys(), (word) => sorted.indexOf(word) * unit);
  });
  return numbers.map((number, index) => places[index % words.length]?.[number] ?? NaN);
}

function isNumber(word: string | undefined): boolean {
  return word !== undefined && NUMBER.test(word) && Number.isFinite(Number(word));
}

function numberFault(word: string, line: number, column: number): DataFault {
  const shown = word.length > 40 ? `${word.slice(0, 40)}…` : word;
  const found = word === '' ? 'nothing' : `\`${shown}\``;
  const help = 'words, missing values among them, become features with `encoded oneHot`, `ordinal` or `sequence`';
  return dataFault(`line ${line}, column ${column} (from 0): expected a number, found ${found}; ${help}`);
}
