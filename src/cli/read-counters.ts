/** Counters that a host has read from a controller: a JSON object of registers, every fault of it told. */
import type { CounterValues } from '../backends/energy/counted-activity.js';
import { nearestName } from '../core/nearest.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { CommandContext } from './command.js';

/** Bits of the counters that the register map has, and whether an estimate can do without. */
const COUNTERS: Readonly<Record<string, { readonly bits: number; readonly isOptional?: true }>> = {
  time_lo: { bits: 32 },
  time_hi: { bits: 16 },
  pulses: { bits: 32 },
  adc_conv: { bits: 32 },
  underrun: { bits: 32, isOptional: true },
  ev_in: { bits: 32, isOptional: true },
  ev_out: { bits: 32, isOptional: true },
  ev_drop: { bits: 16, isOptional: true },
};

/** Bytes of a file of counters, at most. */
const MAX_BYTES = 2 ** 16;

/** The counters in `file`; undefined after reporting. */
export function readCounters(file: string, context: CommandContext): CounterValues | undefined {
  const values = readObject(file, context);
  if (!values) return undefined;
  const isSound = Object.keys(values)
    .map((register) => checkCounter(register, values[register], context))
    .every(Boolean);
  const missing = Object.entries(COUNTERS).filter(
    ([name, { isOptional }]) => !isOptional && !Object.hasOwn(values, name),
  );
  for (const [register] of missing) context.diagnostics.report(CLI_CATALOGUE, 'counters-missing', { register });
  if (!isSound || missing.length > 0) return undefined;
  const valueOf = (name: string): number => Number(values[name] ?? 0);
  return {
    clocks: valueOf('time_hi') * 2 ** 32 + valueOf('time_lo'),
    pulses: valueOf('pulses'),
    adc_conv: valueOf('adc_conv'),
    ev_in: valueOf('ev_in'),
    ev_out: valueOf('ev_out'),
  };
}

function readObject(
  file: string,
  { host, diagnostics }: CommandContext,
): Readonly<Record<string, unknown>> | undefined {
  const bytes = host.readBytes(file, MAX_BYTES);
  if (!(bytes instanceof Uint8Array)) {
    diagnostics.report(CLI_CATALOGUE, 'unreadable-file', { file, reason: bytes.text });
    return undefined;
  }
  const malformed = (reason: string): undefined => {
    diagnostics.report(CLI_CATALOGUE, 'counters-malformed', { file, reason });
  };
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return malformed('it is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return malformed('it is not an object');
  return { ...value };
}

/** Whether `value` can stand in the register; one that has stopped at its end is told and taken. */
function checkCounter(register: string, value: unknown, { diagnostics }: CommandContext): boolean {
  const known = Object.keys(COUNTERS);
  const counter = Object.hasOwn(COUNTERS, register) ? COUNTERS[register] : undefined;
  if (!counter) {
    const nearest = nearestName(register, known);
    diagnostics.report(CLI_CATALOGUE, 'counters-unknown', { register, known, nearest });
    return false;
  }
  const max = 2 ** counter.bits - 1;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > max) {
    const found = JSON.stringify(value)?.slice(0, 40) ?? 'nothing';
    diagnostics.report(CLI_CATALOGUE, 'counters-value', { register, found, max });
    return false;
  }
  // The clock is no counter of events: its lower half runs through all values
  if (value === max && !register.startsWith('time')) {
    diagnostics.report(CLI_CATALOGUE, 'counters-saturated', { register, max });
  }
  return true;
}
