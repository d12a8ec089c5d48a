/** The library's aihwkit devices against their published equations, written out here a second time, to 1e-12. */
import { describe, expect, test } from 'vitest';
import { parameterClause, vocabularyDevice, VocabularyCell, type Draws } from '../../support/vocabulary-cell.js';

/** A weight after one pulse, before the bounds: direction +1 or -1, noise the cycle variate times its strength. */
type Law = (w: number, direction: number, noise: number) => number;

interface Published {
  readonly device: string;
  /** Parameters of ours, as aihwkit's class would be set. */
  readonly settings: Readonly<Record<string, number>>;
  readonly clauses?: readonly string[];
  /** The law of a device with the common draws, and further ones by name. */
  readonly law: (common: Common, draws: Draws) => Law;
  readonly draws?: readonly Draws[];
  /** What the equations subtract from the bounds. */
  readonly offset?: (common: Common, draws: Draws) => number;
}

/** What every device draws at its construction. */
interface Common {
  readonly up: number;
  readonly down: number;
  readonly max: number;
  readonly min: number;
}

const STEP = 0.013;
const [W_MAX, W_MIN] = [0.7, -0.5];

/** Draws of four devices; the last two turn signs around. */
const COMMON_DRAWS: readonly Draws[] = [
  { gain: 1, imbalance: 0, upperFactor: 1, lowerFactor: 1 },
  { gain: 1.3, imbalance: -0.07, upperFactor: 0.8, lowerFactor: 1.25 },
  { gain: -0.4, imbalance: 0.1, upperFactor: 1.4, lowerFactor: 0.6 },
  { gain: 0.9, imbalance: 0.05, upperFactor: -0.3, lowerFactor: -1.5 },
];

function commonOf(
  { gain = NaN, imbalance = NaN, upperFactor = NaN, lowerFactor = NaN }: Draws,
  upDown: number,
): Common {
  const bounds = [W_MAX * upperFactor, W_MIN * lowerFactor];
  if (bounds[1]! > bounds[0]!) bounds.reverse();
  return {
    up: Math.abs(STEP * (gain + (upDown < 0 ? upDown : 0) + imbalance)),
    down: Math.abs(STEP * (gain - (upDown > 0 ? upDown : 0) - imbalance)),
    max: Math.abs(bounds[0]!),
    min: -Math.abs(bounds[1]!),
  };
}

const step = ({ up, down }: Common, direction: number): number => (direction > 0 ? up : -down);

/** aihwkit, ConstantStepDevice. */
const constant: Published = {
  device: 'constantStep',
  settings: { upDown: -0.15 },
  law: (common) => (w, direction, noise) => w + step(common, direction) * (1 + noise),
};

const LINEAR_DRAWS = [
  { slopeUp: 0.3, slopeDown: 0.55 },
  { slopeUp: 0.05, slopeDown: 1.2 },
];

/** aihwkit, LinearStepDevice, with the mean bound or that of the device. */
function linear(device: string, isMean: boolean, isMultiplicative: boolean): Published {
  return {
    device,
    settings: { upDown: 0.1, meanBound: isMean ? 1 : 0 },
    draws: LINEAR_DRAWS,
    law: (common, { slopeUp = NaN, slopeDown = NaN }) => {
      const left = (w: number, direction: number): number =>
        direction > 0
          ? 1 - (slopeUp * w) / (isMean ? W_MAX : common.max)
          : 1 - (slopeDown * w) / (isMean ? W_MIN : common.min);
      if (isMultiplicative)
        return (w, direction, noise) => w + step(common, direction) * left(w, direction) * (1 + noise);
      return (w, direction, noise) => w + step(common, direction) * (left(w, direction) + noise);
    },
  };
}

/** aihwkit, SoftBoundsDevice: a linear step with slope 1 to the bound of the device. */
const softBounds: Published = {
  device: 'softBounds',
  settings: { upDown: 0.1 },
  law: (common) => (w, direction, noise) =>
    w + step(common, direction) * (1 - w / (direction > 0 ? common.max : common.min)) * (1 + noise),
};

const softBoundsAdditive: Published = {
  ...softBounds,
  device: 'softBoundsAdditive',
  law: (common) => (w, direction, noise) =>
    w + step(common, direction) * (1 - w / (direction > 0 ? common.max : common.min) + noise),
};

const REFERENCE_DRAWS = [
  { slopeUp: 1, slopeDown: 1, offset: 0 },
  { slopeUp: 1.3, slopeDown: 0.8, offset: 0.12 },
];

/** aihwkit, SoftBoundsReferenceDevice. */
function reference(device: string, subtracts: boolean, isMultiplicative: boolean): Published {
  const boundsOf = (common: Common, { slopeUp = NaN, slopeDown = NaN }: Draws) => ({
    max: common.up / ((common.up / common.max) * slopeUp),
    min: -common.down / ((-common.down / common.min) * slopeDown),
  });
  const referenceOf = (common: Common, draws: Draws): number => {
    const { max, min } = boundsOf(common, draws);
    const symmetry = (common.up - common.down) / (common.up / max - common.down / min);
    return (draws['offset'] ?? NaN) + (subtracts ? symmetry : 0);
  };
  return {
    device,
    settings: { subtractSymmetry: subtracts ? 1 : 0, upDown: 0.2 },
    draws: REFERENCE_DRAWS,
    offset: referenceOf,
    law: (common, draws) => (w, direction, noise) => {
      const { max, min } = boundsOf(common, draws);
      const absolute = w + referenceOf(common, draws);
      const left = 1 - absolute / (direction > 0 ? max : min);
      const moved = absolute + step(common, direction) * (isMultiplicative ? left * (1 + noise) : left + noise);
      return Math.min(max, Math.max(min, moved)) - referenceOf(common, draws);
    },
  };
}

const [A_UP, A_DOWN, G_UP, G_DOWN, SLOPE, SHIFT] = [0.02, 0.4, 4, 5, 0.6, 0.2];

/** aihwkit, ExpStepDevice. */
const exponential: Published = {
  device: 'expStep',
  settings: { factorUp: A_UP, factorDown: A_DOWN, rateUp: G_UP, rateDown: G_DOWN, slope: SLOPE, shift: SHIFT },
  law: (common) => (w, direction, noise) => w + exponentialStep(common, w, direction) * (1 + noise),
};

function exponentialStep(common: Common, w: number, direction: number): number {
  const z = (2 * SLOPE * w) / (common.max - common.min) + SHIFT;
  const left = direction > 0 ? 1 - A_UP * Math.exp(G_UP * z) : 1 - A_DOWN * Math.exp(-G_DOWN * z);
  return step(common, direction) * Math.max(left, 0);
}

/** aihwkit, ExpStepDevice with complex noise. */
const complexNoise: Published = {
  ...exponential,
  device: 'expStepComplexNoise',
  settings: { ...exponential.settings, noiseFloor: 0.01, noiseSlope: 0.03 },
  law: (common) => (w, direction, noise) => {
    const change = exponentialStep(common, w, direction);
    return w + change + noise * (Math.abs(change) + 0.01 + 0.03 * Math.abs(w));
  },
};

/** aihwkit, PowStepDevice. */
const power: Published = {
  device: 'powStep',
  settings: { exponent: 1.7, exponentUpDown: 0.3 },
  draws: [
    { exponentGain: 1, exponentImbalance: 0 },
    { exponentGain: 0.7, exponentImbalance: -0.2 },
  ],
  law: (common, { exponentGain = NaN, exponentImbalance = NaN }) => {
    const exponentUp = Math.abs(1.7 * (exponentGain + exponentImbalance));
    const exponentDown = Math.abs(1.7 * (exponentGain - 0.3 - exponentImbalance));
    const range = common.max - common.min;
    return (w, direction, noise) => {
      const left =
        direction > 0 ? ((common.max - w) / range) ** exponentUp : ((w - common.min) / range) ** exponentDown;
      return w + step(common, direction) * left * (1 + noise);
    };
  },
};

const [UP, DOWN] = [
  [0.2, 1, 1.5, 0.7],
  [1.4, 0.5, 0.9, 0.3],
];

/** aihwkit, PiecewiseStepDevice. */
const piecewise: Published = {
  device: 'piecewiseStep',
  settings: {},
  clauses: [`  let nodesUp = [${UP.join(', ')}]`, `  let nodesDown = [${DOWN.join(', ')}]`],
  law: (common) => (w, direction, noise) => {
    const scaled = Math.max((w - common.min) / (common.max - common.min), 0) * 3;
    const index = Math.min(Math.floor(scaled), 2);
    const part = Math.min(scaled - index, 1);
    const nodes = direction > 0 ? UP : DOWN;
    return w + step(common, direction) * ((1 - part) * nodes[index]! + part * nodes[index + 1]!) * (1 + noise);
  },
};

const VOCABULARY: readonly (readonly [string, Published])[] = [
  ['constantStep', constant],
  ['linearStep', linear('linearStep', true, true)],
  ['linearStep with the bounds of each device', linear('linearStep', false, true)],
  ['linearStepAdditive', linear('linearStepAdditive', true, false)],
  ['softBounds', softBounds],
  ['softBoundsAdditive', softBoundsAdditive],
  ['softBoundsReference', reference('softBoundsReference', false, true)],
  ['softBoundsReference less the symmetry point', reference('softBoundsReference', true, true)],
  ['softBoundsReferenceAdditive', reference('softBoundsReferenceAdditive', true, false)],
  ['expStep', exponential],
  ['expStepComplexNoise', complexNoise],
  ['powStep', power],
  ['piecewiseStep', piecewise],
];

/** 150 up, 150 down, then threes of each. */
const DIRECTIONS = Array.from({ length: 500 }, (_, pulse) =>
  pulse < 150 ? 1 : pulse < 300 ? -1 : Math.floor(pulse / 3) % 2 === 0 ? 1 : -1,
);

const CYCLE_NOISE = 0.4;

describe.each(VOCABULARY)('%s', (_, { device: name, settings, clauses = [], law, draws = [{}], offset }) => {
  const parameters = { stepSize: STEP, upper: W_MAX, lower: W_MIN, cycleNoise: CYCLE_NOISE, ...settings };
  const device = vocabularyDevice(name, [
    ...Object.entries(parameters).map(([key, value]) => parameterClause(key, value)),
    ...clauses,
  ]);
  const cases = COMMON_DRAWS.flatMap((common) => draws.map((own) => ({ common, own })));

  test.each([
    ['without noise', () => 0],
    ['with given noise', (pulse: number) => Math.sin(pulse * pulse)],
  ])('follows its equations %s', (_, variate) => {
    for (const { common: commonDraws, own } of cases) {
      const common = commonOf(commonDraws, settings['upDown'] ?? 0);
      const published = law(common, own);
      const cell = new VocabularyCell(device, { ...commonDraws, ...own });
      let w = 0;
      DIRECTIONS.forEach((direction, pulse) => {
        const cycle = variate(pulse);
        const moved = published(w, direction, CYCLE_NOISE * cycle);
        w = offset ? moved : Math.min(common.max, Math.max(common.min, moved));
        cell.pulse(direction, { cycle });
        expect(Math.abs(cell.state() - w), `pulse ${String(pulse)}`).toBeLessThan(1e-12);
      });
    }
  });
});

describe('softBoundsPmax', () => {
  const [pulses, alpha, low, high] = [150, 0.02, -0.4, 0.8];
  const device = vocabularyDevice('softBoundsPmax', [
    parameterClause('pulsesUp', pulses),
    parameterClause('curvature', alpha),
    parameterClause('rangeMin', low),
    parameterClause('rangeMax', high),
  ]);
  const span = (high - low) / (1 - Math.exp(-pulses * alpha));

  test('takes the steps of the soft bounds that its curve implies', () => {
    const cell = new VocabularyCell(device);
    let w = 0;
    const stepDown = span * alpha * (1 - Math.max(0, 1 + (2 * low) / span));
    const stepUp = span * alpha * (1 + Math.min(0, 1 + (2 * low) / span));
    for (let pulse = 0; pulse < 300; pulse++) {
      w = pulse < 150 ? w + stepUp * (1 - w / (low + span)) : w - stepDown * (1 - w / low);
      w = Math.min(low + span, Math.max(low, w));
      cell.pulse(pulse < 150 ? 1 : -1);
      expect(Math.abs(cell.state() - w)).toBeLessThan(1e-12);
    }
  });

  test('climbs faster than the curve that it is given, as aihwkit does', () => {
    const cell = new VocabularyCell(device);
    cell.place(low);
    for (let pulse = 0; pulse < 75; pulse++) cell.pulse(1);
    const rate = (alpha * span) / (span + low);
    expect(cell.state()).toBeCloseTo(low + span * (1 - (1 - rate) ** 75), 12);
    expect(rate).toBeGreaterThan(1.4 * alpha);
  });
});

describe('presets with write noise', () => {
  test.each([
    ['reRamEs', 75 * 0.00135],
    ['reRamSb', 56 * 0.002],
  ])('%s shows the weight of the last touch with an error, and steps from the one without', (name, deviation) => {
    const device = vocabularyDevice(name);
    const [cell, silent] = [new VocabularyCell(device), new VocabularyCell(device)];
    [0.7, -1.3, 2.1, -0.2].forEach((touch, pulse) => {
      const direction = pulse < 2 ? 1 : -1;
      cell.pulse(direction, { touch });
      silent.pulse(direction);
      expect(cell.state()).toBe(silent.state());
      expect(cell.state('apparent')).toBeCloseTo(silent.state() + deviation * touch, 13);
      expect(cell.current(0.1)).toBeCloseTo((25e-6 + 10e-6 * cell.state('apparent')) * 0.1, 18);
    });
  });
});

test('capacitor leaks by 1 / lifetime of its weight in a mini-batch', () => {
  const device = vocabularyDevice('capacitor', [parameterClause('lifetime', 50), parameterClause('rest', 0.1)]);
  const rate = device.states[0]?.rate;
  const cell = new VocabularyCell(device, { lifetimeFactor: 0.8 });
  cell.place(0.6);
  // Constant rate per unit of distance: after the time of a batch, exp(rate) of the distance is left
  const perSecond = cell.valueOf(rate!) / (0.6 - 0.1);
  expect(Math.exp(perSecond * 1e-3)).toBeCloseTo(1 - 1 / 40, 13);
});

test('devices are read with their weight as a conductance', () => {
  const cell = new VocabularyCell(vocabularyDevice('constantStep'));
  cell.place(0.3);
  expect(cell.current(0.1)).toBeCloseTo((25e-6 + 0.3 * 10e-6) * 0.1, 18);
});
