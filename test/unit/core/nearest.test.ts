import { describe, expect, it } from 'vitest';
import { nearestName } from '../../../src/core/nearest.js';

describe('the nearest name', () => {
  it.each([
    ['widht', ['window', 'width'], 'width'],
    ['yszEcrom', ['yszEcram'], 'yszEcram'],
    ['WIDTH', ['width'], 'width'],
    ['us', ['uS', 'um'], 'uS'],
    ['conductnace', ['conductance'], 'conductance'],
    ['width', [], undefined],
    ['Vs', ['S', 'V', 'ms'], undefined],
    ['apple', ['pear'], undefined],
  ])('to %s among %j is %s', (name, candidates, expected) => {
    expect(nearestName(name, candidates)).toBe(expected);
  });
});

it('does not compare names that nobody types', () => {
  const long = 'a'.repeat(1_000_000);
  expect(nearestName(`${long}b`, [`${long}c`])).toBeUndefined();
});

it('compares a bounded number of candidates', () => {
  let asked = 0;
  function* candidates(): Generator<string> {
    for (;;) {
      asked++;
      yield 'differing';
    }
  }
  expect(nearestName('something', candidates())).toBeUndefined();
  expect(asked).toBeLessThan(20_000);
});
