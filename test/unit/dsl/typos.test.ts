/** One slip of the finger makes one message, at the slip. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { parseSource } from '../../../src/dsl/parse/parse-source.js';
import { REPOSITORY } from '../../support/golden.js';

const EXAMPLE = readFileSync(join(REPOSITORY, 'examples/ecram-image/image.ion'), 'utf8');
const DEVICE = readFileSync(join(REPOSITORY, 'src/devices/library/ysz-ecram.ion'), 'utf8');

/** What is marked with which message and help after `correct` has become `slip`. */
function slipIn(source: string, correct: string, slip: string) {
  expect(source).toContain(correct);
  const text = source.replace(correct, slip);
  const diagnostics = new DiagnosticBag();
  expect(parseSource('input.ion', text, diagnostics)).toBeUndefined();
  return diagnostics.all.map(({ message, span, help }) => ({
    message,
    marked: text.slice(span?.start.offset, span?.end.offset),
    help,
  }));
}

describe('a slip in a program', () => {
  it.each([
    ['program Imprint', 'progam Imprint', 'progam', 'did you mean `program`?'],
    ['chip Board', 'chpi Board', 'chpi', 'did you mean `chip`?'],
    ['tile 10 x', 'tlie 10 x', 'tlie', 'did you mean `tile`?'],
    ['seeds 20 from 1', 'seed 20 from 1', 'seed', 'did you mean `seeds`?'],
    ['confidence estimate', 'confidance estimate', 'confidance', 'did you mean `confidence`?'],
    ['tile 10 x 10', 'tile 10x10', 'x10', 'set the `x` off by blanks: `5 x 5`'],
    ['clock 10 MHz', 'clock = 10 MHz', '=', undefined],
    ['clock 10 MHz', 'clock 10 MHz;', ';', 'a clause ends without a mark; settings are separated by commas'],
    ['clock 10 MHz', 'clock 10 MHz # fast', '#', 'a comment starts with `//`'],
    ['clock 10 MHz', 'clock 10 MHz /* fast */', '*', 'a comment starts with `//` and ends with the line'],
    ['clock 10 MHz', 'clock 10 ** 7 * 1 Hz', '*', 'a power is written `x ^ 2`'],
    ['-6 V .. 6 V', '-6 V . 6 V', '.', undefined],
    ['"patterns/ring.csv",', '"patterns/ring.csv"', '"patterns/heart.pgm"', undefined],
    ['pulses == changed', 'pulses = changed', '=', undefined],
    ['at most 20 %\n}', 'at most 20 %\n', 'experiment', undefined],
    ['at most 20 %\n}', 'at most 20 %\n}\n}', '}', undefined],
  ])('%j as %j marks %j once', (correct, slip, marked, help) => {
    expect(slipIn(EXAMPLE, correct, slip)).toEqual([expect.objectContaining({ marked, help })]);
  });
});

describe('a slip in a device', () => {
  it.each([
    ['normal(1, 12 %)', 'normal(1, 12 %', 'per'],
    ['* step / pulse.width', '* step pulse.width', '.'],
    ['state g : S in', 'state g in', 'in'],
    ['param stepAtUnit', 'param step-at-unit', '-'],
    ['v ^ 2', 'v ** 2', '*'],
    ['7.54 nS', '7,54 nS', ','],
    ['"C V^2 + Q V"', '"C V^2 + Q V', '"'],
  ])('%j as %j marks %j once', (correct, slip, marked) => {
    expect(slipIn(DEVICE, correct, slip)).toEqual([expect.objectContaining({ marked })]);
  });
});

it('two slips make two messages', () => {
  const text = EXAMPLE.replace('seeds 20', 'seed 20').replace('bias half', 'bais half');
  expect(slipIn(text, 'tile 10 x', 'tile 10 by').map(({ marked }) => marked)).toEqual(['by', 'seed']);
  expect(slipIn(text, 'read after', 'raed after').map(({ marked }) => marked)).toEqual(['bais', 'raed', 'seed']);
});
