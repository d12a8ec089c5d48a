/** From a table to a device on disk: fit, write the text, compile it, compare it with the table. */
import path from 'node:path';
import { DiagnosticBag } from '../core/diagnostic.js';
import type { FileHost } from '../core/file-host.js';
import { invariant } from '../core/invariant.js';
import { deviceResiduals } from '../devices/fit/device-residuals.js';
import { devicePulse, type DeviceNaming } from '../devices/fit/device-pulse.js';
import { fittedDeviceText } from '../devices/fit/device-text.js';
import { fitMeasurement, type MeasurementFit } from '../devices/fit/fit-measurement.js';
import { traceFit } from '../devices/fit/fit-trace.js';
import { lawResiduals } from '../devices/fit/law-residuals.js';
import { countTransitions, type Measurement } from '../devices/fit/measurement.js';
import { formatSource } from '../dsl/format.js';
import { renderFit } from '../report/render-fit.js';
import { formatQuantity } from '../units/format-quantity.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { CommandContext, CommandResult } from './command.js';
import { devicesInFile, withText } from './compile-device.js';
import { fitFields, fitText } from './fit-document.js';
import { pulseFields, pulseText } from './fit-pulse-text.js';
import { hashTable, placesBeside, recordText, type FitRecord } from './fit-record.js';
import { partProgress, ProgressMeter } from './progress-meter.js';
import { readMeasurement, reportFitFault, type MeasurementFile } from './read-measurement.js';
import type { Terminal } from './terminal.js';
import { writeFiles } from './write-output.js';

/** What is wanted of a fit. */
export interface FitRequest {
  readonly table: string;
  readonly output: string;
  readonly naming: DeviceNaming;
  /** Laws to try; all that suit where there are none. */
  readonly models: readonly string[];
  /** Ends the command as wrong usage. */
  readonly refuse: (reason: string) => never;
}

/** Score of the runs beyond which residuals are told not to be chance. */
const STRUCTURED = 4;

/** What the digits of a device may add to the residual of its law, as a fraction of residual and steps. */
const ALLOWANCE = 1e-2;

/** Fits and writes; undefined after reporting why there is no device. */
export async function makeDevice(request: FitRequest, context: CommandContext): Promise<CommandResult | undefined> {
  const { table, output, naming, models, refuse } = request;
  const { diagnostics, terminal, host } = context;
  if (Object.values(placesOf(output)).some((place) => isSameFile(place, table, host))) {
    refuse(`the fit of '${table}' would be written over it; choose another place with '-o'`);
  }
  if (!isName(naming.name)) {
    diagnostics.report(CLI_CATALOGUE, 'fit-name', { name: naming.name });
    return undefined;
  }
  const file = readMeasurement(table, context);
  if (!file) return undefined;
  refuseSecondPulse(file.measurement, request);
  const fit = watchedFit(file.measurement, models, terminal);
  if (fit.kind !== 'fit') {
    reportFitFault(fit, table, diagnostics);
    return undefined;
  }
  const { law, residuals } = fit.best;
  if (Math.abs(residuals.runsScore) > STRUCTURED) {
    diagnostics.report(CLI_CATALOGUE, 'fit-structured', { model: law.name, score: residuals.runsScore });
  }
  return writeFit(fit, file, request, context);
}

function watchedFit(measurement: Measurement, models: readonly string[], terminal: Terminal) {
  const name = `fitting ${countTransitions(measurement)} points`;
  terminal.progress(`${name} ...`);
  const meter = new ProgressMeter(terminal, { unit: 'laws' });
  const fit = fitMeasurement(measurement, models, (done, total) => {
    meter.show(partProgress(name, done, total));
  });
  meter.end();
  return fit;
}

function placesOf(output: string) {
  return { device: output, ...placesBeside(output) };
}

/** Whether both names lead to one file, by links or not. */
function isSameFile(left: string, right: string, host: FileHost): boolean {
  const [one, other] = [left, right].map((name) => {
    const place = host.realPath(name);
    return typeof place === 'string' ? place : path.resolve(name);
  });
  return one === other;
}

/** Fitted steps belong to the pulses of the table; another pulse in the device would scale all of them. */
function refuseSecondPulse({ reference }: Measurement, { table, naming: { pulse }, refuse }: FitRequest): void {
  if (pulse.volts !== undefined && reference.volts !== undefined) {
    refuse(`'--amplitude' does not suit '${table}', which has voltages of its own`);
  }
  if (pulse.seconds !== undefined && reference.seconds !== undefined) {
    refuse(`'--width' does not suit '${table}', which has widths of its own`);
  }
}

async function writeFit(
  fit: MeasurementFit,
  file: MeasurementFile,
  { output, naming }: FitRequest,
  context: CommandContext,
): Promise<CommandResult | undefined> {
  const text = formatText(fittedDeviceText(fit, naming));
  const record = recordOf(text, { fit, file, naming }, context);
  const { plot, record: recordPlace } = placesOf(output);
  // The device first: where it may not be written, nothing is
  const files = [
    { path: output, text },
    { path: plot, text: await plotText(fit, naming) },
    { path: recordPlace, text: recordText(record) },
  ];
  if (!(await writeFiles(files, context.diagnostics))) return undefined;
  const header = `fitted ${naming.table}: ${record.points} points, ${fit.gains.devices === 1 ? '1 device' : `${fit.gains.devices} devices`}`;
  const pulse = devicePulse(fit.measurement, naming);
  return {
    fields: { output, plot, record: recordPlace, device: naming.name, ...pulseFields(pulse), ...fitFields(fit) },
    text: `${header}\n${fitText(fit, context.terminal.colors)}\n\n${pulseText(pulse)}wrote ${output}, ${plot} and ${recordPlace}`,
    passed: true,
  };
}

function formatText(text: string): string {
  const diagnostics = new DiagnosticBag();
  const formatted = formatSource('fit.ion', text, diagnostics);
  invariant(formatted !== undefined, `a fitted device is well formed: ${diagnostics.all[0]?.message ?? ''}`);
  return formatted;
}

/** Compiles what is about to be written and measures how far it is from the data. */
function recordOf(
  text: string,
  {
    fit,
    file,
    naming,
  }: { readonly fit: MeasurementFit; readonly file: MeasurementFile; readonly naming: DeviceNaming },
  { host }: CommandContext,
): FitRecord {
  const diagnostics = new DiagnosticBag();
  const [device] = devicesInFile('fit.ion', withText(host, 'fit.ion', text), diagnostics) ?? [];
  invariant(device && diagnostics.all.length === 0, `a fitted device is sound: ${diagnostics.all[0]?.message ?? ''}`);
  const residuals = deviceResiduals(device, file.measurement);
  invariant(residuals && Number.isFinite(residuals.rms), 'a fitted device foretells finite readings');
  const expected = lawResiduals(fit);
  const allowance = ALLOWANCE * (expected.rms + expected.change);
  invariant(Math.abs(residuals.rms - expected.rms) <= allowance, 'a fitted device is as far from its data as its law');
  return {
    generator: 'ionloom fit',
    device: device.name,
    model: fit.best.law.name,
    table: naming.table,
    sha256: hashTable(file.bytes),
    points: countTransitions(file.measurement),
    rms_S: residuals.rms,
    max_S: residuals.max,
  };
}

function plotText(fit: MeasurementFit, { name, table }: DeviceNaming): Promise<string> {
  const { measurement, best } = fit;
  const residual = formatQuantity(best.residuals.rms * (measurement.high - measurement.low), 'S');
  return renderFit({
    title: `${name}, fitted to ${table}`,
    note: `law ${best.law.name} (${best.law.summary}), ${countTransitions(measurement)} points, residual ${residual} rms`,
    ...traceFit(fit),
  });
}

/** Reserved words of the language are no names, nor is what does not begin with a letter. */
function isName(name: string): boolean {
  const probe = formatSource('name.ion', `param ${name} = 1`, new DiagnosticBag());
  return /^[A-Za-z]\w*$/.test(name) && probe !== undefined;
}
