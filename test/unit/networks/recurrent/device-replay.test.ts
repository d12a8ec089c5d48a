/** Fast weights on SrTiO3 memristors: the law of the device turned round, runs replayed, energies of a game. */
import { describe, expect, it } from 'vitest';
import { invariant } from '../../../../src/core/invariant.js';
import { replayOnDevices, type ReplaySetup } from '../../../../src/networks/recurrent/device-replay.js';
import { nearestPulse, shortTermLaw, type ShortTermLaw } from '../../../../src/networks/recurrent/short-term-law.js';
import { libraryDevice, spreadsOf, tileOf } from '../../../support/library-tile.js';
import { randomNumbers } from '../../../support/random-numbers.js';

const device = libraryDevice('stoMemristor');
const STEP_SECONDS = 66.7e-3;

/** Levels of a line of `bits` from -4 V to 4 V. */
function lawOf(bits: number): ShortTermLaw {
  const codes = 2 ** bits - 1;
  const levels = Array.from({ length: codes + 1 }, (_, code) => -4 + (8 * code) / codes);
  const law = shortTermLaw({ device, stepSeconds: STEP_SECONDS, levels });
  invariant(!('reason' in law), 'the device has a law');
  return law;
}

const LAW = lawOf(12);

/** A run of random values, and a layer of them; decays between 0.1 and 0.9, gains of either sign. */
function randomReplay(choice: Partial<ReplaySetup> = {}): ReplaySetup {
  const below = randomNumbers(5);
  const draw = (length: number, low: number, high: number) =>
    Float64Array.from({ length }, () => low + ((high - low) * below(2 ** 20)) / 2 ** 20);
  const [steps, width, units] = [12, 7, 4];
  return {
    device,
    law: LAW,
    run: { steps, width, units, before: draw(steps * width, -1, 1), outputs: draw(steps * units, -1, 1) },
    weight: draw(width * units, -1, 1),
    decay: draw(width * units, 0.1, 0.9),
    gain: draw(width * units, -0.4, 0.4),
    ...{ scheme: 'differential', siemensPerUnit: 20e-9, stepSeconds: STEP_SECONDS, readSeconds: 12e-6, seed: 1 },
    without: spreadsOf(device),
    ...choice,
  };
}

describe('the law turned round', () => {
  it('finds the decaying part and its bias by itself', () => {
    expect(LAW).toMatchObject({ long: 'w', short: 'f', bias: 'bias', pulseSeconds: 1e-4 });
    expect(LAW.kept.least).toBeCloseTo(0.095, 2);
    expect(LAW.kept.most).toBeCloseTo(0.905, 2);
  });

  it.each([0.1, 0.3, 0.5, 0.9])('finds the bias that leaves %d', (kept) => {
    expect(LAW.keptAt(LAW.biasFor(kept))).toBeCloseTo(kept, 9);
  });

  it('goes to the ends of the bias where a decay is out of reach', () => {
    expect([LAW.biasFor(0), LAW.biasFor(1)]).toEqual([-0.6, 0.6]);
  });

  it('keeps away from voltages that set the lasting part', () => {
    const most = LAW.pulses.at(-1)!;
    expect(most.volts).toBeLessThan(3.75);
    expect(most.volts).toBeGreaterThan(3.745);
    const kernel = tileOf(device);
    kernel.pulseCells(Float64Array.of(most.volts), 1e-4);
    expect(kernel.stateOf('w')[0]).toBe(0);
    expect(kernel.stateOf('f')[0]).toBeCloseTo(most.step, 15);
  });

  it('takes the pulse whose step is nearest, or none', () => {
    const steps = [...LAW.pulses.map(({ step }) => step), 0];
    for (const wanted of [1e-13, 1e-12, 1e-10, 5e-9, 7.7e-9, 1e-7]) {
      const distance = Math.min(...steps.map((step) => Math.abs(step - wanted)));
      expect(Math.abs((nearestPulse(LAW, wanted)?.step ?? 0) - wanted)).toBeCloseTo(distance, 20);
    }
  });

  it('refuses devices without a decaying part', () => {
    const refused = shortTermLaw({ device: libraryDevice('yszEcram'), stepSeconds: 1, levels: [1] });
    expect('reason' in refused && refused.reason).toContain('has not one lasting state');
  });
});

describe('a run replayed', () => {
  const found = replayOnDevices(randomReplay());

  it('keeps to the fast parts of the layer in pairs, to the fineness of the levels', () => {
    expect(found.error).toBeLessThan(0.01);
    expect(found).toMatchObject({ unwritten: 0, beyondReach: 0 });
    const coarse = replayOnDevices(randomReplay({ law: lawOf(6) }));
    expect(coarse.error).toBeGreaterThan(3 * found.error);
  });

  it('errs by the spread of single pulses, some 10 %', () => {
    const { error } = replayOnDevices(randomReplay({ without: [] }));
    expect(error).toBeGreaterThan(0.03);
    expect(error).toBeLessThan(0.15);
  });

  it('needs several pulses where a change is beyond one', () => {
    const strong = randomReplay({ siemensPerUnit: 100e-9 });
    const { error, mostPulses } = replayOnDevices({ ...strong, weight: strong.weight.map((weight) => weight / 5) });
    expect(found.mostPulses).toBe(1);
    expect(mostPulses).toBeGreaterThan(1);
    expect(error).toBeLessThan(0.01);
  });

  it('cannot write what is negative into single cells', () => {
    const single = replayOnDevices(randomReplay({ scheme: 'single' }));
    expect(single.unwritten).toBeGreaterThan(100);
    expect(single.error).toBeGreaterThan(0.5);
  });

  it('counts decays that no bias gives', () => {
    const slow = randomReplay();
    const { beyondReach } = replayOnDevices({ ...slow, decay: slow.decay.fill(0.99) });
    expect(beyondReach).toBe(1);
  });

  it('splits energy into holding, writing and reading', () => {
    const setup = randomReplay();
    const cells = 2 * 7 * 4;
    const still = { ...setup, weight: setup.weight.fill(0), gain: setup.gain.fill(0), bias: 0.6 };
    const { energy, pulses } = replayOnDevices(still);
    expect(pulses).toBe(0);
    expect(energy.write).toBe(0);
    expect(energy.hold).toBeCloseTo(cells * 12 * STEP_SECONDS * 11.9e-9 * 0.36, 15);
    const squares = setup.run.before.reduce((sum, value) => sum + value ** 2, 0);
    expect(energy.read / (squares * 8 * 0.36 * 11.9e-9 * 12e-6)).toBeCloseTo(1, 9);
  });
});

describe('a game', () => {
  /** One neuron of 64 behind the 2656 values that it sees, for a tenth of the 730 steps of a game. */
  function tenthOfGame(change: number, bias: number) {
    const [steps, width, units] = [73, 2656, 1];
    const ones = (length: number) => new Float64Array(length).fill(1);
    const { energy, pulses, error } = replayOnDevices({
      ...randomReplay({ scheme: 'single', siemensPerUnit: 20e-9, bias }),
      run: { steps, width, units, before: ones(steps * width), outputs: ones(steps * units) },
      weight: new Float64Array(width),
      decay: ones(width).fill(LAW.keptAt(bias)),
      gain: ones(width).fill(change / 20e-9),
    });
    return { hold: energy.hold * 640, write: energy.write * 640, pulses, error };
  }

  it('takes 35.6 mJ to hold where nothing is written', () => {
    expect(Math.abs(tenthOfGame(0, 0.6).hold / 35.6e-3 - 1)).toBeLessThan(0.02);
  });

  it('takes 0.4 mJ to write a mean change of every synapse in every step, to which the device is calibrated', () => {
    const { write, pulses, error } = tenthOfGame(5e-9, 0);
    expect(pulses).toBe(73 * 2656);
    expect(error).toBeLessThan(0.01);
    expect(Math.abs(write / 0.4e-3 - 1)).toBeLessThan(0.1);
  });
});
