/** `interp(x, xs, ys)` and `interp(points, x)`: functions that are given by measured points. */
import { interpolate } from '../../numerics/interpolate.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { argumentOf, vectorArgument, type CheckedCall } from './checked-call.js';
import { numbersOf, requireAscending } from './points.js';
import { requireDimension, requireQuantity } from './require.js';
import type { CheckContext } from './scope.js';
import { describeType, POISON, type QuantityType, type TypedExpression } from './value-type.js';
import { elementwise } from './vector.js';

/** Points with ascending `xs`, all in SI units. */
interface Points {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly xType: QuantityType;
  readonly yType: QuantityType;
}

/** The value at `x` of the line through points, constant beyond their ends. */
export function checkInterpolation(call: CheckedCall, context: CheckContext): TypedExpression {
  const isTable = call.operands.length === 2;
  const points = isTable ? pointsOfTable(call, context) : pointsOfLists(call, context);
  if (
    !points ||
    !requireAscending(points.xs, { name: 'interp', span: argumentOf(call.node, isTable ? 0 : 1).span }, context)
  )
    return POISON;
  const xNode = argumentOf(call.node, isTable ? 1 : 0);
  const x = call.operands[isTable ? 1 : 0] ?? POISON;
  const what = 'argument of `interp`';
  return elementwise(
    [x],
    {
      span: call.node.span,
      apply: ([at = POISON], inner) => {
        if (!requireQuantity(at.type, what, xNode.span, inner)) return POISON;
        if (!requireDimension(at.type, xNode, { what, dimension: points.xType.dimension }, inner)) return POISON;
        return valueAt(at, points);
      },
    },
    context,
  );
}

function valueAt(at: TypedExpression, { xs, ys, yType }: Points): TypedExpression {
  return {
    type: yType,
    expression: { kind: 'interpolate', at: at.expression, xs, ys },
    constant: at.constant === undefined ? undefined : interpolate(at.constant, xs, ys),
  };
}

function pointsOfLists(call: CheckedCall, context: CheckContext): Points | undefined {
  const lists = [1, 2].map((index) => vectorArgument(call, index, context, 1));
  const [xs, ys] = lists.map((list) => list && numbersOf(list, 'interp', context));
  if (!xs || !ys) return undefined;
  if (xs.values.length === ys.values.length) return { xs: xs.values, ys: ys.values, xType: xs.type, yType: ys.type };
  const [left = '', right = ''] = lists.map((list) => (list ? describeType(list.vector.type) : ''));
  context.diagnostics.report(DSL_CATALOGUE, 'vector-shapes', { left, right }, { span: call.node.span });
  return undefined;
}

/** A matrix of two columns; the elements of a matrix have one dimension, so x and y have it too. */
function pointsOfTable(call: CheckedCall, context: CheckContext): Points | undefined {
  const table = vectorArgument(call, 0, context, 2);
  const numbers = table && numbersOf(table, 'interp', context);
  if (!table || !numbers) return undefined;
  if (table.vector.type.shape[1] !== 2) {
    const found = describeType(table.vector.type);
    const params = { what: 'argument of `interp`', expected: 'a matrix of two columns', found };
    context.diagnostics.report(DSL_CATALOGUE, 'unexpected-type', params, { span: table.span });
    return undefined;
  }
  const { values, type } = numbers;
  const column = (start: number) => values.filter((_, index) => index % 2 === start);
  return { xs: column(0), ys: column(1), xType: type, yType: type };
}
