/** Diagnostics of vectors and of functions that the text declares. */
import { entry } from '../../core/diagnostic.js';

export const VECTOR_ENTRIES = {
  'vector-elements': entry<{ first: string; found: string }>({
    severity: 'error',
    message: ({ first, found }) => `elements of a vector must be alike, found ${first} and ${found}`,
    explain: 'All elements of a vector have one dimension, and all rows of a matrix have one length.',
  }),
  'vector-shapes': entry<{ left: string; right: string }>({
    severity: 'error',
    message: ({ left, right }) => `sizes differ: ${left} and ${right}`,
    explain:
      'Operators work element by element, so vectors must have the same size; a single number goes with a vector of any size.',
  }),
  'vector-too-long': entry<{ what: string; found: number; limit: number }>({
    severity: 'error',
    message: ({ what, found, limit }) => `${what} has ${found} elements, more than ${limit}`,
    explain:
      'Vectors that are only described, as by `[for i in 0 .. 4095 : i * 1 mV]`, may be long; those whose elements are ' +
      'added up or looked up while a system runs may not.',
  }),
  'index-count': entry<{ name: string; found: number; limit: number }>({
    severity: 'error',
    message: ({ name, found, limit }) =>
      `\`${name}\` has ${limit} ${limit === 1 ? 'index' : 'indices'}, found ${found}`,
    explain: 'A vector has one index, a matrix two: row and column. With fewer indices, a row is taken.',
  }),
  'index-range': entry<{ name: string; found: string; last: number }>({
    severity: 'error',
    message: ({ name, found, last }) => `index of \`${name}\` must be an integer from 0 to ${last}, found ${found}`,
    explain: 'Indices count from 0, so the last element of a vector has the index that is its length less one.',
  }),
  'index-not-constant': entry<object>({
    severity: 'error',
    message: () => 'a vector whose elements change needs an index that is known before anything runs',
    explain:
      'An index that changes while a system runs chooses among numbers. Elements that change too can be chosen only by a known index.',
  }),
  'points-not-ascending': entry<{ name: string; position: number }>({
    severity: 'error',
    message: ({ name, position }) => `points of \`${name}\` must ascend, number ${position} does not`,
    explain:
      'The places of the points between which `interp` draws lines, and both axes of `interp2`, grow from each to the next.',
  }),
  'grid-shape': entry<{ rows: number; columns: number; found: string }>({
    severity: 'error',
    message: ({ rows, columns, found }) =>
      `\`interp2\` needs a matrix of ${rows} x ${columns} values for its axes, found ${found}`,
    explain:
      'The values of `interp2` have a row for each place of the first axis and a column for each place of the second; ' +
      'either axis has at least two places.',
  }),
  'recursive-function': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `\`${name}\` calls itself`,
    explain: 'A function is put in the place of its call, so it cannot call itself.',
  }),
  'call-depth': entry<{ what: string; limit: number }>({
    severity: 'error',
    message: ({ what, limit }) => `functions and vectors are nested deeper than ${limit} levels at ${what}`,
    explain:
      'Functions that call functions, and vectors made of the elements of other vectors, may nest to 600 levels of ' +
      'expressions altogether.',
  }),
  'expression-too-large': entry<{ name: string; limit: number }>({
    severity: 'error',
    message: ({ name, limit }) => `this call of \`${name}\` becomes more than ${limit} operations`,
    help: () => 'give an intermediate result a name with `let`',
    explain:
      'A call becomes its expression with the arguments put in, once for each use of a parameter. ' +
      'Functions of functions that use a parameter twice grow exponentially.',
  }),
  'expansion-limit': entry<{ limit: number }>({
    severity: 'error',
    message: ({ limit }) =>
      `calls, elements of vectors, clauses of modules and rounds of loops add up to more than ${limit}`,
    explain:
      'Calls of functions and elements of vectors are computed where they are used, a module anew for each of its ' +
      'settings, and indices that are no sums of multiples in each round of their loops. All of them together are bounded, so that no text can keep the compiler busy for long.',
  }),
};
