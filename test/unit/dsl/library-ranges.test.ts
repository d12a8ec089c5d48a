/** Numbers of the library's devices that only make sense in one order. */
import { expect, test } from 'vitest';
import { compileText } from '../../support/compile-text.js';

const ORIGIN = 'source "test" confidence estimate';

function reportsOf(module: string, base: string, parameters: string): readonly string[] {
  const text = `import device ${base} from "std/${module}"\ndevice mine extends ${base} "test" {\n${parameters}\n}\n`;
  return compileText(text).diagnostics.map(({ code, message }) => `${code}: ${message}`);
}

test.each([
  ['neurosim', 'neurosimReal', 'gMin = 2 mS', '`gMin` must be from 0 S to 38.46 nS, found 2 mS'],
  ['neurosim', 'neurosimReal', 'gMax = 2 nS', '`gMin` must be from 0 S to 2 nS, found 3.077 nS'],
  ['crosssim', 'crosssimAnalytic', 'lower = 2', '`lower` must be from 0 to 1, found 2'],
  ['aihwkit', 'constantStep', 'lower = 1', '`lower` must be from -5 to 0, found 1'],
])('%s: %s with %s', (module, base, setting, message) => {
  expect(reportsOf(module, base, `param ${setting} ${ORIGIN}`)).toEqual([`dsl/out-of-range: parameter ${message}`]);
});

test('both ends may move together', () => {
  const both = `param gMin = 50 nS ${ORIGIN}\nparam gMax = 60 nS ${ORIGIN}`;
  expect(reportsOf('neurosim', 'neurosimReal', both)).toEqual([]);
});

test('reading at 0 V is a fault', () => {
  expect(reportsOf('neurosim', 'neurosimReal', `read 0 V ${ORIGIN}`)).toEqual([
    'dsl/device-fault: reading at 0 V tells nothing about a conductance',
  ]);
});
