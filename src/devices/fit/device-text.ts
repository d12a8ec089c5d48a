/** The text of a fitted device, in the language, with the origin of every number. */
import { formatQuantity } from '../../units/format-quantity.js';
import { devicePulse, type DeviceNaming } from './device-pulse.js';
import type { MeasurementFit } from './fit-measurement.js';
import { LEAST_DEVICES } from './fit-gains.js';
import { countTransitions, devicesOf } from './measurement.js';
import type { FittedParameter, LawEquations } from './step-law.js';

/** A file with the device; its layout is left to the formatter. */
export function fittedDeviceText(fit: MeasurementFit, naming: DeviceNaming): string {
  const { measurement, best } = fit;
  const { low, high } = measurement;
  const { table, name } = naming;
  const points = countTransitions(measurement);
  const origin = originOf(`fit of ${table}, ${points} points`, 'derived');
  const [lowest, highest] = [low, high].map((siemens) => quantity(siemens, 'S'));
  return [
    `// Fitted to ${table} by ionloom fit: law ${best.law.name}, ${best.law.summary};`,
    `// ${points} points, residual ${quantity(best.residuals.rms * (high - low), 'S', 3)} rms`,
    '',
    `device ${name} "Fitted to ${quoted(table)}" {`,
    ...figures(fit, naming),
    '',
    ...ends(fit, table),
    ...fittedParameters(fit).map((parameter) => parameterLine(parameter, `fit of ${table}, ${points} points`)),
    ...spreads(fit, { table, origin }),
    '',
    `state g : S in ${lowest ?? ''} .. ${highest ?? ''} = window.low`,
    ...motion(best.law.equations, best.law.noise),
    '',
    'current = (g + readNoise * noise) * v',
    `energy = v ^ 2 * (g + change.g / 2) * duration ${originOf('V^2 G t of an ohmic cell half-way through the pulse, not measured', 'estimate')}`,
    ...rating(fit, naming),
    '}',
    '',
  ].join('\n');
}

/** The parameters of the chosen law, in SI units. */
export function fittedParameters({ best, measurement, facts }: MeasurementFit): readonly FittedParameter[] {
  const { law, values, errors } = best;
  return law.describe({ values: [...values], errors, range: measurement.high - measurement.low, facts });
}

function figures({ measurement }: MeasurementFit, naming: DeviceNaming): readonly string[] {
  const { low, high } = measurement;
  const { table, pulse, readVolts } = naming;
  const { amplitude, width, read, assumed } = devicePulse(measurement, naming);
  const missing = assumed.filter((name) => name !== 'read');
  const pulseOrigin =
    missing.length > 0
      ? originOf(`${missing.join(' and ')} not in ${table}, assumed`, 'estimate')
      : originOf((pulse.volts ?? pulse.seconds) ? `given with ${table}` : table, 'measured');
  const readOrigin =
    readVolts === undefined
      ? originOf(`not in ${table}, assumed`, 'estimate')
      : originOf(`given with ${table}`, 'measured');
  return [
    `pulse ${quantity(amplitude, 'V')} for ${quantity(width, 's')} ${pulseOrigin}`,
    `read ${quantity(read, 'V')} ${readOrigin}`,
    `window measured = ${quantity(low, 'S')} .. ${quantity(high, 'S')} ${originOf(`readings of ${table}`, 'measured')}`,
    'default window measured',
  ];
}

function parameterLine({ name, unit, value, error }: FittedParameter, source: string): string {
  const text =
    error === undefined
      ? source.replace(/^fit of/, 'counted in')
      : `${source}, standard error ${quantity(error, unit, 2)}`;
  return `param ${name}${unit === '1' ? '' : ` : ${unit}`} = ${quantity(value, unit)} ${originOf(text, error === undefined ? 'measured' : 'derived')}`;
}

/** The measured range, where the equations refer to it. */
function ends({ best, measurement: { low, high } }: MeasurementFit, table: string): readonly string[] {
  if (best.law.equations.kind === 'evolve') return [];
  return [
    `param lowest : S = ${quantity(low, 'S')} ${originOf(`smallest reading of ${table}`, 'measured')}`,
    `param highest : S = ${quantity(high, 'S')} ${originOf(`largest reading of ${table}`, 'measured')}`,
  ];
}

/** Spreads between devices, pulses and readings. */
function spreads(
  { best, gains, measurement }: MeasurementFit,
  { table, origin }: { readonly table: string; readonly origin: string },
): readonly string[] {
  const range = measurement.high - measurement.low;
  const count = devicesOf(measurement).length;
  const gain =
    gains.kind === 'known'
      ? `normal(1, ${percent(gains.deviation)}) per device ${originOf(`${gains.devices} devices of ${table}`, 'derived')}`
      : `normal(1, 0 %) per device ${originOf(`unknown: ${table} has ${count === 1 ? '1 device' : `${count} devices`}, ${LEAST_DEVICES} are needed`, 'estimate')}`;
  const cycle =
    best.law.noise === 'relative'
      ? [`spread cycle ~ normal(0, ${percent(best.pulseDeviation)}) per pulse ${origin}`]
      : [
          `param stepNoise : S = ${quantity(best.pulseDeviation * range, 'S', 4)} ${origin}`,
          `spread cycle ~ normal(0, 1) per pulse ${origin}`,
        ];
  return [
    `param readNoise : S = ${quantity(best.readDeviation * range, 'S', 4)} ${origin}`,
    ...cycle,
    `spread gain ~ ${gain}`,
    `spread noise ~ normal(0, 1) per read ${origin}`,
  ];
}

function motion(equations: LawEquations, noise: 'additive' | 'relative'): readonly string[] {
  if (equations.kind === 'evolve') return [`evolve g = gain * (1 + cycle) * ${equations.rate}`];
  const handler = (sign: '+' | '-', step: string): string => {
    const change =
      noise === 'relative' ? `${sign} gain * (1 + cycle) * step` : `${sign} gain * step + stepNoise * cycle`;
    const condition = sign === '+' ? 'v > 0 V' : 'v < 0 V';
    return `on pulse when ${condition} {\nlet step = ${step}\ng = min(highest, max(lowest, g ${change}))\n}`;
  };
  return [handler('+', equations.up), handler('-', equations.down)];
}

/** What a device was measured with it survives; what lies above is not known. */
function rating({ measurement: { maxVolts } }: MeasurementFit, { table, pulse }: DeviceNaming): readonly string[] {
  const most = Math.max(maxVolts ?? 0, pulse.volts ?? 0);
  if (most === 0) return [];
  const source = maxVolts === undefined ? `amplitude given with ${table}` : `largest amplitude of ${table}`;
  return [`maximum voltage ${quantity(most, 'V')} ${originOf(source, 'estimate')}`];
}

function originOf(source: string, confidence: 'measured' | 'derived' | 'estimate'): string {
  return `source "${quoted(source)}" confidence ${confidence}`;
}

/** Text inside quotes of the language. */
function quoted(text: string): string {
  return text.replace(/["\\\n\r]/g, "'");
}

/** Digits of fitted numbers: many more than are known, so that rounding adds nothing. */
const DIGITS = 7;

/** A literal of the language; sizes beyond its prefixes are written with an exponent. */
function quantity(value: number, unit: string, digits = DIGITS): string {
  const size = Math.abs(value);
  if (size >= 1e14 || (size < 1e-17 && size > 0)) {
    return `${value.toExponential(digits - 1)}${unit === '1' ? '' : ` ${unit}`}`;
  }
  return formatQuantity(value, unit, digits)
    .replace('µ', 'u')
    .replace(/(\.\d*?)0+(?= |$)/, '$1')
    .replace(/\.(?= |$)/, '');
}

function percent(fraction: number): string {
  return `${quantity(fraction * 100, '1', 4)} %`;
}
