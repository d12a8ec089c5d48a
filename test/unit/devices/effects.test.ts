/** Each effect of the library's plain synapse against its closed form, and the kinetics of the interface-limited one. */
import { describe, expect, test } from 'vitest';
import type { DeviceModel } from '../../../src/devices/device-model.js';
import { initialValues, valueOf } from '../../../src/devices/interpret-device.js';
import type { TileKernel } from '../../../src/devices/kernel.js';
import { compileDevice } from '../../support/device-text.js';
import { everyCell, libraryDevice, statisticsOf, tileOf } from '../../support/library-tile.js';
import { withParameters } from '../../support/test-device.js';

const BOLTZMANN = 1.380649e-23;
const CHARGE = 1.602176634e-19;

const LOW = 1e-6;
const HIGH = 10e-6;
const STEP = 90e-9;
const WIDTH = 0.01;

function pulses(kernel: TileKernel, volts: number, count: number): void {
  for (let pulse = 0; pulse < count; pulse++) kernel.pulse(everyCell(kernel, volts), WIDTH);
}

/** Conductance as a read of one cell finds it [S]. */
function seen(kernel: TileKernel): number {
  return kernel.read(everyCell(kernel, 0.1))[0]! / 0.1;
}

describe('the plain synapse', () => {
  const device = libraryDevice('plainSynapse');

  test('is linear, up and down, and keeps what was written', () => {
    const kernel = tileOf(device);
    pulses(kernel, 1, 40);
    expect(kernel.conductance[0]! / (LOW + 40 * STEP)).toBeCloseTo(1, 9);
    pulses(kernel, -1, 15);
    kernel.rest(1e7);
    expect(kernel.conductance[0]! / (LOW + 25 * STEP)).toBeCloseTo(1, 9);
    expect(seen(kernel) / kernel.conductance[0]!).toBeCloseTo(1, 12);
  });

  test('does not leave its window', () => {
    const kernel = tileOf(device);
    pulses(kernel, -1, 3);
    expect(kernel.conductance[0]).toBe(LOW);
    pulses(kernel, 1, 120);
    expect(kernel.conductance[0]).toBe(HIGH);
  });
});

test('relaxation: 30 % of a step fade with 5 s', () => {
  const kernel = tileOf(libraryDevice('relaxingSynapse'));
  pulses(kernel, 1, 1);
  // While the pulse lasts, some of it has faded already
  const transient = 0.3 * STEP * (5 / WIDTH) * -Math.expm1(-WIDTH / 5);
  for (const [seconds, left] of [
    [0, 1],
    [5, Math.exp(-1)],
    [10, Math.exp(-3)],
  ] as const) {
    kernel.rest(seconds);
    expect((seen(kernel) - LOW - STEP) / STEP).toBeCloseTo((left * transient) / STEP, 6);
  }
});

test.each([300, 350, 400])('retention at %d K: towards the low end, with the time constant of Arrhenius', (kelvin) => {
  const kernel = tileOf(libraryDevice('forgettingSynapse'));
  pulses(kernel, 1, 50);
  const before = kernel.conductance[0]! - LOW;
  kernel.modulate('temperature', kelvin);
  kernel.rest(3000);
  const rate = 1e-5 * Math.exp(((0.8 * CHARGE) / BOLTZMANN) * (1 / 300 - 1 / kelvin));
  expect((kernel.conductance[0]! - LOW) / before).toBeCloseTo(Math.exp(-3000 * rate), 6);
});

test('drift: a power of the time since programming, which pulses below the programming voltage do not renew', () => {
  const kernel = tileOf(libraryDevice('driftingSynapse'));
  pulses(kernel, 1, 50);
  const programmed = seen(kernel);
  const law = (seconds: number): number => (Math.max(seconds, 20) / 20) ** -0.049;
  kernel.rest(20);
  expect(seen(kernel) / programmed).toBeCloseTo(1, 9);
  kernel.rest(980);
  expect(seen(kernel) / programmed).toBeCloseTo(law(1000), 6);
  const before = kernel.conductance[0]!;
  pulses(kernel, 0.5, 1);
  const disturbed = kernel.conductance[0]! - before;
  expect(disturbed / STEP).toBeCloseTo(Math.sinh(2) / Math.sinh(4), 6);
  expect(seen(kernel) / (programmed + disturbed)).toBeCloseTo(law(1000.01), 6);
  pulses(kernel, 1, 1);
  expect(seen(kernel) / kernel.conductance[0]!).toBeCloseTo(1, 9);
});

test('stuck cells: 1 % at either end of the window, whatever is written', () => {
  const kernel = tileOf(libraryDevice('faultySynapse'), { rows: 100, columns: 100, without: [], seed: 4 });
  const currents = new Float64Array(10_000);
  const slopes = new Float64Array(10_000);
  pulses(kernel, 1, 50);
  kernel.currentsAt(new Float64Array(10_000).fill(0.1), currents, slopes);
  const parts = [LOW, HIGH].map((end) => {
    const stuck = Array.from(currents.keys()).filter((index) => Math.abs(currents[index]! / 0.1 / end - 1) < 1e-9);
    for (const index of stuck) expect(kernel.conductance[index]! / LOW).toBeCloseTo(1, 9);
    return stuck.length / 10_000;
  });
  for (const part of parts) expect(Math.abs(part - 0.01)).toBeLessThan(4 * Math.sqrt(0.01 / 10_000));
});

test('read noise: 0.5 % of every read, 0.2 % of the window for every device', () => {
  const device = libraryDevice('noisySynapse');
  const white = tileOf(device, { without: ['gain', 'cycle', 'offset'], seed: 6 });
  pulses(white, 1, 50);
  const reads = statisticsOf(Array.from({ length: 4000 }, () => seen(white)));
  expect(Math.abs(reads.deviation / reads.mean / 0.005 - 1)).toBeLessThan(4 / Math.sqrt(8000));
  const offset = tileOf(device, { rows: 1, columns: 4000, without: ['gain', 'cycle', 'white'], seed: 6 });
  const first = offset.read(everyCell(offset, 0.1));
  const devices = statisticsOf(Array.from(first, (current) => (current / 0.1 - LOW) / (HIGH - LOW)));
  expect(Math.abs(devices.mean)).toBeLessThan((4 * 0.002) / Math.sqrt(4000));
  expect(Math.abs(devices.deviation / 0.002 - 1)).toBeLessThan(4 / Math.sqrt(8000));
  expect(offset.read(everyCell(offset, 0.1))).toEqual(first);
});

test('endurance: 20 % of the step and 10 % of the window are lost in the rated pulses', () => {
  const device = withParameters(libraryDevice('wearingSynapse'), { ratedPulses: 100 });
  const kernel = tileOf(device);
  for (let pair = 0; pair < 50; pair++) {
    pulses(kernel, 1, 1);
    pulses(kernel, -1, 1);
  }
  kernel.conductance.fill(5e-6);
  pulses(kernel, 1, 1);
  expect((kernel.conductance[0]! - 5e-6) / STEP).toBeCloseTo(0.8, 6);
  pulses(kernel, 1, 99);
  expect((kernel.conductance[0]! - LOW) / (HIGH - LOW)).toBeCloseTo(0.9 ** (200 / 100), 2);
});

test('diffusion: a random walk of 1 nS in a second, seen from the next pulse on', () => {
  const kernel = tileOf(libraryDevice('wanderingSynapse'), {
    rows: 100,
    columns: 100,
    without: ['gain', 'cycle'],
    seed: 8,
  });
  kernel.conductance.fill(5e-6);
  const expected = [25, 75].map((seconds) => {
    kernel.rest(seconds);
    // A voltage too small to move anything, but a pulse
    kernel.pulse(everyCell(kernel, 1e-6), 1e-9);
    return statisticsOf(kernel.conductance).deviation;
  });
  expect(Math.abs(expected[0]! / 5e-9 - 1)).toBeLessThan(4 / Math.sqrt(20_000));
  expect(Math.abs(expected[1]! / 10e-9 - 1)).toBeLessThan(4 / Math.sqrt(20_000));
});

test('effects add up in a device that extends the plain one', () => {
  const device = compileDevice(
    `import device plainSynapse from "std/effects"
     device cell extends plainSynapse {
       param transientShare = 0.5 source "test" confidence estimate
       param forgetting = 1 mHz   source "test" confidence estimate
     }`,
  );
  const kernel = tileOf(device);
  pulses(kernel, 1, 10);
  kernel.rest(100);
  // The transient part of 1 s is gone; a tenth of the rest is forgotten
  expect((seen(kernel) - LOW) / (10 * STEP)).toBeCloseTo(Math.exp(-0.1), 4);
});

describe('Butler-Volmer', () => {
  const base = libraryDevice('butlerVolmer');
  const pace = (device: DeviceModel, volts: number, kelvin = 300): number =>
    valueOf(
      device.states[0]!.rate!,
      new Map(initialValues(device, device.windows[0])).set('v', volts).set('temperature', kelvin),
    );
  const law = (volts: number, kelvin: number, alpha: number, share = 1): number => {
    const overpotential = (CHARGE * share * volts) / (BOLTZMANN * kelvin);
    const exchange = 1.9e-9 * Math.exp(((0.3 * CHARGE) / BOLTZMANN) * (1 / 300 - 1 / kelvin));
    return (exchange * (Math.exp(alpha * overpotential) - Math.exp(-(1 - alpha) * overpotential))) / 0.01;
  };

  test.each([0, 0.3, 0.5, 1])('has the current of the two reactions at a transfer coefficient of %d', (alpha) => {
    const device = withParameters(base, { transferCoefficient: alpha });
    for (const volts of [-0.4, -0.2, -0.01, 0.01, 0.2, 0.4]) {
      for (const kelvin of [260, 300, 350]) {
        expect(pace(device, volts, kelvin) / law(volts, kelvin, alpha)).toBeCloseTo(1, 12);
      }
    }
  });

  test('is a sinh of 51.7 mV with a symmetric barrier, and ohmic near equilibrium', () => {
    expect(pace(base, 0.2) / pace(base, 0.1)).toBeCloseTo(Math.sinh(0.2 / 0.0517) / Math.sinh(0.1 / 0.0517), 2);
    expect(pace(base, 2e-6) / pace(base, 1e-6)).toBeCloseTo(2, 6);
    expect(pace(base, 0)).toBe(0);
  });

  test('sees only the share of the voltage that falls across the interface', () => {
    const device = withParameters(base, { interfaceShare: 0.25, transferCoefficient: 0.4 });
    expect(pace(device, 0.4) / law(0.4, 300, 0.4, 0.25)).toBeCloseTo(1, 12);
  });

  test('moves by the published step in a nominal pulse', () => {
    expect((pace(base, 0.2) * WIDTH) / STEP).toBeCloseTo(1, 1);
    const kernel = tileOf(base);
    pulses(kernel, 0.2, 20);
    pulses(kernel, -0.2, 5);
    expect((kernel.conductance[0]! - LOW) / (15 * pace(base, 0.2) * WIDTH)).toBeCloseTo(1, 6);
  });
});
