/** `nlCurvature(label)`: the curvature that a label of nonlinearity stands for. */
import { MAX_NONLINEARITY_LABEL } from '../../numerics/nonlinearity-label.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { argumentOf, type CheckedCall } from './checked-call.js';
import { functionCall } from './compute.js';
import { requirePlainNumber } from './require.js';
import type { CheckContext } from './scope.js';
import { PLAIN_NUMBER, POISON, type TypedExpression } from './value-type.js';
import { elementwise } from './vector.js';

/** A label that is known must be one that the formula can represent; a drawn one counts as the nearest such. */
export function checkLabel({ node, operands }: CheckedCall, context: CheckContext): TypedExpression {
  const argument = argumentOf(node, 0);
  const what = 'argument of `nlCurvature`';
  return elementwise(
    operands,
    {
      span: node.span,
      apply: ([label = POISON], inner) => {
        if (!requirePlainNumber(label.type, what, argument, inner)) return POISON;
        if (Math.abs(label.constant ?? 0) <= MAX_NONLINEARITY_LABEL) {
          return functionCall('nlCurvature', [label], PLAIN_NUMBER);
        }
        const limit = String(MAX_NONLINEARITY_LABEL);
        const params = { what, expected: `from -${limit} to ${limit}`, found: String(label.constant) };
        inner.diagnostics.report(DSL_CATALOGUE, 'out-of-range', params, { span: argument.span });
        return POISON;
      },
    },
    context,
  );
}
