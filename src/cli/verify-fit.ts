/** `ionloom fit --verify`: whether a fitted device still foretells the readings as well as when it was fitted. */
import { deviceResiduals } from '../devices/fit/device-residuals.js';
import { formatQuantity } from '../units/format-quantity.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { CommandContext, CommandResult } from './command.js';
import { devicesInFile } from './compile-device.js';
import { hashTable, parseRecord, placesBeside, type FitRecord } from './fit-record.js';
import { readMeasurement } from './read-measurement.js';

/** Rounding that a change of processor or of digits may make, as a fraction. */
const ALLOWANCE = 1e-6;

/** Bytes of a record, at most. */
const MAX_RECORD_BYTES = 2 ** 16;

/** Compares the device in `ionFile` with the readings of `table`; undefined after reporting. */
export function verifyFit(table: string, ionFile: string, context: CommandContext): CommandResult | undefined {
  const { diagnostics } = context;
  const record = readRecord(placesBeside(ionFile).record, context);
  const file = record && readMeasurement(table, context);
  const devices = file && devicesInFile(ionFile, context.host, diagnostics);
  if (!record || !file || !devices) return undefined;
  const device = devices.find(({ name }) => name === record.device);
  const residuals = device && deviceResiduals(device, file.measurement);
  if (!residuals) {
    const reason = device ? 'it has no window, or more than one state' : 'there is no such device';
    diagnostics.report(CLI_CATALOGUE, 'fit-device', { file: ionFile, name: record.device, reason });
    return undefined;
  }
  const isSameTable = hashTable(file.bytes) === record.sha256;
  // Written so that NaN fails
  const passed = residuals.rms <= record.rms_S * (1 + ALLOWANCE);
  if (!passed) {
    const params = { found: residuals.rms, allowed: record.rms_S, isSameTable };
    diagnostics.report(CLI_CATALOGUE, 'fit-worse', params, { span: device.origin });
  }
  const fields = {
    device: record.device,
    sameTable: isSameTable,
    residuals: { rms_S: residuals.rms, max_S: residuals.max },
    recorded: { rms_S: record.rms_S, max_S: record.max_S },
  };
  const figures = `residual ${formatQuantity(residuals.rms, 'S')} rms, recorded ${formatQuantity(record.rms_S, 'S')}`;
  const remark = isSameTable ? '' : ' (another table than the one of the fit)';
  return { fields, text: passed ? `${record.device} holds: ${figures}${remark}` : '', passed };
}

function readRecord(file: string, { host, diagnostics }: CommandContext): FitRecord | undefined {
  const bytes = host.readBytes(file, MAX_RECORD_BYTES);
  if (!(bytes instanceof Uint8Array)) {
    diagnostics.report(CLI_CATALOGUE, 'unreadable-file', { file, reason: bytes.text });
    return undefined;
  }
  const record = parseRecord(new TextDecoder().decode(bytes));
  if (typeof record !== 'string') return record;
  diagnostics.report(CLI_CATALOGUE, 'fit-record', { file, reason: record });
  return undefined;
}
