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
