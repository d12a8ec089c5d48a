/** Points of measured functions: numbers that are known, and places that ascend. */
import type { Span } from '../../core/span.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { VectorArgument } from './checked-call.js';
import { constantsOf } from './compute.js';
import { requireQuantity } from './require.js';
import type { CheckContext } from './scope.js';
import type { QuantityType } from './value-type.js';
import { allElements } from './vector.js';

/** Numbers in SI units and what they are of. */
export interface Numbers {
  readonly values: readonly number[];
  readonly type: QuantityType;
}

/** The elements of a vector or matrix, rows after rows, as finite numbers; undefined after reporting. */
export function numbersOf({ vector, span }: VectorArgument, name: string, context: CheckContext): Numbers | undefined {
  const what = `a point of \`${name}\``;
  const type = vector.type.element;
  if (!requireQuantity(type, what, span, context)) return undefined;
  const elements = allElements(vector, span, context);
  const values = elements && constantsOf(elements);
  if (elements && !values) context.diagnostics.report(DSL_CATALOGUE, 'constant-expected', { what }, { span });
  if (values && !values.every(Number.isFinite)) {
    context.diagnostics.report(DSL_CATALOGUE, 'not-finite', { what }, { span });
    return undefined;
  }
  return values && { values, type };
}

/** Whether places ascend; reports the first that does not. */
export function requireAscending(
  places: readonly number[],
  { name, span }: { readonly name: string; readonly span: Span },
  { diagnostics }: CheckContext,
): boolean {
  const position = places.findIndex((place, index) => index > 0 && place <= (places[index - 1] ?? -Infinity));
  if (position < 0) return true;
  diagnostics.report(DSL_CATALOGUE, 'points-not-ascending', { name, position: position + 1 }, { span });
  return false;
}
