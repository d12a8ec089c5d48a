/** Files of results: every bit comes back, and what is not whole is not a result. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeResult, encodeResult, type PointResult } from '../../../src/sweep/point-result.js';

const NAME = { plan: 'aa', point: 'bb' };

const value = fc.double().filter((each) => !Object.is(each, -0));
const text = fc.string({ unit: 'grapheme' });
const result: fc.Arbitrary<PointResult> = fc.record({
  files: fc.array(fc.record({ path: text, sha256: text }), { maxLength: 2 }),
  rows: fc.array(
    fc.record({
      experiment: text,
      inner: fc.array(fc.tuple(text, value), { maxLength: 2 }),
      firstSeed: fc.nat(),
      seedCount: fc.nat(),
      figures: fc.array(fc.tuple(text, fc.record({ mean: value, min: value, max: value, unit: text })), {
        maxLength: 3,
      }),
      expectations: fc.array(fc.record({ text, value, limit: value, ok: fc.boolean() }), { maxLength: 2 }),
    }),
    { maxLength: 3 },
  ),
  notes: fc.array(
    fc.record({ severity: fc.constantFrom('error' as const, 'warning' as const), code: text, message: text }),
    { maxLength: 2 },
  ),
});

it('come back as they were, numbers bit by bit', () => {
  fc.assert(
    fc.property(result, (each) => {
      expect(decodeResult(NAME, encodeResult(NAME, each))).toEqual(each);
    }),
    { seed: 1, numRuns: 200 },
  );
});

it('are refused where a character is missing, cut off, added or changed', () => {
  const whole: PointResult = { files: [], rows: [], notes: [{ severity: 'error', code: 'a/b', message: 'ü 1' }] };
  const file = encodeResult(NAME, whole);
  for (let at = 0; at < file.length; at++) {
    expect(decodeResult(NAME, file.slice(0, at))).toBeUndefined();
    expect(decodeResult(NAME, `${file.slice(0, at)}#${file.slice(at + 1)}`)).toBeUndefined();
  }
  expect(decodeResult(NAME, `${file}\n`)).toBeUndefined();
  expect(decodeResult({ ...NAME, plan: 'ab' }, file)).toBeUndefined();
  expect(decodeResult({ ...NAME, point: 'ab' }, file)).toBeUndefined();
});
