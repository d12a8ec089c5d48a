/** From a table to a device on disk: fit, write the text, compile it, compare it with the table. */
import { DiagnosticBag } from '../core/diagnostic.js';
import { invariant } from '../core/invariant.js';
import { deviceResiduals } from '../devices/fit/device-residuals.js';
import { fittedDeviceText, type DeviceNaming } from '../devices/fit/device-text.js';
import { fitMeasurement, type MeasurementFit } from '../devices/fit/fit-measurement.js';
import { traceFit } from '../devices/fit/fit-trace.js';
import { countTransitions } from '../devices/fit/measurement.js';
import { formatSource } from '../dsl/format.js';
import { renderFitPlot } from '../report/fit-plot.js';
import { formatQuantity } from '../units/format-quantity.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { CommandContext, CommandResult } from './command.js';
import { devicesInFile, withText } from './compile-device.js';
import { fitFields, fitText } from './fit-document.js';
import { hashTable, placesBeside, recordText, type FitRecord } from './fit-record.js';
import { readMeasurement, reportFitFault, type MeasurementFile } from './read-measurement.js';
import { writeFiles } from './write-output.js';

/** What is wanted of a fit. */
export interface FitRequest {
  readonly table: string;
  readonly output: string;
  readonly naming: DeviceNaming;
  /** Laws to try; all that suit where there are none. */
  readonly models: readonly string[];
}

/** Score of the runs beyond which residuals are told not to be chance. */
const STRUCTURED = 4;

/** Fits and writes; undefined after reporting why there is no device. */
export async function makeDevice(request: FitRequest, context: CommandContext): Promise<CommandResult | undefined> {
  const { table, naming, models } = request;
  const { diagnostics, terminal } = context;
  if (!isName(naming.name)) {
    diagnostics.report(CLI_CATALOGUE, 'fit-name', { name: naming.name });
    return undefined;
  }
  const file = readMeasurement(table, context);
  if (!file) return undefined;
  terminal.progress(`fitting ${countTransitions(file.measurement)} points ...`);
  const fit = fitMeasurement(file.measurement, models);
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

async function writeFit(
  fit: MeasurementFit,
  file: MeasurementFile,
  { output, naming }: FitRequest,
  context: CommandContext,
): Promise<CommandResult | undefined> {
  const text = formatText(fittedDeviceText(fit, naming));
  const record = recordOf(text, { fit, file, naming }, context);
  const { plot, record: recordPlace } = placesBeside(output);
  // The device first: where it may not be written, nothing is
  const files = [
    { path: output, text },
    { path: plot, text: plotText(fit, naming) },
    { path: recordPlace, text: recordText(record) },
  ];
  if (!(await writeFiles(files, context.diagnostics))) return undefined;
  const header = `fitted ${naming.table}: ${record.points} points, ${fit.gains.devices === 1 ? '1 device' : `${fit.gains.devices} devices`}`;
  return {
    fields: { output, plot, record: recordPlace, device: naming.name, ...fitFields(fit) },
    text: `${header}\n${fitText(fit, context.terminal.colors)}\n\nwrote ${output}, ${plot} and ${recordPlace}`,
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

function plotText(fit: MeasurementFit, { name, table }: DeviceNaming): string {
  const { measurement, best } = fit;
  const residual = formatQuantity(best.residuals.rms * (measurement.high - measurement.low), 'S');
  return renderFitPlot({
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
