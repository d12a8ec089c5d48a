import { InvalidArgumentError } from 'commander';
import { expect, it } from 'vitest';
import { parseWindow } from '../../../src/cli/time-window.js';

it.each([
  ['10us..25us', 10e-6, 25e-6],
  ['0..40us', 0, 40e-6],
  ['0.0 .. 1.5 ms', 0, 1.5e-3],
  ['0ns..0.1s', 0, 0.1],
  ['3ps..7ps', 3e-12, 7e-12],
])('reads %s', (text, fromSeconds, toSeconds) => {
  expect(parseWindow(text)).toEqual({ fromSeconds, toSeconds });
});

it.each(['', '10..25us', '10us', '25us..10us', '0..0', '1us..0', '10us..25', '1 V..2 V'])('refuses %j', (text) => {
  expect(() => parseWindow(text)).toThrow(InvalidArgumentError);
});
