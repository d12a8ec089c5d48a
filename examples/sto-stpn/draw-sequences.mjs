// Draws sequences for associative retrieval: node draw-sequences.mjs [COUNT] [SEED] > sequences.csv
// A sequence is three pairs of a letter and a digit, two question marks and one of the letters; its label is the digit
// that stood behind that letter: `c,9,k,8,j,3,?,?,k,8`. The letters of a sequence differ.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const PAIRS = 3;

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

/** One sequence: nine words, and behind them the label. */
function drawSequence(below) {
  const letters = [...LETTERS];
  const pairs = Array.from({ length: PAIRS }, () => [letters.splice(below(letters.length), 1)[0], below(10)]);
  const [letter, digit] = pairs[below(PAIRS)];
  return [...pairs.flat(), '?', '?', letter, digit];
}

/** `count` lines of a table. */
export function drawSequences(count, seed) {
  const below = numbersFrom(seed);
  return Array.from({ length: count }, () => `${drawSequence(below).join(',')}\n`).join('');
}

if (path.resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  const [count = '130000', seed = '1'] = process.argv.slice(2);
  process.stdout.write(drawSequences(Number(count), Number(seed)));
}
