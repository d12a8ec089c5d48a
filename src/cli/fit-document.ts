/** A fit as scripts and as people read it. */
import { fittedParameters } from '../devices/fit/device-text.js';
import type { LawFit } from '../devices/fit/fit-law.js';
import type { MeasurementFit } from '../devices/fit/fit-measurement.js';
import { LEAST_DEVICES } from '../devices/fit/fit-gains.js';
import { countTransitions, devicesOf } from '../devices/fit/measurement.js';
import { curvatureOfSteps } from '../devices/fit/curvature-of-steps.js';
import { labelOfCurvature } from '../numerics/nonlinearity-label.js';
import { formatNumber, formatPercent, formatQuantity } from '../units/format-quantity.js';
import { renderTable } from './table.js';
import type { Colors } from './terminal.js';

/** Fields of the JSON document; conductances in siemens, spreads as the device has them. */
export function fitFields(fit: MeasurementFit): Readonly<Record<string, unknown>> {
  const { measurement, candidates, best, gains } = fit;
  const range = measurement.high - measurement.low;
  const labels = labelsOf(fit);
  return {
    kind: measurement.kind,
    points: countTransitions(measurement),
    devices: devicesOf(measurement).length,
    model: best.law.name,
    parameters: fittedParameters(fit).map(({ name, unit, value, error }) => ({
      name,
      value,
      unit,
      ...(error !== undefined && { standardError: error }),
    })),
    spreads: {
      ...(best.law.noise === 'relative'
        ? { cycle_relative: best.pulseDeviation }
        : { cycle_S: best.pulseDeviation * range }),
      read_S: best.readDeviation * range,
      ...(gains.kind === 'known' && { device_relative: gains.deviation }),
    },
    residuals: {
      rms_S: best.residuals.rms * range,
      max_S: best.residuals.max * range,
      lag1: best.residuals.lag1,
      runsScore: best.residuals.runsScore,
    },
    ...(labels && { nonlinearity: labels }),
    candidates: candidates.map(({ law, fit: found }) => ({
      model: law.name,
      ...(found && {
        parameters: found.values.length,
        rms_S: found.residuals.rms * range,
        aicc: found.aicc,
        bic: found.bic,
        runsScore: found.residuals.runsScore,
      }),
    })),
  };
}

/** The same for people: models, parameters, spreads. */
export function fitText(fit: MeasurementFit, colors: Colors): string {
  return [modelTable(fit, colors), '', parameterTable(fit, colors), '', spreadTable(fit, colors)].join('\n');
}

function modelTable({ candidates, best, measurement }: MeasurementFit, colors: Colors): string {
  const range = measurement.high - measurement.low;
  const header = ['model', 'parameters', 'residual', 'largest', 'AICc', 'BIC', 'runs', ''].map(colors.faint);
  const rows = candidates.map(({ law, fit }) => {
    const name = fit === best ? colors.strong(law.name) : law.name;
    return fit ? [name, ...figuresOf(fit, range, best), fit === best ? 'chosen' : ''] : [name, 'not determined'];
  });
  return renderTable([header, ...rows], ['left', 'right', 'right', 'right', 'right', 'right', 'right']);
}

function figuresOf({ values, residuals, aicc, bic }: LawFit, range: number, best: LawFit): readonly string[] {
  // Only differences of the criteria mean anything
  const relative = (value: number) => `${value > 0 ? '+' : ''}${value.toFixed(1)}`;
  return [
    String(values.length),
    formatQuantity(residuals.rms * range, 'S'),
    formatQuantity(residuals.max * range, 'S'),
    relative(aicc - best.aicc),
    relative(bic - best.bic),
    residuals.runsScore.toFixed(1),
  ];
}

function parameterTable(fit: MeasurementFit, colors: Colors): string {
  const header = ['parameter', 'value', 'standard error'].map(colors.faint);
  const rows = fittedParameters(fit).map(({ name, unit, value, error }) => [
    name,
    formatQuantity(value, unit, 4),
    error === undefined ? 'counted' : formatQuantity(error, unit, 2),
  ]);
  return renderTable([header, ...rows], ['left', 'right', 'right']);
}

function spreadTable(fit: MeasurementFit, colors: Colors): string {
  const { best, gains, measurement } = fit;
  const range = measurement.high - measurement.low;
  const cycle =
    best.law.noise === 'relative'
      ? `${formatPercent(best.pulseDeviation)} of the step`
      : formatQuantity(best.pulseDeviation * range, 'S');
  const device =
    gains.kind === 'known'
      ? `${formatPercent(gains.deviation)} of the step, ${gains.devices} devices`
      : `unknown, ${gains.devices} of at least ${LEAST_DEVICES} devices`;
  const labels = labelsOf(fit);
  const rows = [
    ['from pulse to pulse', cycle],
    ['from reading to reading', formatQuantity(best.readDeviation * range, 'S')],
    ['from device to device', device],
    ...(labels ? [['nonlinearity label', `up ${formatNumber(labels.up)}, down ${formatNumber(-labels.down)}`]] : []),
  ];
  return renderTable([['spread', ''].map(colors.faint), ...rows]);
}

/** NeuroSim's labels of both branches, positive where a train flattens; absent where the law has none. */
export function labelsOf(fit: MeasurementFit): { readonly up: number; readonly down: number } | undefined {
  const { law, values } = fit.best;
  const [first = NaN, second = NaN, third = NaN, fourth = NaN] = values;
  const curvatures =
    law.name === 'neurosim'
      ? [first, second]
      : law.name === 'soft-bounds'
        ? [curvatureOfSteps(first, second), curvatureOfSteps(third, fourth)]
        : [];
  const [up, down] = curvatures;
  if (up === undefined || down === undefined) return undefined;
  return { up: labelOfCurvature(up), down: labelOfCurvature(down) };
}
