/** Widths of sums of converter codes, counted out, and what is said where nothing holds them. */
import { expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { sumWidths } from '../../../src/ir/partial-sums.js';
import { checkSums } from '../../../src/ir/passes/check-sums.js';
import { idealChip, IDEAL, mappedText } from '../../support/mapped-text.js';

it.each([
  // Codes of 8 bits, 255 of each of 255: 65,025 is 16 bits, and a sign
  [8, 'single', 1, { code: 8, plane: 8, vector: 17, total: 17 }],
  // Three tiles: 765 a plane, 195,075 in all
  [8, 'single', 3, { code: 8, plane: 10, vector: 17, total: 19 }],
  [8, 'differential', 3, { code: 8, plane: 10, vector: 17, total: 20 }],
  [12, 'differential', 64, { code: 12, plane: 18, vector: 21, total: 28 }],
] as const)('of %d bits, %s, %d tiles', (bits, scheme, parts, widths) => {
  expect(sumWidths({ adc: { bits }, scheme, parts })).toEqual(widths);
});

it('tells where an accumulator is too narrow', () => {
  const layer = `network Net {
  population a : rates[9]
  population b : linear[2]
  projection w : a -> b all-to-all on ideal { encode single scale 1 S }
}
experiment Try {
  run Net on Bench
  wait 1 s
}
`;
  const codesOf = (adcBits: number): readonly string[] => {
    const bag = new DiagnosticBag();
    checkSums(mappedText(IDEAL + idealChip('4 x 4 grid 2 x 2', '', adcBits) + layer), bag);
    return bag.all.map(({ code, message }) => `${code}: ${message}`);
  };
  expect(codesOf(23)).toEqual([]);
  expect(codesOf(24)).toEqual([
    'schedule/sum-too-wide: sums of `w` on one tile take 33 bits, and the accumulator of a controller has 32',
  ]);
});
