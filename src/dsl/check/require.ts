/** Demands on the types of operands; what does not meet them is reported where it stands. */
import type { Span } from '../../core/span.js';
import { isDimensionless, isSameDimension, type Dimension } from '../../units/dimension.js';
import { parseUnit } from '../../units/unit.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { ExpressionNode } from '../syntax/nodes.js';
import type { CheckContext } from './scope.js';
import { describeType, quantityType, type QuantityType, type ValueType } from './value-type.js';

type Reporting = Pick<CheckContext, 'diagnostics'>;

/** Whether `type` is a number; what is reported calls the operand `what`, and poison is silent. */
export function requireQuantity(
  type: ValueType,
  what: string,
  span: Span,
  { diagnostics }: Reporting,
): type is QuantityType {
  switch (type.kind) {
    case 'quantity':
      return true;
    case 'condition':
      diagnostics.report(DSL_CATALOGUE, 'truth-value', { what, expected: 'a number' }, { span });
      return false;
    case 'text':
      diagnostics.report(DSL_CATALOGUE, 'number-expected', { name: type.content }, { span });
      return false;
    case 'vector': {
      const params = { what, expected: 'a number', found: describeType(type) };
      diagnostics.report(DSL_CATALOGUE, 'unexpected-type', params, { span });
      return false;
    }
    case 'error':
      return false;
  }
}

/** Whether `type` is a condition; reports like {@link requireQuantity}. */
export function requireCondition(type: ValueType, what: string, span: Span, { diagnostics }: Reporting): boolean {
  switch (type.kind) {
    case 'condition':
      return true;
    case 'quantity':
      diagnostics.report(DSL_CATALOGUE, 'truth-value', { what, expected: 'a condition' }, { span });
      return false;
    case 'text':
    case 'vector': {
      const params = { what, expected: 'a condition', found: describeType(type) };
      diagnostics.report(DSL_CATALOGUE, 'unexpected-type', params, { span });
      return false;
    }
    case 'error':
      return false;
  }
}

/** Whether `type` is a plain number; reports like {@link requireQuantity}. */
export function requirePlainNumber(
  type: ValueType,
  what: string,
  node: ExpressionNode,
  context: Reporting,
): type is QuantityType {
  if (!requireQuantity(type, what, node.span, context)) return false;
  if (isDimensionless(type.dimension)) return true;
  const params = { what, expected: 'a plain number', found: describeType(type) };
  context.diagnostics.report(DSL_CATALOGUE, 'unexpected-dimension', params, { span: node.span });
  return false;
}

/** What a quantity is for, in words for messages, and its dimension. */
export interface Expected {
  readonly what: string;
  readonly dimension: Dimension;
  /** A difference: `5 K` is one, `5 degC` is a point of a scale. */
  readonly isDifference?: true;
}

/** Whether the quantity that `node` is has the expected dimension. */
export function requireDimension(
  type: QuantityType,
  node: ExpressionNode,
  { what, dimension, isDifference }: Expected,
  { diagnostics }: Reporting,
): boolean {
  if (!isSameDimension(type.dimension, dimension)) {
    const params = {
      what,
      expected: describeType(quantityType(dimension)),
      found: describeType(type),
      help: unitHelp(node, dimension),
    };
    diagnostics.report(DSL_CATALOGUE, 'unexpected-dimension', params, { span: node.span });
    return false;
  }
  if (isDifference && type.isPoint) {
    const action = `${what} is a difference of temperatures`;
    diagnostics.report(DSL_CATALOGUE, 'temperature-point', { action }, { span: node.span });
    return false;
  }
  return true;
}

/** `10 Ms` where a time is meant: the unit that differs in capitals only. */
function unitHelp(node: ExpressionNode, dimension: Dimension): string | undefined {
  const literal = node.kind === 'negate' ? node.operand : node;
  if (literal.kind !== 'number' || !literal.unit) return undefined;
  const spellings = [...variantsOf(literal.unit.symbol), ...(literal.unit.symbol === 'C' ? ['degC'] : [])];
  const meant = spellings.find((symbol) => {
    const unit = parseUnit(symbol);
    return unit && isSameDimension(unit.dimension, dimension);
  });
  return meant === undefined ? undefined : `did you mean \`${meant}\`?`;
}

/** Letters whose case is tried; a unit with more is no slip of the shift key. */
const MAX_LETTERS = 5;

/** The spellings of a unit that differ in the case of letters, those with the fewest changes first. */
export function variantsOf(symbol: string): string[] {
  if (symbol.length > MAX_LETTERS) return [];
  const spellings = [...symbol].reduce<readonly string[]>(
    (starts, letter) => starts.flatMap((start) => [...new Set([letter, swapCase(letter)])].map((next) => start + next)),
    [''],
  );
  const changes = (spelling: string) => [...spelling].filter((letter, index) => letter !== symbol[index]).length;
  return spellings.filter((spelling) => spelling !== symbol).sort((left, right) => changes(left) - changes(right));
}

function swapCase(letter: string): string {
  const upper = letter.toUpperCase();
  return letter === upper ? letter.toLowerCase() : upper;
}
