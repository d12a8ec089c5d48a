/** Devices behind wires whose voltages cannot be found: variants of the one in the golden test. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mapExperiment, scheduleFirstSeed } from '../../../src/compiler.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { compileText } from '../../support/compile-text.js';
import { REPOSITORY } from '../../support/golden.js';

const FOLDER = join(REPOSITORY, 'test/golden/diagnostics/schedule/wires-not-solvable');
const [PROGRAM, PICTURE] = ['input.ion', 'picture.csv'].map((file) => readFileSync(join(FOLDER, file), 'utf8'));

/** Messages of mapping and scheduling with another `current`, about wires only. */
function messagesFor(current: string, lines = 2): readonly string[] {
  const text = (PROGRAM ?? '')
    .replace('tile 2 x 2', `tile ${String(lines)} x ${String(lines)}`)
    .replace('current = g * v * exp(-abs(v) / peak)', `current = ${current}`);
  const { network } = compileText(text, { 'picture.csv': PICTURE ?? '' });
  const diagnostics = new DiagnosticBag();
  const mapped = mapExperiment(network!, network!.experiments[0]!, diagnostics);
  if (mapped) scheduleFirstSeed(mapped, diagnostics);
  return diagnostics.all.filter(({ code }) => code === 'schedule/wires-not-solvable').map(({ message }) => message);
}

it.each([
  ['g * v', undefined],
  ['g * 0.1 V * sinh(v / 0.1 V)', undefined],
  ['g * v * exp(-abs(v) / peak)', 'the current of `tunnel` falls with rising voltage at -1 V'],
  ['g * 1 mV * sinh(v / 1 mV)', 'the current of `tunnel` has no finite value and slope at -1 V'],
] as const)('the cells of `current = %s`', (current, reason) => {
  const messages = messagesFor(current);
  if (reason === undefined) expect(messages).toEqual([]);
  else expect(messages).toEqual([expect.stringContaining(reason)]);
});

it('cells so steep that the search for their voltages does not end', () => {
  expect(messagesFor('g * 2 mV * sinh(v / 2 mV)', 16)).toEqual([expect.stringContaining('no voltages found in')]);
});
