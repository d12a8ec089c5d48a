/** Training by pulse programs: the same steps as on fast arrays of the same devices. */
import { describe, expect, it } from 'vitest';
import { encode } from '../../../src/ir/passes/encode.js';
import { verifyScheduledArray } from '../../../src/ir/verify-scheduled.js';
import { stepsOf } from '../../../src/networks/programs/line-steps.js';
import { createProgramArray } from '../../../src/networks/programs/program-array.js';
import { DIFFERENTIAL, learnt } from '../../support/device-array.js';
import { libraryDevice } from '../../support/library-tile.js';
import { bothArrays, train } from '../../support/program-training.js';

const YSZ = libraryDevice('yszEcram');

const REALIZATIONS = [
  'programming { levels = 100 }',
  'programming { levels = 100, attempts = 3 pulses }',
  'programming { levels = 100, by = rows }',
  'programming { levels = 100, by = rows, attempts = 2 pulses }',
  'outerProduct { slots = 15 }',
  'outerProduct { trains = scheduled, bits = 3 bit }',
  'outerProduct { trains = exact, bits = 3 bit }',
  'pulses',
  'pulses { fraction = 2 bit, stochastic = 1 }',
  'tikiTaka { version = 1, every = 2, rate = 0.5 }',
  'tikiTaka { every = 1, rate = 1, pairs = 3 pulses }',
  'host',
];

describe.each(REALIZATIONS)('realize %s', (realization) => {
  it('does what the fast array does, where nothing varies', () => {
    const { program, fast } = bothArrays(realization);
    const [slow, quick] = [train(program, 4, true), train(fast, 4, true)];
    // A code more or less where rounding decides, and disturb to the first order
    slow.outputs.forEach((found, index) => {
      expect(Math.abs(found - quick.outputs[index]!)).toBeLessThan(0.15);
    });
    slow.weights.forEach((found, index) => {
      expect(Math.abs(found - quick.weights[index]!)).toBeLessThan(0.01);
    });
    expect(program.counts.pulses).toBe(fast.counts.pulses);
    expect(program.counts.pulses).toBeGreaterThan(5);
    verifyScheduledArray(program.recording().scheduled);
  });

  it('trains on the same devices with the same controller in every step', () => {
    const { program } = bothArrays(realization, []);
    train(program, 2);
    const early = encode(program.recording().scheduled);
    train(program, 3);
    const late = encode(program.recording().scheduled);
    expect(late.dataSets.length).toBeGreaterThan(early.dataSets.length);
    if (!realization.startsWith('outer')) expect(late.specHash).toBe(early.specHash);
  });
});

it('has the devices of the fast array: open-loop errors are the same but for what each pulse adds', () => {
  const { program, fast } = bothArrays('programming { levels = 100 }', ['cycle', 'noise']);
  const [slow, quick] = [train(program, 3, true), train(fast, 3, true)];
  slow.weights.forEach((found, index) => {
    expect(Math.abs(found - quick.weights[index]!)).toBeLessThan(0.01);
  });
});

it('is refused where it does not fit or cannot be followed', () => {
  const { chip, learning } = learnt('host');
  const setup = {
    ...{ rows: 4, columns: 3, device: YSZ, encoding: DIFFERENTIAL, learning, chip, seed: 1, without: [] },
    ...{ weights: new Float32Array(12), source: 'test.ion', name: 'first' },
  };
  expect(createProgramArray({ ...setup, columns: 13 })).toMatchObject({
    reason: '4 x 26 cells do not fit a tile of 120 x 24, and a controller has one',
  });
  expect(createProgramArray({ ...setup, device: libraryDevice('magnetoIonic') })).toMatchObject({ kind: 'refused' });
});

describe('pulses of one update', () => {
  const pulse = (goesOn = false) => ({
    rows: [0],
    columns: [0],
    isDown: false,
    seconds: 1e-6,
    ...(goesOn && { goesOn }),
  });

  it('are parted into steps that the memories of the controller hold', () => {
    const steps = stepsOf(Array.from({ length: 7 }, () => pulse()), 3); // prettier-ignore
    expect(steps.map((each) => each.length)).toEqual([3, 3, 1]);
  });

  it('stay together where lines stay on', () => {
    const pulses = [pulse(), pulse(), pulse(true), pulse(), pulse(true), pulse(true), pulse(true), pulse(), pulse()];
    const steps = stepsOf(pulses, 3);
    expect(steps.flat()).toEqual(pulses);
    expect(steps.map((each) => each.length)).toEqual([2, 2, 4, 1]);
    expect(stepsOf([], 3)).toEqual([]);
  });
});
