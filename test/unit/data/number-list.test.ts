import { expect, it } from 'vitest';
import { readNumberList } from '../../../src/data/number-list.js';

const read = (text: string, count: number) => readNumberList(new TextEncoder().encode(text), count);

it('reads as many numbers as are asked for, in double precision', () => {
  expect(read('# tau\n0.1, 2e-3\n\n-3\n', 3)).toEqual([0.1, 0.002, -3]);
  expect(read('0.0002222222281091009\n', 1)).toEqual([0.0002222222281091009]);
});

it('says what is wrong with a list', () => {
  expect(read('1\nx\n', 2)).toMatchObject({ reason: 'line 2: expected a finite number, found "x"' });
  expect(read('1\n1e999\n', 2)).toMatchObject({ reason: 'line 2: expected a finite number, found "1e999"' });
  expect(read('1,\n', 2)).toMatchObject({ reason: 'line 1: expected a finite number, found nothing' });
  expect(read('1\n', 2)).toMatchObject({ reason: 'it holds 1 numbers, expected 2' });
  expect(read('1\n2\n3\n', 2)).toMatchObject({ reason: 'it holds more than 2 numbers, one for each neuron' });
});
