/** What the SrTiO3 memristor must do to be true to its paper: power, energies of a game, decay under bias. */
import { describe, expect, test } from 'vitest';
import type { TileKernel } from '../../../src/devices/kernel.js';
import { everyCell, libraryDevice, tileOf } from '../../support/library-tile.js';

const device = libraryDevice('stoMemristor');

/** The recurrent layer of the paper's agent: 64 units that see 2592 inputs and themselves. */
const UNITS = 64;
const INPUTS = 2592 + UNITS;
const SYNAPSES = UNITS * INPUTS;
const GAME_SECONDS = 48.7;
const STEP_SECONDS = 66.7e-3;
const STEPS_OF_GAME = 750;

/** Energy of a game on an A100 with 16-bit floats [J]: notes on the paper, which report them beside the memristor's. */
const GPU_OPTIMAL = 3.4639;
const GPU_STANDARD = 34.7805;

/** Energy of `seconds` without pulses at a bias [J], all synapses of the layer at rest. */
function holdEnergy(bias: number, seconds: number): number {
  const kernel = tileOf(device, { rows: UNITS, columns: INPUTS });
  kernel.modulate('bias', bias);
  kernel.rest(seconds);
  return kernel.holdEnergy;
}

/** Energy of the pulses of a game on one synapse, a mean one each step [J]. */
function writeEnergy(): number {
  const kernel = tileOf(device);
  kernel.modulate('bias', 0.6);
  for (let step = 0; step < STEPS_OF_GAME; step++) {
    kernel.pulse(everyCell(kernel, 3), 1e-4);
    kernel.rest(STEP_SECONDS);
  }
  return kernel.selectedEnergy;
}

/** The part of the short-term conductance that is left after a step of the agent. */
function keptAt(bias: number): number {
  const kernel = tileOf(device);
  kernel.modulate('bias', bias);
  kernel.pulse(everyCell(kernel, 3), 1e-4);
  const before = kernel.stateOf('f')[0]!;
  kernel.rest(STEP_SECONDS);
  return kernel.stateOf('f')[0]! / before;
}

describe('energy of a game', () => {
  const hold = holdEnergy(0.6, GAME_SECONDS);
  const write = writeEnergy() * SYNAPSES;

  test('the layer has 169984 synapses', () => {
    expect(SYNAPSES).toBe(169_984);
  });

  test('an idle synapse takes 4.3 nW at 0.6 V', () => {
    expect(Math.abs(holdEnergy(0.6, 1) / SYNAPSES / 4.3e-9 - 1)).toBeLessThan(0.02);
  });

  test('holding all synapses for a game takes 35.6 mJ', () => {
    expect(Math.abs(hold / 35.6e-3 - 1)).toBeLessThan(0.02);
  });

  test('the pulses take 0.4 mJ, as they are calibrated to', () => {
    expect(Math.abs(write / 0.4e-3 - 1)).toBeLessThan(0.1);
  });

  test('together 36.0 mJ: 96 and 966 times less than a GPU at its best and as it is used', () => {
    expect(Math.abs((hold + write) / 36e-3 - 1)).toBeLessThan(0.02);
    expect(Math.abs(GPU_OPTIMAL / (hold + write) / 96.2 - 1)).toBeLessThan(0.02);
    expect(Math.abs(GPU_STANDARD / (hold + write) / 966 - 1)).toBeLessThan(0.02);
  });
});

describe('the short-term part', () => {
  test('keeps 0.08 to 0.92 of itself in a step, by a sigmoid of the bias', () => {
    const biases = Array.from({ length: 13 }, (_, index) => -0.6 + index / 10);
    const kept = biases.map(keptAt);
    expect(Math.abs(kept[0]! - 0.08)).toBeLessThan(0.02);
    expect(Math.abs(kept.at(-1)! - 0.92)).toBeLessThan(0.02);
    const steps = kept.slice(1).map((value, index) => value - kept[index]!);
    for (const step of steps) expect(step).toBeGreaterThan(0);
    // Steepest in the middle, and the same on both sides of it
    expect(Math.max(...steps)).toBe(Math.max(steps[5]!, steps[6]!));
    kept.forEach((value, index) => {
      expect(value + kept[12 - index]!).toBeCloseTo(1, 6);
    });
  });

  test('decays exponentially while the long-term part stays', () => {
    const kernel = tileOf(device);
    kernel.modulate('bias', 0);
    kernel.stateOf('w').fill(20e-9);
    kernel.pulse(everyCell(kernel, 3), 1e-4);
    const start = kernel.stateOf('f')[0]!;
    for (let step = 1; step <= 8; step++) {
      kernel.rest(STEP_SECONDS);
      // Half of it in every step at this bias
      expect(kernel.stateOf('f')[0]! / (start * 0.5 ** step)).toBeCloseTo(1, 6);
    }
    expect(kernel.stateOf('w')[0]! / 20e-9).toBeCloseTo(1, 9);
  });
});

test('pulses up to 3.5 V for 100 us move the long-term part by 1 % at most', () => {
  const kernel: TileKernel = tileOf(device, { without: [], seed: 2 });
  kernel.stateOf('w').fill(20e-9);
  for (const volts of [2, 2.5, 3, 3.5]) {
    for (let pulse = 0; pulse < 100; pulse++) kernel.pulse(everyCell(kernel, volts), 1e-4);
  }
  expect(Math.abs(kernel.stateOf('w')[0]! / 20e-9 - 1)).toBeLessThanOrEqual(0.01);
});

test('100 pulses of 4 V and 500 us take the long-term part from its low to its high end', () => {
  const kernel = tileOf(device);
  for (let pulse = 0; pulse < 100; pulse++) kernel.pulse(everyCell(kernel, 4), 5e-4);
  expect(kernel.stateOf('w')[0]! / 40e-9).toBeGreaterThan(0.985);
});
