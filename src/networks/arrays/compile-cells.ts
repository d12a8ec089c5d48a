/** An equation for every cell of an array, as generated JavaScript in double precision. */
import { ExpressionWriter, type Binding } from '../../devices/expression-writer.js';
import type { Expression } from '../../devices/expression.js';
import { identityOf, longListsIn } from '../../devices/long-list.js';
import { interpolateGrid } from '../../numerics/interpolate-grid.js';
import { interpolate } from '../../numerics/interpolate.js';
import { curvatureOfLabel } from '../../numerics/nonlinearity-label.js';
import { remainder } from '../../numerics/remainder.js';
import { roundHalfAwayFromZero } from '../../numerics/rounding.js';

const RUNTIME = { curvatureOfLabel, interpolate, interpolateGrid, remainder, roundHalfAwayFromZero };

/** Writes the value of every cell to `out`; `inputs` are in the order of the names, each as long as `out`. */
export type FillCells = (out: Float32Array, inputs: readonly ArrayLike<number>[]) => void;

/** The loop over cells of `equation`, which refers to `names` only. */
export function compileCells(equation: Expression, names: readonly string[]): FillCells {
  const lists = longListsIn(equation);
  const bindings = new Map<string, Binding>([
    ...names.map((name, index) => [name, { text: `a${String(index)}[cell]`, level: 'cell' }] as const),
    ...lists.map((list, index) => [identityOf(list), { text: `list${String(index)}`, level: 'literal' }] as const),
  ]);
  const value = new ExpressionWriter(bindings, []).write(equation, 'cell');
  const text = [
    'return (out, inputs) => {',
    ...names.map((_, index) => `const a${String(index)} = inputs[${String(index)}];`),
    `for (let cell = 0; cell < out.length; cell++) out[cell] = ${value};`,
    '};',
  ].join('\n');
  const parameters = [...Object.keys(RUNTIME), ...lists.map((_, index) => `list${String(index)}`)];
  // The constructor makes what the text returns.
  const make = new Function(...parameters, text) as (...values: readonly unknown[]) => FillCells;
  return make(...Object.values(RUNTIME), ...lists);
}
