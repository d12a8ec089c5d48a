/** Laws for pulses of different amplitudes and widths: hopping over a barrier that the field tilts. */
import { fittedParameter, type LawValues, type StepFunction, type StepLaw } from './step-law.js';

/** sinh(V / V0) relative to that of the reference pulse; it does not overflow where V0 is small. */
function fieldFactor(volts: number, referenceVolts: number, fieldVolts: number): number {
  const [u, reference] = [volts / fieldVolts, referenceVolts / fieldVolts];
  return (Math.exp(u - reference) * Math.expm1(-2 * u)) / Math.expm1(-2 * reference);
}

/** The device has sinh itself, which overflows beyond about 710. */
const MOST_TILT = 700;

function bindField(values: Float64Array, referenceVolts: number, exponent: number): StepFunction {
  const [up = NaN, down = NaN, fieldVolts = NaN] = values;
  if (!(fieldVolts > 0 && referenceVolts / fieldVolts < MOST_TILT)) return () => NaN;
  return (_x, { direction, volts, width }) =>
    volts / fieldVolts < MOST_TILT
      ? (direction > 0 ? up : -down) * fieldFactor(volts, referenceVolts, fieldVolts) * width ** exponent
      : NaN;
}

const describeField = (fitted: LawValues) => [
  fittedParameter(fitted, 0, { name: 'stepUp', unit: 'S', scale: fitted.range }),
  fittedParameter(fitted, 1, { name: 'stepDown', unit: 'S', scale: fitted.range }),
  fittedParameter(fitted, 2, { name: 'fieldVoltage', unit: 'V', scale: 1 }),
];

/** A rate that depends on the voltage alone, so that the step grows with the width. */
export const FIELD: StepLaw = {
  name: 'field',
  summary: 'sinh(V / V0), proportional to the width',
  kind: 'field',
  noise: 'relative',
  start: ({ meanUp, meanDown, referenceVolts }) => [meanUp, meanDown, referenceVolts / 3],
  bind: (values, { referenceVolts }) => bindField(values, referenceVolts, 1),
  describe: describeField,
  equations: {
    kind: 'evolve',
    rate: '(v > 0 V ? stepUp : stepDown) / pulse.width * sinh(v / fieldVoltage) / sinh(pulse.voltage / fieldVoltage)',
  },
};

const counted = (step: string) =>
  `${step} * (duration / pulse.width) ^ widthExponent * sinh(abs(v) / fieldVoltage) / sinh(pulse.voltage / fieldVoltage)`;

/** The same with a power of the width. */
export const FIELD_POWER: StepLaw = {
  name: 'field-power',
  summary: 'sinh(V / V0) times a power of the width',
  kind: 'field',
  noise: 'relative',
  start: ({ meanUp, meanDown, referenceVolts }) => [meanUp, meanDown, referenceVolts / 3, 1],
  bind: (values, { referenceVolts }) => bindField(values, referenceVolts, values[3] ?? NaN),
  describe: (fitted) => [
    ...describeField(fitted),
    fittedParameter(fitted, 3, { name: 'widthExponent', unit: '1', scale: 1 }),
  ],
  equations: { kind: 'counted', up: counted('stepUp'), down: counted('stepDown') },
};
