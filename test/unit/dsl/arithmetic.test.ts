/** The checker against fractions of integers computed on the side: random expressions that are right by construction. */
import fc, { type Arbitrary } from 'fast-check';
import { expect, it } from 'vitest';
import { isSameDimension, multiplyDimensions, raiseDimension, type Dimension } from '../../../src/units/dimension.js';
import { parseUnit } from '../../../src/units/unit.js';
import { checkText } from '../../support/check-text.js';

/** An expression with its value as a fraction, and its dimension as powers of siemens, volts and seconds. */
interface Known {
  readonly text: string;
  readonly above: bigint;
  readonly below: bigint;
  readonly powers: readonly [siemens: number, volts: number, seconds: number];
}

/** One of each unit is `numerator / denominator` SI units. */
const UNITS: Readonly<Record<string, Omit<Known, 'text'>>> = {
  '': { above: 1n, below: 1n, powers: [0, 0, 0] },
  ' %': { above: 1n, below: 100n, powers: [0, 0, 0] },
  ' S': { above: 1n, below: 1n, powers: [1, 0, 0] },
  ' uS': { above: 1n, below: 1_000_000n, powers: [1, 0, 0] },
  ' mV': { above: 1n, below: 1000n, powers: [0, 1, 0] },
  ' V^2': { above: 1n, below: 1n, powers: [0, 2, 0] },
  ' us': { above: 1n, below: 1_000_000n, powers: [0, 0, 1] },
  ' min': { above: 60n, below: 1n, powers: [0, 0, 1] },
  ' V/h': { above: 1n, below: 3600n, powers: [0, 1, -1] },
};

const literal: Arbitrary<Known> = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 0, max: 2 }), fc.constantFrom(...Object.keys(UNITS)))
  .map(([mantissa, decimals, unit]) => {
    const { above = 0n, below = 1n, powers = [0, 0, 0] } = UNITS[unit] ?? {};
    const text = `${(mantissa / 10 ** decimals).toFixed(decimals)}${unit}`;
    return { text, above: BigInt(mantissa) * above, below: 10n ** BigInt(decimals) * below, powers };
  });

type Powers = Known['powers'];
const combine = (left: Powers, right: Powers, sign: number): Powers => [
  left[0] + sign * right[0],
  left[1] + sign * right[1],
  left[2] + sign * right[2],
];

function product(left: Known, right: Known): Known {
  const powers = combine(left.powers, right.powers, 1);
  return {
    text: `(${left.text}) * (${right.text})`,
    above: left.above * right.above,
    below: left.below * right.below,
    powers,
  };
}

function quotient(left: Known, right: Known): Known {
  const powers = combine(left.powers, right.powers, -1);
  return {
    text: `(${left.text}) / (${right.text})`,
    above: left.above * right.below,
    below: left.below * right.above,
    powers,
  };
}

/** Something of the dimension of `term`, added to it. */
function sum(term: Known, factor: number): Known {
  const text = `${term.text} + (${term.text}) * ${factor} - (${term.text}) / 8`;
  return { ...term, text, above: term.above * BigInt(8 + 8 * factor - 1), below: term.below * 8n };
}

function choice(left: Known, right: Known): Known {
  const isLess = left.above * right.below < right.above * left.below;
  const ratio = `(${left.text}) * (${right.text}) ^ 0`;
  // Both sides of the comparison are plain numbers
  const condition = `(${left.text}) / (${ratio}) < ${isLess ? 2 : 1}`;
  return {
    ...left,
    text: `(${condition} ? (${left.text}) : -(${left.text}))`,
    above: isLess ? left.above : -left.above,
  };
}

const { known } = fc.letrec<{ known: Known }>((tie) => ({
  known: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    literal,
    fc.tuple(tie('known'), tie('known')).map(([left, right]) => product(left, right)),
    fc.tuple(tie('known'), tie('known')).map(([left, right]) => quotient(left, right)),
    fc.tuple(tie('known'), fc.integer({ min: 1, max: 99 })).map(([term, factor]) => sum(term, factor)),
    fc.tuple(tie('known'), tie('known')).map(([left, right]) => choice(left, right)),
    tie('known').map((inner) => ({ ...inner, text: `-(${inner.text})`, above: -inner.above })),
    tie('known').map(({ text, above, below, powers }): Known => {
      const squared: Powers = [2 * powers[0], 2 * powers[1], 2 * powers[2]];
      return { text: `(${text}) ^ 2`, above: above ** 2n, below: below ** 2n, powers: squared };
    }),
  ),
}));

function dimensionOf([siemens, volts, seconds]: Powers): Dimension {
  const parts = [
    ['S', siemens],
    ['V', volts],
    ['s', seconds],
  ] as const;
  return parts
    .map(([symbol, power]) => raiseDimension(parseUnit(symbol)!.dimension, power))
    .reduce(multiplyDimensions, parseUnit('1')!.dimension);
}

it('arithmetic is that of fractions, exactly as long as they are short', () => {
  let exactCount = 0;
  fc.assert(
    fc.property(known, ({ text, above, below, powers }) => {
      const { typed, codes } = checkText(text);
      // Percentages among plain numbers are a matter of taste here
      expect(codes.filter((code) => code !== 'dsl/percentage-of-count')).toEqual([]);
      expect(typed!.type).toMatchObject({ kind: 'quantity' });
      if (typed!.type.kind === 'quantity')
        expect(isSameDimension(typed!.type.dimension, dimensionOf(powers))).toBe(true);
      const expected = Number((above * 10n ** 60n) / below) / 1e60;
      if (Math.abs(expected) > 1e-30) expect(Math.abs(typed!.constant! / expected - 1)).toBeLessThan(1e-12);
      const { exact } = typed!;
      if (!exact) return;
      exactCount++;
      const power = 10n ** BigInt(Math.abs(exact.exponent));
      const [numerator, denominator] =
        exact.exponent < 0
          ? [exact.numerator, exact.denominator * power]
          : [exact.numerator * power, exact.denominator];
      expect(numerator * below).toBe(above * denominator);
    }),
    { seed: 4, numRuns: 500 },
  );
  expect(exactCount).toBeGreaterThan(400);
});
