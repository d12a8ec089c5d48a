/** Diagnostics of dimensions and values. */
import { entry } from '../../core/diagnostic.js';

export const TYPE_ENTRIES = {
  'dimension-mismatch': entry<{ operator: string; left: string; right: string }>({
    severity: 'error',
    message: ({ operator, left, right }) =>
      `\`${operator}\` needs the same dimension on both sides, found ${left} and ${right}`,
    explain:
      'Only quantities of one dimension can be added, subtracted, compared or chosen between. Volts plus siemens means nothing.',
  }),
  'unexpected-dimension': entry<{ what: string; expected: string; found: string }>({
    severity: 'error',
    message: ({ what, expected, found }) => `${what} must be ${expected}, found ${found}`,
    explain:
      'The quantity has another dimension than its place asks for. Check the unit, or a missing factor in the equation.',
  }),
  'truth-value': entry<{ what: string; expected: 'a number' | 'a condition' }>({
    severity: 'error',
    message: ({ what, expected }) =>
      `${what} must be ${expected}, found ${expected === 'a number' ? 'a condition' : 'a number'}`,
    explain: 'Comparisons yield conditions, which stand before `?` and nowhere else; numbers are not conditions.',
  }),
  'exponent-not-constant': entry<{ base: string }>({
    severity: 'error',
    message: ({ base }) => `exponent of ${base} must be constant`,
    help: () => 'divide the base by a reference quantity first, as in `(g / 1 uS) ^ n`',
    explain:
      'The dimension of a power must be known: a quantity with a dimension can be raised to a constant only, a plain number to anything.',
  }),
  'argument-count': entry<{ name: string; expected: number; found: number }>({
    severity: 'error',
    message: ({ name, expected, found }) =>
      `\`${name}\` takes ${expected} ${expected === 1 ? 'argument' : 'arguments'}, found ${found}`,
    explain: 'abs, sqrt, exp, ln, sinh, cosh, tanh and asinh take one argument; min and max take two.',
  }),
  'not-finite': entry<{ what: string }>({
    severity: 'error',
    message: ({ what }) => `${what} is not a finite number`,
    explain: 'The expression divides by zero, overflows, or takes the root or logarithm of a negative number.',
  }),
  'number-expected': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `\`${name}\` is a text, not a number`,
    explain: 'Parameters that are texts name files; they cannot be used in expressions.',
  }),
  'text-expected': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `\`${name}\` is a number, not the name of a file`,
    explain: 'After `from` stands a text, or a parameter that is one.',
  }),
  'integer-range': entry<{ what: string; min: number; max: number; found: string }>({
    severity: 'error',
    message: ({ what, min, max, found }) => `${what} must be an integer from ${min} to ${max}, found ${found}`,
    explain:
      'Sizes, counts, bits and seeds are integers within the limits of the generated hardware and of this compiler.',
  }),
  'out-of-range': entry<{ what: string; expected: string; found: string }>({
    severity: 'error',
    message: ({ what, expected, found }) => `${what} must be ${expected}, found ${found}`,
    explain: 'The value has the right dimension but makes no sense at this place.',
  }),
  'empty-range': entry<{ what: string; low: string; high: string }>({
    severity: 'error',
    message: ({ what, low, high }) => `${what} runs from ${low} to ${high}: the first must be the smaller one`,
    explain: 'A range is written from its low to its high end, and the two differ.',
  }),
};
