// Draws sequences for associative retrieval: node draw-sequences.mjs [COUNT] [SEED] [PAIRS LETTERS DIGITS] > sequences.csv
// A sequence is three pairs of a letter and a digit, two question marks and one of the letters; its label is the digit
// that stood behind that letter: `c,9,k,8,j,3,?,?,k,8`. The letters of a sequence differ. reduced.csv.gz has two pairs out
// of four letters and two digits.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Whole numbers below a limit, the same for the same seed (Mulberry32). */
function numbersFrom(seed) {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

/** One sequence: the words, nine of them for three pairs, and behind them the label. */
function drawSequence(below, { pairs: count, letters: known, digits }) {
  const letters = [...LETTERS.slice(0, known)];
  const pairs = Array.from({ length: count }, () => [letters.splice(below(letters.length), 1)[0], below(digits)]);
  const [letter, digit] = pairs[below(count)];
  return [...pairs.flat(), '?', '?', letter, digit];
}

/** `count` lines of a table. */
export function drawSequences(count, seed, task = { pairs: 3, letters: 26, digits: 10 }) {
  const below = numbersFrom(seed);
  return Array.from({ length: count }, () => `${drawSequence(below, task).join(',')}\n`).join('');
}

if (path.resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  const [count = 130000, seed = 1, pairs = 3, letters = 26, digits = 10] = process.argv.slice(2).map(Number);
  process.stdout.write(drawSequences(count, seed, { pairs, letters, digits }));
}
