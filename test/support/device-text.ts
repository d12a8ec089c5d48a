/** Devices as text for tests of the front end: the least that a device says, and what the test adds. */
import { expect } from 'vitest';
import type { DeviceModel } from '../../src/devices/device-model.js';
import { compileText } from './compile-text.js';

/** Said by every device that does not say it itself, by the words it begins with. */
const LEAST: Readonly<Record<string, string>> = {
  pulse: 'pulse 1 V for 1 ms source "test" confidence estimate',
  read: 'read 0.1 V source "test" confidence estimate',
  window: 'window all = 1 uS .. 2 uS source "test" confidence estimate',
  'state g': 'state g : S in 0.5 uS .. 4 uS = window.low',
  'evolve g': 'evolve g = 10 nS / pulse.width * v / pulse.voltage',
  current: 'current = g * v',
  energy: 'energy = 1 pJ source "test" confidence estimate',
};

/** Behind a number that needs an origin. */
export const ORIGIN = 'source "test" confidence estimate';

/**
 * A device called `cell` with the given clauses, one a line, and whatever else every device needs; clauses that begin
 * with a word of `without` are left to the given ones.
 */
export function deviceText(clauses: string, without: readonly (keyof typeof LEAST)[] = []): string {
  const given = clauses
    .trim()
    .split('\n')
    .map((line) => line.trim());
  const least = Object.entries(LEAST)
    .filter(([word]) => !without.includes(word) && !given.some((line) => line.startsWith(`${word} `)))
    .map(([, line]) => line);
  return `device cell {\n${[...least, ...given].map((line) => `  ${line}\n`).join('')}}\n`;
}

/** The model of the device called `name`; fails the test where anything is reported. */
export function compileDevice(text: string, name = 'cell'): DeviceModel {
  const { network, diagnostics } = compileText(text);
  expect(diagnostics).toEqual([]);
  const device = network?.devices.find((candidate) => candidate.name === name);
  if (!device) throw new Error(`no device ${name}`);
  return device;
}

/** A diagnostic of a test. */
export interface Report {
  readonly code: string;
  readonly message: string;
  /** The text that it marks. */
  readonly marked: string;
}

/** What is reported of `text`. */
export function reportsOf(text: string): readonly Report[] {
  return compileText(text).diagnostics.map(({ code, message, span }) => ({
    code,
    message,
    marked: span ? text.slice(span.start.offset, span.end.offset) : '',
  }));
}

/** The codes of what is reported of `text`. */
export function codesOf(text: string): readonly string[] {
  return compileText(text).codes;
}

/** What a report must say; what is not given may be anything. */
export function report(code: string, message?: string, marked?: string): Partial<Report> {
  return { code, ...(message !== undefined && { message }), ...(marked !== undefined && { marked }) };
}
