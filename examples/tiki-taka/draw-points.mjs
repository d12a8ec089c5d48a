// Draws the points of points.csv: node draw-points.mjs [COUNT] [SEED] > points.csv
// Eight numbers between -1 and 1, and a class that a noisy neuron gives them: 1 with the chance of a sigmoid.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const TRUE_WEIGHTS = [1.5, -1.25, 1, -1, 0.75, -0.5, 0.25, 0];

/** Numbers from 0 to 1, the same for the same seed (Mulberry32). */
function numbersFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` lines of a table. */
export function drawPoints(count, seed) {
  const next = numbersFrom(seed);
  return Array.from({ length: count }, () => {
    const point = TRUE_WEIGHTS.map(() => 2 * next() - 1);
    const input = point.reduce((sum, value, index) => sum + value * TRUE_WEIGHTS[index], 0);
    const label = next() < 1 / (1 + Math.exp(-2 * input)) ? 1 : 0;
    return `${[...point.map((value) => value.toFixed(3)), label].join(',')}\n`;
  }).join('');
}

if (path.resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  const [count = '600', seed = '1'] = process.argv.slice(2);
  process.stdout.write(drawPoints(Number(count), Number(seed)));
}
