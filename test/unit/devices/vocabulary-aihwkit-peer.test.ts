/** The library's aihwkit devices against what aihwkit itself did: test/golden/vocabulary/record-aihwkit.py. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { DeviceModel } from '../../../src/devices/device-model.js';
import { REPOSITORY } from '../../support/golden.js';
import {
  parameterClause,
  parameterOf,
  vocabularyDevice,
  VocabularyCell,
  type Draws,
} from '../../support/vocabulary-cell.js';

/** What a file holds: settings of the class, draws by name, weights (pulses, devices). */
interface Recording {
  readonly settings: ReadonlyMap<string, readonly number[]>;
  readonly drawn: ReadonlyMap<string, readonly number[]>;
  readonly weights: readonly (readonly number[])[];
}

function readRecording(name: string): Recording {
  const text = readFileSync(`${REPOSITORY}test/golden/vocabulary/aihwkit/${name}.csv`, 'utf8');
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const select = (kind: string) =>
    rows.filter(([first]) => first === kind).map(([, key = '', ...values]) => [key, values.map(Number)] as const);
  return {
    settings: new Map(select('setting')),
    drawn: new Map(select('drawn')),
    weights: select('weight').map(([, values]) => values),
  };
}

/** Settings of all classes -> parameters. */
const PULSED = {
  dw_min: 'stepSize',
  up_down: 'upDown',
  w_max: 'upper',
  w_min: 'lower',
  dw_min_std: 'cycleNoise',
  dw_min_dtod: 'stepDtod',
  up_down_dtod: 'upDownDtod',
  w_max_dtod: 'upperDtod',
  w_min_dtod: 'lowerDtod',
};
const LINEAR = {
  ...PULSED,
  gamma_up: 'fadeUp',
  gamma_down: 'fadeDown',
  gamma_up_dtod: 'fadeUpDtod',
  gamma_down_dtod: 'fadeDownDtod',
  mean_bound_reference: 'meanBound',
};
const EXPONENTIAL = {
  ...PULSED,
  A_up: 'factorUp',
  A_down: 'factorDown',
  gamma_up: 'rateUp',
  gamma_down: 'rateDown',
  a: 'slope',
  b: 'shift',
};
const WRITE_NOISE = { write_noise_std: 'writeNoise' };

const SETTINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  constantStep: PULSED,
  linearStep: LINEAR,
  linearStepAdditive: LINEAR,
  softBounds: PULSED,
  softBoundsReference: {
    ...PULSED,
    slope_up_dtod: 'slopeUpDtod',
    slope_down_dtod: 'slopeDownDtod',
    reference_mean: 'referenceMean',
    reference_std: 'referenceDtod',
    subtract_symmetry_point: 'subtractSymmetry',
  },
  softBoundsPmax: { p_max: 'pulsesUp', alpha: 'curvature', range_min: 'rangeMin', range_max: 'rangeMax' },
  expStep: EXPONENTIAL,
  powStep: {
    ...PULSED,
    pow_gamma: 'exponent',
    pow_up_down: 'exponentUpDown',
    pow_gamma_dtod: 'exponentDtod',
    pow_up_down_dtod: 'exponentUpDownDtod',
  },
  piecewiseStep: PULSED,
  ecRam: LINEAR,
  ecRamMo: LINEAR,
  reRamEs: { ...EXPONENTIAL, ...WRITE_NOISE },
  reRamSb: { ...PULSED, ...WRITE_NOISE },
  capacitor: { ...LINEAR, lifetime: 'lifetime', lifetime_dtod: 'lifetimeDtod', reset: 'rest' },
  gokmenVlasov: PULSED,
  idealized: PULSED,
};

/** Presets are taken as they are, classes with the settings of the recording. */
const PRESETS = ['ecRam', 'ecRamMo', 'reRamEs', 'reRamSb', 'capacitor', 'gokmenVlasov', 'idealized'];

function deviceOf(name: string, { settings }: Recording): DeviceModel {
  if (PRESETS.includes(name)) return vocabularyDevice(name);
  const parameters = Object.entries(SETTINGS[name] ?? {}).map(([setting, parameter]) =>
    parameterClause(parameter, settings.get(setting)?.[0] ?? NaN),
  );
  const nodes = (['up', 'down'] as const).flatMap((direction) => {
    const values = settings.get(`piecewise_${direction}`);
    return values ? [`  let nodes${direction === 'up' ? 'Up' : 'Down'} = [${values.join(', ')}]`] : [];
  });
  return vocabularyDevice(name, [...parameters, ...nodes]);
}

/** The spreads of our device for which it is the recorded device at `index`. */
function drawsOf(name: string, device: DeviceModel, { drawn }: Recording, index: number): Draws {
  const of = (key: string): number => drawn.get(key)?.[index] ?? NaN;
  const parameter = (key: string): number => parameterOf(device, key);
  const [up, down] = [of('dwmin_up') / parameter('stepSize'), of('dwmin_down') / parameter('stepSize')];
  const draws: Record<string, number> = {
    ...gainsOf([up, down], parameter('upDown'), ['gain', 'imbalance']),
    upperFactor: of('max_bound') / parameter('upper'),
    lowerFactor: of('min_bound') / parameter('lower'),
  };
  if (drawn.has('slope_up')) {
    const isMean = parameter('meanBound') === 1;
    draws['slopeUp'] = (-of('slope_up') * (isMean ? parameter('upper') : of('max_bound'))) / of('dwmin_up');
    draws['slopeDown'] = (-of('slope_down') * (isMean ? parameter('lower') : of('min_bound'))) / of('dwmin_down');
  }
  if (name === 'softBoundsReference') draws['offset'] = of('reference');
  if (name === 'powStep') {
    const exponents = [of('gamma_up'), of('gamma_down')].map((exponent) => exponent / parameter('exponent'));
    const [first = NaN, second = NaN] = exponents;
    Object.assign(draws, gainsOf([first, second], parameter('exponentUpDown'), ['exponentGain', 'exponentImbalance']));
  }
  return draws;
}

/** The common and the opposite part of a draw up and a draw down: gain + min(bias, 0) + r and gain - max(bias, 0) - r. */
function gainsOf(
  [up, down]: readonly [number, number],
  bias: number,
  [gain, imbalance]: readonly [string, string],
): Draws {
  const [plain, mirrored] = [up - Math.min(bias, 0), down + Math.max(bias, 0)];
  return { [gain]: (plain + mirrored) / 2, [imbalance]: (plain - mirrored) / 2 };
}

describe.each(Object.keys(SETTINGS))('%s', (name) => {
  const recording = readRecording(name);
  const device = deviceOf(name, recording);
  const devices = recording.weights[0]?.length ?? 0;

  test('has the settings of aihwkit', () => {
    for (const [setting, parameter] of Object.entries(SETTINGS[name] ?? {})) {
      expect(parameterOf(device, parameter), setting).toBeCloseTo(recording.settings.get(setting)?.[0] ?? NaN, 14);
    }
  });

  test('takes 200 steps up and 200 down like aihwkit, to the rounding of its floats', () => {
    expect([recording.weights.length, devices]).toEqual([400, 3]);
    for (let index = 0; index < devices; index++) {
      const draws = drawsOf(name, device, recording, index);
      const [whole, single] = [new VocabularyCell(device, draws), new VocabularyCell(device, draws)];
      const range = (recording.drawn.get('max_bound')?.[index] ?? 0) - (recording.drawn.get('min_bound')?.[index] ?? 0);
      recording.weights.forEach((weights, pulse) => {
        const [before = 0, after = NaN] = [recording.weights[pulse - 1]?.[index], weights[index]];
        const sign = pulse < 200 ? 1 : -1;
        single.place(before);
        single.pulse(sign);
        whole.pulse(sign);
        // One step rounds a few times to 2^-24; 400 of them add up
        expect(Math.abs(single.state() - after) / range, `step ${String(pulse)}`).toBeLessThan(1e-6);
        expect(Math.abs(whole.state() - after) / range, `pulse ${String(pulse)}`).toBeLessThan(2e-5);
      });
    }
  });
});
