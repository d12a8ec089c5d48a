/** Values of a law that are stored per cell: variates of the devices, and the equations in them. */
import { invariant } from '../../core/invariant.js';
import { interpolateGrid } from '../../numerics/interpolate-grid.js';
import { interpolate } from '../../numerics/interpolate.js';
import { curvatureOfLabel } from '../../numerics/nonlinearity-label.js';
import type { CellGroup, LineList } from '../../numerics/normal.js';
import type { PhiloxKey } from '../../numerics/philox.js';
import { remainder } from '../../numerics/remainder.js';
import { roundHalfAwayFromZero } from '../../numerics/rounding.js';
import { fillVariates } from '../../numerics/variates.js';
import type { DeviceModel } from '../device-model.js';
import { ExpressionWriter, type Binding } from '../expression-writer.js';
import type { Expression } from '../expression.js';
import { listName } from '../kernel-names.js';
import { identityOf, longListsIn } from '../long-list.js';
import { dependsOn } from '../symbolic.js';

/** Size and randomness of an array. */
export interface ArrayShape {
  readonly rows: number;
  readonly columns: number;
  readonly key: PhiloxKey;
  /** Spreads that stay at their mean. */
  readonly without: readonly string[];
}

type Fill = (variates: readonly Float64Array[], out: Float64Array) => void;

/**
 * Values of `equations` in every cell, each (rows x columns), double precision. A cell's device draws what it draws in
 * the ordinary kernel of the same seed.
 */
export function cellValues(
  device: DeviceModel,
  equations: readonly Expression[],
  shape: ArrayShape,
): readonly Float64Array[] {
  const cells = shape.rows * shape.columns;
  const group: CellGroup = { rows: allLines(shape.rows), columns: allLines(shape.columns) };
  const variates = device.spreads.map((spread, stream) => {
    const isUsed = equations.some((equation) => dependsOn(equation, spread.name));
    const out = new Float64Array(isUsed ? cells : 0).fill(spread.mean);
    if (isUsed && spread.deviation !== 0 && !shape.without.includes(spread.name)) {
      fillVariates(out, spread, { key: shape.key, stream, event: 0, along: 'rows' }, group);
    }
    return out;
  });
  return equations.map((equation) => {
    const out = new Float64Array(cells);
    compileFill(device, equation)(variates, out);
    return out;
  });
}

const RUNTIME = { curvatureOfLabel, interpolate, interpolateGrid, remainder, roundHalfAwayFromZero };

function compileFill(device: DeviceModel, equation: Expression): Fill {
  const lists = longListsIn(equation);
  const bindings = new Map<string, Binding>([
    ...device.spreads.map(({ name }, index) => [name, { text: `u${String(index)}[cell]`, level: 'cell' }] as const),
    ...lists.map((list, index) => [identityOf(list), { text: listName(index), level: 'literal' }] as const),
  ]);
  const value = new ExpressionWriter(bindings, []).write(equation, 'cell');
  const statements = [
    ...device.spreads.map((_, index) => `const u${String(index)} = variates[${String(index)}];`),
    `for (let cell = 0; cell < out.length; cell++) out[cell] = ${value};`,
  ];
  // The constructor makes a function of these parameters.
  const names = [...Object.keys(RUNTIME), ...lists.map((_, index) => listName(index)), 'variates', 'out'];
  const fill = new Function(...names, statements.join('\n')) as (...values: readonly unknown[]) => void;
  return (variates, out) => {
    fill(...Object.values(RUNTIME), ...lists, variates, out);
  };
}

function allLines(count: number): LineList {
  invariant(Number.isInteger(count) && count > 0, `an array has lines, not ${String(count)}`);
  return { indices: Int32Array.from({ length: count }, (_, index) => index), count };
}
