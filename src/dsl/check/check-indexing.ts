/** Elements and rows of vectors by index. */
import type { IndexNode } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { requirePlainNumber } from './require.js';
import type { CheckContext } from './scope.js';
import { describeType, POISON, vectorOf, type Elements, type TypedExpression } from './value-type.js';
import { elementOf, isVector } from './vector.js';

/** `a[i]`, `m[i, j]`, or the row `m[i]`; indices count from 0. */
export function checkIndex(
  node: IndexNode,
  { target, indices }: { readonly target: TypedExpression; readonly indices: readonly TypedExpression[] },
  context: CheckContext,
): TypedExpression {
  if (target.type.kind === 'error' || indices.some(({ type }) => type.kind === 'error')) return POISON;
  if (!isVector(target)) {
    const params = { what: `\`${node.target.name}\``, expected: 'a vector', found: describeType(target.type) };
    context.diagnostics.report(DSL_CATALOGUE, 'unexpected-type', params, { span: node.target.span });
    return POISON;
  }
  const { shape } = target.type;
  if (indices.length > shape.length) {
    const params = { name: node.target.name, found: indices.length, limit: shape.length };
    context.diagnostics.report(DSL_CATALOGUE, 'index-count', params, { span: node.span });
    return POISON;
  }
  const areValid = indices.map((index, position) =>
    isIndex(index, { node, position, size: shape[position] ?? 0 }, context),
  );
  if (areValid.includes(false)) return POISON;
  const rest = shape.slice(indices.length);
  const elements: Elements = (others, inner) =>
    elementOf(target, [...indices, ...others], { span: node.span, context: { ...inner, place: node.span } });
  return rest.length === 0 ? elements([], context) : vectorOf(rest, target.type.element, elements);
}

interface IndexPlace {
  readonly node: IndexNode;
  readonly position: number;
  readonly size: number;
}

function isIndex(
  { type, constant }: TypedExpression,
  { node, position, size }: IndexPlace,
  context: CheckContext,
): boolean {
  const indexNode = node.indices[position] ?? node;
  if (!requirePlainNumber(type, `index of \`${node.target.name}\``, indexNode, context)) return false;
  if (constant === undefined || (Number.isInteger(constant) && constant >= 0 && constant < size)) return true;
  const params = { name: node.target.name, found: String(constant), last: size - 1 };
  context.diagnostics.report(DSL_CATALOGUE, 'index-range', params, { span: indexNode.span });
  return false;
}
