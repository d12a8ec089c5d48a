/** Type and value of an expression in words. */
import { quantityText } from '../dsl/check/quantity-text.js';
import { describeType, type TypedExpression } from '../dsl/check/value-type.js';
import { siSymbol } from '../units/describe-dimension.js';

/** For example ``voltage (V), `500 mV` ``; undefined where nothing is known. */
export function describeMeaning(typed: TypedExpression | undefined): string | undefined {
  if (!typed || typed.type.kind === 'error') return undefined;
  const { type, constant } = typed;
  const words = describeType(type);
  if (constant === undefined) return words;
  if (type.kind === 'condition') return `${words}, \`${constant === 0 ? 'false' : 'true'}\``;
  return type.kind === 'quantity' ? `${words}, \`${quantityText(constant, siSymbol(type.dimension))}\`` : words;
}
