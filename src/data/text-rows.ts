/** Rows of words in text files, one after another, so that large tables need not be in memory as words. */
import { dataFault, type DataFault } from './data-fault.js';

/** A row of words without the blanks and quotes around them. */
export interface TextRow {
  readonly words: readonly string[];
  /** Counted from 1. */
  readonly line: number;
}

/** The text of a file; a fault where it is not UTF-8. */
export function decodeText(bytes: Uint8Array): string | DataFault {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return dataFault('it is not UTF-8 text');
  }
}

/**
 * The rows of `text`: one a line, words separated by what the first line has of `,`, `;` and tab. Empty lines and those
 * that begin with `#` are left out; words in double quotes may hold separators, and doubled quotes for one.
 */
export function* textRows(text: string): Generator<TextRow> {
  let separator: string | undefined;
  let line = 0;
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    const row = text.slice(start, end < 0 ? text.length : end).trim();
    start = end < 0 ? text.length : end + 1;
    line++;
    if (row === '' || row.startsWith('#')) continue;
    separator ??= [',', ';', '\t'].find((candidate) => row.includes(candidate)) ?? ',';
    const words = row.includes('"') ? quotedWords(row, separator) : row.split(separator).map((word) => word.trim());
    yield { words, line };
  }
}

const QUOTED = /^\s*"((?:[^"]|"")*)"\s*$/;

function quotedWords(row: string, separator: string): string[] {
  const words: string[] = [];
  let word = '';
  let isInside = false;
  for (const character of row) {
    if (character === '"') isInside = !isInside;
    if (character === separator && !isInside) {
      words.push(word);
      word = '';
    } else word += character;
  }
  return [...words, word].map((each) => QUOTED.exec(each)?.[1]?.replaceAll('""', '"') ?? each.trim());
}
