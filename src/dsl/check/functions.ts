/** The functions of the language: what each takes and what becomes of the dimensions. */
import { BASE_QUANTITIES, isSameDimension, raiseDimension, type Dimension } from '../../units/dimension.js';
import type { FunctionName } from '../../devices/expression.js';
import type { CallNode, ExpressionNode } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkGridInterpolation } from './check-grid-interpolation.js';
import { checkInterpolation } from './check-interpolation.js';
import { checkLabel } from './check-label.js';
import { argumentOf, type CheckedCall } from './checked-call.js';
import { arithmetic, choice, comparison, functionCall, negation } from './compute.js';
import { percentageHelp } from './percentage.js';
import { requirePlainNumber, requireQuantity } from './require.js';
import type { CheckContext } from './scope.js';
import { requireDifference } from './temperature.js';
import {
  constantOfType,
  describeType,
  PLAIN_NUMBER,
  POISON,
  quantityType,
  type QuantityType,
  type TypedExpression,
} from './value-type.js';
import { elementwise, indexOf } from './vector.js';
import {
  checkAggregate,
  checkDot,
  checkLength,
  checkMean,
  checkNorm,
  checkSumOf,
  checkTranspose,
} from './vector-functions.js';

/** A function: how many arguments it takes, and its meaning once they are checked and as many as it takes. */
export interface FunctionRule {
  readonly min: number;
  readonly max: number;
  /** Names of the arguments for editors, where they are not just numbers. */
  readonly parameters?: readonly string[];
  readonly check: (call: CheckedCall, context: CheckContext) => TypedExpression;
}

type Apply = (operands: readonly QuantityOperand[], call: CheckedCall, context: CheckContext) => TypedExpression;
type QuantityOperand = TypedExpression & { readonly type: QuantityType };

/** A function of numbers, done for each element where an argument is a vector. */
function ofNumbers(min: number, max: number, apply: Apply): FunctionRule {
  const check = (call: CheckedCall, context: CheckContext) =>
    elementwise(
      call.operands,
      {
        span: call.node.span,
        apply: (operands, inner) => {
          const numbers = requireNumbers(operands, call.node, inner);
          return numbers ? apply(numbers, call, inner) : POISON;
        },
      },
      context,
    );
  return { min, max, check };
}

function requireNumbers(
  operands: readonly TypedExpression[],
  node: CallNode,
  context: CheckContext,
): readonly QuantityOperand[] | undefined {
  const what = `argument of \`${node.callee.name}\``;
  const numbers = operands.flatMap((operand, index) => {
    const { type } = operand;
    return requireQuantity(type, what, argumentOf(node, index).span, context) ? [{ ...operand, type }] : [];
  });
  return numbers.length === operands.length ? numbers : undefined;
}

/** Plain number to plain number. */
function plain(name: FunctionName): FunctionRule {
  return ofNumbers(1, 1, ([operand = POISON], { node }, context) =>
    requirePlainNumber(operand.type, `argument of \`${name}\``, argumentOf(node, 0), context)
      ? functionCall(name, [operand], PLAIN_NUMBER)
      : POISON,
  );
}

type TypeRule = (type: QuantityType, node: ExpressionNode, context: CheckContext) => QuantityType | undefined;

/** One number of any kind that a rule allows. */
function unary(name: FunctionName, typeOf: TypeRule): FunctionRule {
  return ofNumbers(1, 1, ([operand], { node }, context) => {
    if (!operand) return POISON;
    const argument = argumentOf(node, 0);
    if (!requireDifference(operand.type, { action: `\`${name}\` of`, node: argument }, context)) return POISON;
    const type = typeOf(operand.type, argument, context);
    return type ? functionCall(name, [operand], type) : POISON;
  });
}

/** Rounding to whole numbers means something for plain numbers and for what is counted. */
function whole(name: FunctionName): FunctionRule {
  return unary(name, (type, node, context) => {
    if (isCount(type.dimension)) return type;
    return requirePlainNumber(type, `argument of \`${name}\``, node, context) ? type : undefined;
  });
}

const COUNTS: readonly string[] = ['pulses', 'spikes', 'steps', 'bits'];

function isCount(dimension: Dimension): boolean {
  return BASE_QUANTITIES.every((base) => dimension[base] === 0 || COUNTS.includes(base));
}

/** `min` and `max` of numbers of one dimension, or of the elements of a vector. */
function extreme(name: 'min' | 'max'): FunctionRule {
  const numbers = ofNumbers(2, Infinity, (operands, { node }, context) => {
    if (!requireOneDimension(operands, node, context)) return POISON;
    return operands.reduce<TypedExpression>((left, right) => extremeOf(name, left, right), operands[0] ?? POISON);
  });
  const check = (call: CheckedCall, context: CheckContext): TypedExpression => {
    if (call.operands.length > 1) return numbers.check(call, context);
    return checkAggregate(call, { reduce: (left, right) => extremeOf(name, left, right), takesPoints: true }, context);
  };
  return { min: 1, max: Infinity, check };
}

function extremeOf(name: 'min' | 'max', left: TypedExpression, right: TypedExpression): TypedExpression {
  if (left === right) return left;
  const type = right.type.kind === 'quantity' && right.type.isPoint ? right.type : left.type;
  return functionCall(name, [left, right], type);
}

function requireOneDimension(
  operands: readonly QuantityOperand[],
  node: CallNode,
  { diagnostics }: CheckContext,
): boolean {
  const [first] = operands;
  const oddIndex = operands.findIndex(
    (operand) => first && !isSameDimension(operand.type.dimension, first.type.dimension),
  );
  const odd = operands[oddIndex];
  if (!first || !odd) return true;
  const left = describeType(first.type);
  const help = percentageHelp([argumentOf(node, 0), argumentOf(node, oddIndex)]);
  const params = { operator: node.callee.name, left, right: describeType(odd.type), help };
  const related = [{ message: `this argument is ${left}`, span: argumentOf(node, 0).span }];
  diagnostics.report(DSL_CATALOGUE, 'dimension-mismatch', params, { span: argumentOf(node, oddIndex).span, related });
  return false;
}

/** `clamp(x, low, high)`: the nearest number to `x` that is neither below `low` nor above `high`. */
const CLAMP = ofNumbers(3, 3, (operands, { node }, context) => {
  const [x = POISON, low = POISON, high = POISON] = operands;
  if (!requireOneDimension(operands, node, context)) return POISON;
  return extremeOf('max', low, extremeOf('min', high, x));
});

/** `sigmoid(x)`: 1 / (1 + exp(-x)). */
const SIGMOID = ofNumbers(1, 1, ([x = POISON], { node }, context) => {
  if (!requirePlainNumber(x.type, 'argument of `sigmoid`', argumentOf(node, 0), context)) return POISON;
  const one = indexOf(1);
  const decay = functionCall('exp', [negation(x)], PLAIN_NUMBER);
  return arithmetic(
    '/',
    { left: one, right: arithmetic('+', { left: one, right: decay }, PLAIN_NUMBER) },
    PLAIN_NUMBER,
  );
});

/** `heaviside(x)`: 1 from 0 on, 0 below. */
const HEAVISIDE = ofNumbers(1, 1, ([x], { node }, context) => {
  const argument = argumentOf(node, 0);
  if (!x || !requireDifference(x.type, { action: '`heaviside` of', node: argument }, context)) return POISON;
  const isReached = comparison('>=', { left: x, right: constantOfType(x.type, 0) });
  return choice(isReached, { left: indexOf(1), right: indexOf(0) }, PLAIN_NUMBER);
});

/** All functions by name. */
export const FUNCTIONS: ReadonlyMap<string, FunctionRule> = new Map<string, FunctionRule>([
  ['abs', unary('abs', (type) => type)],
  ['sign', unary('sign', () => PLAIN_NUMBER)],
  ['sqrt', unary('sqrt', (type) => quantityType(raiseDimension(type.dimension, 0.5)))],
  ...(['floor', 'ceil', 'round'] as const).map((name) => [name, whole(name)] as const),
  ...(['exp', 'ln', 'log10', 'sin', 'cos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh'] as const).map(
    (name) => [name, plain(name)] as const,
  ),
  ['min', extreme('min')],
  ['max', extreme('max')],
  ['clamp', CLAMP],
  ['sigmoid', SIGMOID],
  ['heaviside', HEAVISIDE],
  ['interp', { min: 2, max: 3, check: checkInterpolation }],
  ['interp2', { min: 5, max: 5, parameters: ['x', 'y', 'xs', 'ys', 'values'], check: checkGridInterpolation }],
  ['nlCurvature', { min: 1, max: 1, parameters: ['label'], check: checkLabel }],
  ['sum', { min: 1, max: 1, check: checkSumOf }],
  ['mean', { min: 1, max: 1, check: checkMean }],
  ['dot', { min: 2, max: 2, check: checkDot }],
  ['norm', { min: 1, max: 1, check: checkNorm }],
  ['length', { min: 1, max: 1, check: checkLength }],
  ['transpose', { min: 1, max: 1, check: checkTranspose }],
]);
