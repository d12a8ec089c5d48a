/**
 * What the proton synapse must do to be true to its paper: timing rules from superposed waveforms alone, on any time
 * scale and several in one array; repeatability; linearity; energy.
 */
import { describe, expect, test } from 'vitest';
import type { DeviceModel } from '../../../src/devices/device-model.js';
import { initialValues, valueOf } from '../../../src/devices/interpret-device.js';
import type { LineWaveform, TileKernel } from '../../../src/devices/kernel.js';
import { everyCell, libraryDevice, rootMeanSquare, statisticsOf, tileOf } from '../../support/library-tile.js';
import { nonlinearityLabel } from '../../support/nonlinearity.js';
import {
  changeAlone,
  codesBefore,
  codesBehind,
  PEAK_CHANGE,
  SAMPLE_OF_TIME_CONSTANT,
  TIMING_RULES,
  voltsOfCode,
  type TimingRule,
} from '../../support/spike-waveforms.js';

const milliseconds = libraryDevice('protonEis');
const nanoseconds = libraryDevice('protonEisNano');

/** Middle of the conductance range: room in both directions. */
const MIDDLE = 105e-9;

const MILLISECOND = 1e-3;
const NANOSECOND = 1e-9;

/** Delays from 0.12 to 3 time constants, in samples; the kink at 0 is smeared over the sampler. */
const DELAYS = [-75, -60, -48, -36, -27, -18, -12, -9, -6, -3, 3, 6, 9, 12, 18, 27, 36, 48, 60, 75];
const rules = Object.entries<TimingRule>(TIMING_RULES);

function parameterOf({ parameters }: DeviceModel, name: string): number {
  return parameters.find((parameter) => parameter.name === name)!.value;
}

/** Plays both sides' codes over a tile, one sample after the other for a time constant of `seconds`. */
function playCodes(
  kernel: TileKernel,
  device: DeviceModel,
  { rows, columns }: { readonly rows: readonly Int8Array[]; readonly columns: readonly (Int8Array | undefined)[] },
  seconds: number,
): void {
  const volts = voltsOfCode(parameterOf(device, 'fieldVoltage'));
  const waveform = (codes: Int8Array | undefined, line: number): readonly LineWaveform[] =>
    codes ? [{ line, samples: Float64Array.from(codes, (code) => code * volts) }] : [];
  kernel.play({
    rows: rows.flatMap(waveform),
    columns: columns.flatMap(waveform),
    sampleSeconds: SAMPLE_OF_TIME_CONSTANT * seconds,
    interpolation: 'hold',
  });
}

/** Changes of all pairs of spikes of an array with one rule a row, and what its neurons do alone. */
interface RuleArray {
  /** By row and delay, without what the neuron before the synapse does alone. */
  readonly pairs: readonly (readonly number[])[];
  readonly beforeAlone: readonly number[];
  readonly behindAlone: readonly number[];
}

/** One playback over an array: a row per rule and one that is silent, a column per delay and one that is silent. */
function runArray(device: DeviceModel, played: readonly TimingRule[], seconds: number): RuleArray {
  const width = DELAYS.length + 1;
  const kernel = tileOf(device, { rows: played.length + 1, columns: width });
  kernel.conductance.fill(MIDDLE);
  const columns = [...DELAYS.map(codesBehind), undefined];
  playCodes(kernel, device, { rows: played.map(codesBefore), columns }, seconds);
  const changes = Array.from({ length: played.length + 1 }, (_, row) =>
    Array.from(kernel.conductance.subarray(row * width, (row + 1) * width), (siemens) => siemens - MIDDLE),
  );
  const rows = changes.slice(0, -1);
  return {
    pairs: rows.map((row) => row.slice(0, -1).map((change) => change - row.at(-1)!)),
    beforeAlone: rows.map((row) => row.at(-1)!),
    behindAlone: changes.at(-1)!,
  };
}

/** Conductance of a rule's peak on `device` [S]. */
function peakOf(device: DeviceModel, seconds: number): number {
  const pace = parameterOf(device, 'stepAtPulse') / device.pulse.seconds;
  const drive = Math.sinh(device.pulse.volts / parameterOf(device, 'fieldVoltage'));
  return (pace / drive) * SAMPLE_OF_TIME_CONSTANT * seconds * PEAK_CHANGE;
}

function wantedOf(rule: TimingRule): readonly number[] {
  return DELAYS.map((delay) => rule(delay * SAMPLE_OF_TIME_CONSTANT));
}

function correlation(left: readonly number[], right: readonly number[]): number {
  const [l, r] = [statisticsOf(left), statisticsOf(right)];
  const products = left.map((value, index) => (value - l.mean) * (right[index]! - r.mean));
  return products.reduce((sum, product) => sum + product, 0) / ((left.length - 1) * l.deviation * r.deviation);
}

describe('four timing rules come from superposed 8-bit waveforms alone', () => {
  const peak = peakOf(milliseconds, MILLISECOND);
  const array = runArray(milliseconds, Object.values(TIMING_RULES), MILLISECOND);

  test.each(rules.map(([name, rule], row) => [name, rule, row] as const))(
    '%s: a correlation of 0.99 with the wanted kernel, off by a twentieth of the peak at most',
    (_, rule, row) => {
      const found = array.pairs[row]!.map((change) => change / peak);
      const wanted = wantedOf(rule);
      expect(correlation(found, wanted)).toBeGreaterThanOrEqual(0.99);
      expect(rootMeanSquare(found.map((change, index) => change - wanted[index]!))).toBeLessThanOrEqual(0.05);
    },
  );

  test('a spike alone changes nothing where the rule has no mean, and its integral where it has one', () => {
    const alone = (row: number): number => array.beforeAlone[row]! / peak;
    const one = changeAlone(1) / PEAK_CHANGE;
    expect(Math.abs(alone(0))).toBeLessThan(0.001);
    expect(Math.abs(alone(1))).toBeLessThan(0.001);
    expect(Math.abs(alone(2) / (2 * one) - 1)).toBeLessThan(0.03);
    expect(Math.abs(alone(3) / one - 1)).toBeLessThan(0.03);
    for (const change of array.behindAlone) expect(Math.abs(change / peak)).toBeLessThan(1e-6);
  });

  test('no cell ever sees more than the maximum voltage', () => {
    const codes = Object.values(TIMING_RULES).flatMap((rule) => Array.from(codesBefore(rule), Math.abs));
    const largest = Math.max(...codes) + Math.max(...codesBehind(0));
    for (const device of [milliseconds, nanoseconds]) {
      const rating = device.ratings.find(({ quantity }) => quantity === 'voltage')!;
      const volts = largest * voltsOfCode(parameterOf(device, 'fieldVoltage'));
      expect(volts).toBeLessThanOrEqual(rating.max * (1 + 1e-12));
    }
  });
});

test('the same codes, a million times faster, make the same window up to 1 %', () => {
  const played = [TIMING_RULES.hebbian];
  const slow = runArray(milliseconds, played, MILLISECOND).pairs[0]!;
  const slowPeak = peakOf(milliseconds, MILLISECOND);
  for (const device of [milliseconds, nanoseconds]) {
    const fast = runArray(device, played, NANOSECOND).pairs[0]!;
    const fastPeak = peakOf(device, NANOSECOND);
    fast.forEach((change, index) => {
      expect(Math.abs(change / fastPeak - slow[index]! / slowPeak)).toBeLessThan(0.01);
    });
  }
});

test('two rules in one array: each row follows its own to 5 % of the peak, as if it were alone', () => {
  const played = [TIMING_RULES.hebbian, TIMING_RULES.symmetric];
  const peak = peakOf(milliseconds, MILLISECOND);
  const both = runArray(milliseconds, played, MILLISECOND);
  played.forEach((rule, row) => {
    const wanted = wantedOf(rule);
    both.pairs[row]!.forEach((change, index) => {
      expect(Math.abs(change / peak - wanted[index]!)).toBeLessThanOrEqual(0.05);
    });
    expect(both.pairs[row]).toEqual(runArray(milliseconds, [rule], MILLISECOND).pairs[0]);
  });
});

test('100 trials of one delay vary as much as one pulse to the next, 1 %', () => {
  const kernel = tileOf(milliseconds, { without: ['gain'], seed: 5 });
  const codes = { rows: [codesBefore(TIMING_RULES.hebbian)], columns: [codesBehind(12)] };
  const changes = Array.from({ length: 100 }, () => {
    kernel.conductance.fill(MIDDLE);
    playCodes(kernel, milliseconds, codes, MILLISECOND);
    return kernel.conductance[0]! - MIDDLE;
  });
  const { mean, deviation } = statisticsOf(changes);
  expect(Math.abs(deviation / mean / 0.01 - 1)).toBeLessThan(0.2);
  expect(deviation / mean).toBeLessThan(0.02);
});

describe.each([
  ['millisecond', milliseconds],
  ['nanosecond', nanoseconds],
])('1000 pulses up and 1000 down in the %s regime', (_, device) => {
  const { volts, seconds } = device.pulse;
  const kernel = tileOf(device);
  const branch = (sign: number): readonly number[] => {
    const trace = [kernel.conductance[0]!];
    for (let pulse = 0; pulse < 1000; pulse++) {
      kernel.pulse(everyCell(kernel, sign * volts), seconds);
      trace.push(kernel.conductance[0]!);
    }
    return trace;
  };
  const [up, down] = [branch(1), branch(-1)];

  test('cover a range of 20 and end within 2 % of the start', () => {
    expect(up.at(-1)! / up[0]!).toBeCloseTo(20, 6);
    expect(Math.abs(down.at(-1)! / up[0]! - 1)).toBeLessThan(0.02);
  });

  test('have a nonlinearity of 0.3 at most', () => {
    expect(Math.abs(nonlinearityLabel(up))).toBeLessThanOrEqual(0.3);
    expect(Math.abs(nonlinearityLabel(down))).toBeLessThanOrEqual(0.3);
  });
});

test('an update of 5 ns takes 2.5 fJ, of which the ions take 15 aJ', () => {
  const kernel = tileOf(nanoseconds);
  kernel.pulse(everyCell(kernel, 10), 5e-9);
  expect(Math.abs(kernel.selectedEnergy / 2.5e-15 - 1)).toBeLessThan(0.05);
  const values = new Map(initialValues(nanoseconds, nanoseconds.windows[0])).set('v', 10).set('change.g', 0.19e-9);
  const ions = nanoseconds.energyTerms.find(({ name }) => name === 'ions')!;
  expect(valueOf(ions.value, values) / 15e-18).toBeCloseTo(1, 9);
});
