/** `interp2(x, y, xs, ys, values)`: functions of two variables that are given by a grid of measured points. */
import { interpolateGrid, type Grid } from '../../numerics/interpolate-grid.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { argumentOf, vectorArgument, type CheckedCall } from './checked-call.js';
import { numbersOf, requireAscending, type Numbers } from './points.js';
import { requireDimension, requireQuantity } from './require.js';
import type { CheckContext } from './scope.js';
import { describeType, POISON, type QuantityType, type TypedExpression } from './value-type.js';
import { elementwise } from './vector.js';

/** A grid in SI units with the types of its axes and values. */
interface TypedGrid {
  readonly grid: Grid;
  readonly axes: readonly [QuantityType, QuantityType];
  readonly type: QuantityType;
}

/** The value at (`x`, `y`) of the surface through the points, constant beyond its edges. */
export function checkGridInterpolation(call: CheckedCall, context: CheckContext): TypedExpression {
  const grid = gridOf(call, context);
  if (!grid) return POISON;
  return elementwise(
    call.operands.slice(0, 2),
    {
      span: call.node.span,
      apply: ([x = POISON, y = POISON], inner) => {
        const isPlace = [x, y].every((at, axis) => requirePlace({ call, axis, at }, grid, inner));
        return isPlace ? valueAt(x, y, grid) : POISON;
      },
    },
    context,
  );
}

interface Place {
  readonly call: CheckedCall;
  readonly axis: number;
  readonly at: TypedExpression;
}

function requirePlace({ call, axis, at }: Place, { axes }: TypedGrid, context: CheckContext): boolean {
  const what = 'argument of `interp2`';
  const node = argumentOf(call.node, axis);
  if (!requireQuantity(at.type, what, node.span, context)) return false;
  return requireDimension(at.type, node, { what, dimension: axes[axis === 0 ? 0 : 1].dimension }, context);
}

function valueAt(x: TypedExpression, y: TypedExpression, { grid, type }: TypedGrid): TypedExpression {
  const isKnown = x.constant !== undefined && y.constant !== undefined;
  return {
    type,
    expression: { kind: 'interpolate-grid', x: x.expression, y: y.expression, grid, order: 0 },
    constant: isKnown ? interpolateGrid(x.constant, y.constant, grid, 0) : undefined,
  };
}

function gridOf(call: CheckedCall, context: CheckContext): TypedGrid | undefined {
  const [xs, ys] = [2, 3].map((index) => axisOf(call, index, context));
  const table = vectorArgument(call, 4, context, 2);
  const values = table && numbersOf(table, 'interp2', context);
  if (!xs || !ys || !values) return undefined;
  const [rows = 0, columns = 0] = table.vector.type.shape;
  if (rows !== xs.values.length || columns !== ys.values.length || rows < 2 || columns < 2) {
    const expected = { rows: Math.max(2, xs.values.length), columns: Math.max(2, ys.values.length) };
    const params = { ...expected, found: describeType(table.vector.type) };
    context.diagnostics.report(DSL_CATALOGUE, 'grid-shape', params, { span: table.span });
    return undefined;
  }
  const grid = { xs: xs.values, ys: ys.values, values: values.values };
  return { grid, axes: [xs.type, ys.type], type: values.type };
}

function axisOf(call: CheckedCall, index: number, context: CheckContext): Numbers | undefined {
  const list = vectorArgument(call, index, context, 1);
  const numbers = list && numbersOf(list, 'interp2', context);
  return numbers && requireAscending(numbers.values, { name: 'interp2', span: list.span }, context)
    ? numbers
    : undefined;
}
