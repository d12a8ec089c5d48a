/** From a CSV file to a measurement, with every fault told at its place. */
import type { DiagnosticBag } from '../core/diagnostic.js';
import type { Span } from '../core/span.js';
import { readPulseTable, type PlacedFault, type TablePlace } from '../data/pulse-table.js';
import type { Measurement } from '../devices/fit/measurement.js';
import type { FitFault } from '../devices/fit/fit-measurement.js';
import { unreachable } from '../core/invariant.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { CommandContext } from './command.js';

/** Bytes of a table, at most. */
const MAX_TABLE_BYTES = 8 * 2 ** 20;

/** A measurement with the bytes that it was read from. */
export interface MeasurementFile {
  readonly measurement: Measurement;
  readonly bytes: Uint8Array;
}

/** The measurement in `file`; undefined after reporting. */
export function readMeasurement(file: string, { host, diagnostics }: CommandContext): MeasurementFile | undefined {
  const bytes = host.readBytes(file, MAX_TABLE_BYTES);
  if (!(bytes instanceof Uint8Array)) {
    diagnostics.report(CLI_CATALOGUE, 'unreadable-file', { file, reason: bytes.text });
    return undefined;
  }
  const table = readPulseTable(bytes);
  const faults = table.kind === 'faults' ? table.faults : table.remarks;
  for (const fault of faults) reportFault(fault, file, diagnostics);
  return table.kind === 'faults' ? undefined : { measurement: table.measurement, bytes };
}

function reportFault({ fault, place }: PlacedFault, file: string, diagnostics: DiagnosticBag): void {
  const at = place ? { span: spanOf(place, file) } : {};
  switch (fault.kind) {
    case 'malformed':
      diagnostics.report(CLI_CATALOGUE, 'table-malformed', { ...fault, file }, at);
      return;
    case 'missing-column':
      diagnostics.report(CLI_CATALOGUE, 'table-column-missing', fault, at);
      return;
    case 'repeated':
      diagnostics.report(CLI_CATALOGUE, 'table-column-repeated', fault, at);
      return;
    case 'ignored':
      diagnostics.report(CLI_CATALOGUE, 'table-column-ignored', fault, at);
      return;
    case 'missing-unit':
    case 'wrong-unit':
      diagnostics.report(CLI_CATALOGUE, 'table-unit', { ...fault, isMissing: fault.kind === 'missing-unit' }, at);
      return;
    case 'value':
      diagnostics.report(CLI_CATALOGUE, 'table-value', fault, at);
      return;
    case 'order':
      diagnostics.report(CLI_CATALOGUE, 'table-order', fault, at);
      return;
    default:
      unreachable(fault);
  }
}

/** Reports why the readings of `file` cannot be fitted. */
export function reportFitFault(fault: FitFault, file: string, diagnostics: DiagnosticBag): void {
  const start = { offset: 0, line: 1, column: 1 };
  const at = { span: { file, start, end: start } };
  switch (fault.kind) {
    case 'too-few':
      diagnostics.report(CLI_CATALOGUE, 'fit-too-few', { ...fault, direction: wordOf(fault.direction) }, at);
      return;
    case 'constant':
      diagnostics.report(CLI_CATALOGUE, 'fit-constant', fault, at);
      return;
    case 'polarity':
      diagnostics.report(CLI_CATALOGUE, 'fit-polarity', { direction: wordOf(fault.direction), step: fault.step }, at);
      return;
    case 'single':
      diagnostics.report(CLI_CATALOGUE, 'fit-single', fault, at);
      return;
    case 'wrong-table':
      diagnostics.report(CLI_CATALOGUE, 'fit-model', { model: fault.law, known: fault.known }, at);
      return;
    case 'undetermined':
      diagnostics.report(CLI_CATALOGUE, 'fit-undetermined', { models: fault.laws }, at);
      return;
    default:
      unreachable(fault);
  }
}

function wordOf(direction: 1 | -1): 'up' | 'down' {
  return direction > 0 ? 'up' : 'down';
}

function spanOf({ offset, line, column, length }: TablePlace, file: string): Span {
  return {
    file,
    start: { offset, line, column },
    end: { offset: offset + length, line, column: column + length },
  };
}
