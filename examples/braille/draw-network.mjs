// Draws a network of 12, 38 and 7 neurons and seven letters as they are touched, and writes both to FOLDER, or beside it:
//   node draw-network.mjs [FOLDER]
// Synapses into the hidden layer are random; those to the letters are found by the perceptron rule on spike counts. The
// equations are those of `cubaLif` in docs/language.md.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const [INPUTS, HIDDEN, LETTERS, STEPS] = [12, 38, 7, 100];
const [TRAINED, TESTED] = [40, 6];
const DT = 1e-4;

/** Uniform numbers from 0 to 1: xorshift of 32 bits. */
let state = 20261122;
function random() {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) / 2 ** 32;
}

function normal() {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const list = (length, make) => Array.from({ length }, (_, index) => make(index));
const matrix = (rows, columns, make) => list(rows, (row) => list(columns, (column) => make(row, column)));
const rounded = (rows) => rows.map((row) => row.map((value) => Math.fround(Number(value.toFixed(4)))));

/** Rates of a letter: dots are touched one after the other, each by some of the sensors. */
const letters = matrix(LETTERS, INPUTS, () => ({
  from: random() * 60,
  for: 15 + random() * 40,
  rate: 0.1 + random() * 0.35,
}));

function touch(letter) {
  const [shift, slow] = [normal() * 3, 1 + normal() * 0.05];
  return matrix(STEPS, INPUTS, (step, input) => {
    const { from, for: length, rate } = letters[letter][input];
    const at = (step - shift) / slow;
    return random() < (at >= from && at < from + length ? rate : 0.01) ? 1 : 0;
  });
}

const tau = list(HIDDEN, () => Number((0.8 + 0.6 * random()).toFixed(3)) * 1e-3);
// The last row holds the biases
const input = rounded(matrix(INPUTS + 1, HIDDEN, (row) => (row === INPUTS ? 0.05 * normal() : 0.45 * normal())));
const recurrent = rounded(matrix(HIDDEN + 1, HIDDEN, (row) => (row === HIDDEN ? 0 : 0.2 * normal() - 0.06)));

/** A step of neurons; what arrives at `weights` from those that spike. */
function through(spikes, weights) {
  const sums = weights.at(-1).slice();
  spikes.forEach((spike, row) => {
    if (spike) weights[row].forEach((weight, column) => (sums[column] += weight));
  });
  return sums;
}

function createNeurons({ count, tauOf, tauSynapse, gain, resistance }) {
  const [v, i] = [new Float64Array(count), new Float64Array(count)];
  return (sums) =>
    list(count, (at) => {
      i[at] += (DT / tauSynapse) * (gain * sums[at] - i[at]);
      v[at] += (DT / tauOf(at)) * (resistance * i[at] - v[at]);
      const spikes = v[at] > 1;
      if (spikes) v[at] = 0;
      return spikes;
    });
}

/** Spikes of the hidden neurons (steps x neurons). */
function respond(sample) {
  const step = createNeurons({
    count: HIDDEN,
    tauOf: (at) => tau[at],
    tauSynapse: 0.2222e-3,
    gain: 2.222,
    resistance: 10,
  });
  let spikes = list(HIDDEN, () => false);
  return sample.map((row) => {
    const [before, behind] = [through(row, input), through(spikes, recurrent)];
    spikes = step(before.map((sum, at) => sum + behind[at]));
    return spikes;
  });
}

const countsOf = (rows) => list(HIDDEN, (at) => rows.reduce((sum, row) => sum + (row[at] ? 1 : 0), 0) / STEPS);

/** Readout (hidden + 1 x letters) that the perceptron rule finds on the counts of spikes. */
function train(samples) {
  const weights = matrix(HIDDEN + 1, LETTERS, () => 0);
  const shown = samples.map(({ letter, sample }) => ({ letter, counts: countsOf(respond(sample)) }));
  for (let epoch = 0; epoch < 400; epoch++) {
    for (const { letter, counts } of shown) {
      const sums = through([], weights).map(
        (bias, at) => bias + counts.reduce((sum, each, row) => sum + each * weights[row][at], 0),
      );
      const rival = sums.reduce((best, sum, at) => (at !== letter && (best < 0 || sum > sums[best]) ? at : best), -1);
      if (sums[letter] > sums[rival] + 0.3) continue;
      for (const [at, sign] of [
        [letter, 0.02],
        [rival, -0.02],
      ]) {
        counts.forEach((each, row) => (weights[row][at] += sign * each));
        weights[HIDDEN][at] += sign * 0.1;
      }
    }
  }
  return weights;
}

const draw = (count) => list(count * LETTERS, (index) => ({ letter: index % LETTERS, sample: touch(index % LETTERS) }));
const readout = train(draw(TRAINED));
const largest = Math.max(...readout.flat().map(Math.abs));
const output = rounded(
  readout.map((row, at) => row.map((weight) => (1.6 * weight) / largest + (at === HIDDEN ? 0.15 : 0))),
);
const tested = draw(TESTED);

// How good that is without any device
const answer = (sample) => {
  const step = createNeurons({
    count: LETTERS,
    tauOf: () => 0.2222e-3,
    tauSynapse: 0.2e-3,
    gain: 2,
    resistance: 2.222,
  });
  const counts = list(LETTERS, () => 0);
  for (const row of respond(sample)) step(through(row, output)).forEach((spike, at) => (counts[at] += spike ? 1 : 0));
  return counts.indexOf(Math.max(...counts));
};
const right = tested.filter(({ letter, sample }) => answer(sample) === letter).length;
console.log(`${right} of ${tested.length} letters are found`);

const FOLDER = process.argv[2] ?? path.dirname(fileURLToPath(import.meta.url));
const write = (name, rows) =>
  writeFileSync(
    path.join(FOLDER, name),
    rows.map((row) => `${row.map((value) => Number(value.toFixed(7))).join(',')}\n`).join(''),
  );
write('input.csv', input);
write('recurrent.csv', recurrent);
write('output.csv', output);
write('tau.csv', [tau]);

/** An IDX file of bytes. */
function idx(sizes, values) {
  const header = new DataView(new ArrayBuffer(4 + 4 * sizes.length));
  header.setUint32(0, 0x0800 + sizes.length);
  sizes.forEach((size, at) => header.setUint32(4 + 4 * at, size));
  return gzipSync(Buffer.concat([new Uint8Array(header.buffer), Uint8Array.from(values)]), { level: 9 });
}

writeFileSync(
  path.join(FOLDER, 'touches.idx.gz'),
  idx(
    [tested.length, STEPS, INPUTS],
    tested.flatMap(({ sample }) => sample.flat()),
  ),
);
writeFileSync(
  path.join(FOLDER, 'letters.idx.gz'),
  idx(
    [tested.length],
    tested.map(({ letter }) => letter),
  ),
);
