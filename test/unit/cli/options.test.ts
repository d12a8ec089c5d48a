import { InvalidArgumentError } from 'commander';
import { expect, it } from 'vitest';
import { parseAssignment, parseSeed } from '../../../src/cli/options.js';

it('collects assignments, later ones win', () => {
  const first = parseAssignment('digit=7', new Map());
  const second = parseAssignment('file=a=b.csv', first);
  expect([...parseAssignment('digit=', second)]).toEqual([['digit', ''], ['file', 'a=b.csv']]); // prettier-ignore
});

it.each(['digit', '=7', '7=x', 'a b=1'])('refuses the assignment %j', (text) => {
  expect(() => parseAssignment(text, new Map())).toThrow(InvalidArgumentError);
});

it('reads seeds exactly', () => {
  expect(parseSeed('9007199254740991')).toBe(9007199254740991);
});

it.each(['-1', '1.5', '1e3', '', '9007199254740992', 'x'])('refuses the seed %j', (text) => {
  expect(() => parseSeed(text)).toThrow(InvalidArgumentError);
});
