/** Diagnostics of dimensions and values. */
import { entry } from '../../core/diagnostic.js';

export const TYPE_ENTRIES = {
  'dimension-mismatch': entry<{ operator: string; left: string; right: string; help?: string | undefined }>({
    severity: 'error',
    message: ({ operator, left, right }) =>
      `\`${operator}\` needs the same dimension on both sides, found ${left} and ${right}`,
    help: ({ help }) => help,
    explain:
      'Only quantities of one dimension can be added, subtracted, compared or chosen between. Volts plus siemens means nothing.',
  }),
  'unexpected-dimension': entry<{ what: string; expected: string; found: string; help?: string | undefined }>({
    severity: 'error',
    message: ({ what, expected, found }) => `${what} must be ${expected}, found ${found}`,
    help: ({ help }) => help,
    explain:
      'The quantity has another dimension than its place asks for. Check the unit, or a missing factor in the equation.',
  }),
  'truth-value': entry<{ what: string; expected: 'a number' | 'a condition' }>({
    severity: 'error',
    message: ({ what, expected }) =>
      `${what} must be ${expected}, found ${expected === 'a number' ? 'a condition' : 'a number'}`,
    explain:
      'Comparisons yield conditions, which stand before `?`, behind `not` and beside `and` and `or`; numbers are not conditions.',
  }),
  'exponent-not-constant': entry<{ base: string }>({
    severity: 'error',
    message: ({ base }) => `exponent of ${base} must be constant`,
    help: () => 'divide the base by a reference quantity first, as in `(g / 1 uS) ^ n`',
    explain:
      'The dimension of a power must be known: a quantity with a dimension can be raised to a constant only, a plain number to anything.',
  }),
  'argument-count': entry<{ name: string; expected: number | string; found: number }>({
    severity: 'error',
    message: ({ name, expected, found }) =>
      `\`${name}\` takes ${expected} ${String(expected) === '1' ? 'argument' : 'arguments'}, found ${found}`,
    explain:
      'Most functions take one argument. `min` and `max` take a vector or at least two numbers, `clamp(x, low, high)` three, ' +
      '`dot(a, b)` two, `interp` a position with two vectors of points, or a matrix of points with a position. ' +
      'A function of the text takes as many as it declares.',
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
  'unexpected-type': entry<{ what: string; expected: string; found: string }>({
    severity: 'error',
    message: ({ what, expected, found }) => `${what} must be ${expected}, found ${found}`,
    explain: 'A vector, a text or a function stands where something else is meant, or the other way round.',
  }),
  'constant-expected': entry<{ what: string }>({
    severity: 'error',
    message: ({ what }) => `${what} must be known before anything runs`,
    explain:
      'This number is computed from literals and parameters; states, inputs and indices change while a system runs.',
  }),
  'temperature-point': entry<{ action: string }>({
    severity: 'error',
    message: ({ action }) => action,
    help: () => 'write differences in K, and declare temperatures that are scaled with unit K: `param t : K = 25 degC`',
    explain:
      'Degrees Celsius count from a zero of their own: 25 degC is a point, 298.15 K. Two points have a difference and no sum, ' +
      'and twice a point means nothing. Kelvin serve both as points and as differences.',
  }),
  'percentage-of-count': entry<{ percentage: string; value: string; count: string }>({
    severity: 'warning',
    message: ({ percentage, value }) => `a percentage is a plain number: \`${percentage}\` is ${value}`,
    help: ({ percentage, count }) => `a part of a count is a product: \`${count} * ${percentage}\``,
    explain: 'A percentage is added to a count or compared with one. `20 + 10 %` is 20.1; `20 * (1 + 10 %)` is 22.',
  }),
};
