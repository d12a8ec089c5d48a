/** What is told of programming cells from samples: sizes, errors, times and energies of a small network. */
import { expect, it } from 'vitest';
import { mapStudy, loadNetwork } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import type { RealizationNote } from '../../../src/ir/study-result.js';
import { learningNotes } from '../../../src/networks/run/learning-notes.js';
import { ARRAY_CHIP } from '../../support/device-array.js';
import { memoryHost } from '../../support/memory-host.js';

/** Notes on a convolution of 9 x 8 weights and a dense layer of 201 x 3 on tiles of 120 x 24. */
function notesOf(realization: string): readonly RealizationNote[] {
  const text = `import device yszEcram from "std/devices"
${ARRAY_CHIP.replace('120 x 24 {', '120 x 24 grid 2 x 2 {')}
rule backprop {
  weight w : 1 in -4 .. 4
  on sample { w -= 0.5 * post.error * pre.value }
  realize ${realization}
}
data pictures {
  from "pictures.csv"
  labels column 0
}
network Net {
  population image : rates[1, 7, 7]
  population maps : relu[8, 5, 5]
  population out : softmax[3]
  projection convolve : image -> maps convolution 3 x 3 on yszEcram {
    learn backprop
    encode differential window mid scale 0.5 uS
  }
  projection decide : maps -> out dense on yszEcram {
    learn backprop
    encode differential window mid scale 0.5 uS
  }
}
experiment Try {
  run Net on Bench
  train on pictures { batch = 8, loss = crossEntropy }
}
`;
  const diagnostics = new DiagnosticBag();
  const row = `a,${Array.from({ length: 49 }, () => '0').join(',')}\n`;
  const host = memoryHost({ 'input.ion': text, 'pictures.csv': `${row}b${row.slice(1)}c${row.slice(1)}` });
  const source = { file: 'input.ion', host, overrides: new Map<string, string>() };
  const network = loadNetwork('input.ion', host, source.overrides, diagnostics);
  const [study] = network?.studies ?? [];
  const mapped = network && study && mapStudy({ network, study, point: [] }, source, diagnostics);
  if (!mapped) throw new Error(JSON.stringify(diagnostics.all));
  return learningNotes(mapped);
}

const figuresOf = (note: RealizationNote | undefined): Readonly<Record<string, number>> =>
  Object.fromEntries((note?.figures ?? []).map(({ name, value }) => [name, value]));

it('counts cells, tiles and pulses, and prices a step by the equations of the device', () => {
  const [convolve, decide] = notesOf('programming { levels = 100 }');
  expect([convolve?.projection, decide?.projection]).toEqual(['convolve', 'decide']);
  const [window, dense] = [figuresOf(convolve), figuresOf(decide)];
  expect([window['cells'], window['tiles'], window['vectors of a sample']]).toEqual([144, 1, 25]);
  // Two parts of 120 and 81 rows
  expect([dense['cells'], dense['tiles'], dense['vectors of a sample']]).toEqual([1206, 2, 1]);
  expect(dense['step of a weight']).toBeCloseTo(0.04, 9);
  // 20 nS at 7.54 nS x sqrt 8 ^ 0.883 in 100 ms
  const seconds = (0.1 * 20e-9) / (7.54e-9 * Math.sqrt(8) ** 0.883);
  expect(dense['pulse of a step']).toBeCloseTo(seconds, 6);
  expect(dense['time an update at most, all tiles at once']).toBeCloseTo(120 * 6 * (seconds + 1e-4), 4);
  // 1 pF x (5 V)^2 + 10 mC/S x 20 nS x 5 V
  expect((dense['energy of a pulse'] ?? NaN) / (25e-12 + 1e-9)).toBeCloseTo(1, 3);
  expect(dense['change of half-selected cells by that of the selected one']).toBeCloseTo(
    Math.sinh(5) / Math.sinh(10),
    4,
  );
});

it('tells the spread of a change as the devices have it, and the worst with half a tick', () => {
  const note = figuresOf(notesOf('programming { levels = 100 }')[1]);
  const deviation = note['error of a change, a deviation'] ?? NaN;
  expect(deviation).toBeCloseTo(Math.hypot(0.12, 0.023), 2);
  const rounding = (note['tick of a pulse'] ?? NaN) / 2 / (note['pulse of a step'] ?? NaN);
  expect(note['worst error of a change']).toBeCloseTo(3 * deviation + rounding, 9);
});

it('doubles what is pulsed at most where the host looks, and tells trains by their slots', () => {
  const looking = figuresOf(notesOf('programming { levels = 100, attempts = 2 pulses }')[1]);
  expect(looking['pulses an update at most']).toBe(2 * 1206);
  const trains = figuresOf(notesOf('outerProduct { slots = 15 }')[1]);
  expect(trains['slots of a sample at most']).toBe(15);
  expect(trains['change of a weight by a pulse']).toBeCloseTo((2 * 7.54e-9 * Math.sqrt(8) ** 0.883) / 0.5e-6, 5);
});

it('tells rows at once, counted pulses and two arrays by what they cost', () => {
  const serial = figuresOf(notesOf('programming { levels = 100 }')[1]);
  const byRow = figuresOf(notesOf('programming { levels = 100, by = rows }')[1]);
  const name = 'time an update at most, all tiles at once';
  // Two polarities of a row in place of six cells
  expect((byRow[name] ?? NaN) / (serial[name] ?? NaN)).toBeCloseTo(2 / 6, 9);
  const counted = figuresOf(notesOf('pulses { fraction = 3 bit, stochastic = 1 }')[1]);
  expect(counted['error of a number of pulses at most']).toBe(1 / 8);
  expect(counted['time of a pulse on all cells, all tiles at once']).toBeCloseTo(120 * 6 * 0.1001, 6);
  const tikiTaka = figuresOf(notesOf('tikiTaka { every = 2, pairs = 50 pulses, slots = 10 }')[1]);
  expect(tikiTaka['cells of the fast array']).toBe(1206);
  expect(tikiTaka['samples until all rows are transferred']).toBe(402);
  expect(tikiTaka['time to find the zero']).toBeCloseTo(100 * 0.1001, 6);
  expect(tikiTaka['time of a sample at most']).toBeCloseTo(50 * 0.1001, 6);
});

it('adds up what may be wrong with a pulse: devices, pulses, and steps that change along the window', () => {
  const figures = figuresOf(notesOf('outerProduct')[1]);
  const deviation = figures['error of a pulse, a deviation'] ?? NaN;
  expect(deviation).toBeCloseTo(Math.hypot(0.12, 0.023), 2);
  // Steps of the device are alike all along its window
  expect(figures['error of a pulse at the ends of the window']).toBeCloseTo(0, 9);
  expect(figures['worst error of a pulse']).toBeCloseTo(3 * deviation, 9);
  const exact = figuresOf(notesOf('outerProduct { trains = exact, bits = 3 bit }')[1]);
  expect(exact['pulses of a sample at most']).toBe(36);
  expect(exact['error of a value by its bits']).toBeCloseTo(1 / 14, 9);
});
