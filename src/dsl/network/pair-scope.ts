/** What conditions, delays and weights of a projection see of the two neurons of a pair. */
import type { Expression } from '../../devices/expression.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { DIMENSION } from '../check/dimensions.js';
import { extendScope, hideNames, type Binding, type CheckContext, type Scope } from '../check/scope.js';
import {
  describeType,
  PLAIN_NUMBER,
  POISON,
  quantityType,
  vectorOf,
  type FunctionValue,
  type QuantityType,
  type TypedExpression,
} from '../check/value-type.js';
import type { CallNode } from '../syntax/nodes.js';
import type { Shape } from './grid.js';

/** The neurons on one side of a projection. */
export interface Side {
  readonly shape: Shape;
  /** Distance of neighbours [m]; absent where neurons have no positions. */
  readonly spacing?: number;
  /** A part of a population is a list of its own, whatever grid it is cut from. */
  readonly isPart: boolean;
}

const LENGTH = quantityType(DIMENSION.length);

/** `scope` with what is known of the neuron before (`pre`) and the one behind (`post`), and the distance of the two. */
export function pairScope(scope: Scope, sides: { readonly pre: Side; readonly post: Side }): Scope {
  const obstacles = [...obstaclesOf('pre', sides.pre), ...obstaclesOf('post', sides.post)];
  return extendScope(hideNames(scope, obstacles), [
    ...bindingsOf('pre', sides.pre),
    ...bindingsOf('post', sides.post),
    ['distance', { kind: 'function', value: DISTANCE }],
  ]);
}

type Which = 'pre' | 'post';

/** Names of the indices of a grid, by the length of its shape. */
const INDEX_NAMES: readonly (readonly string[])[] = [[], [], ['row', 'column'], ['channel', 'row', 'column']];

function indexNames({ shape, isPart }: Side): readonly string[] {
  return isPart ? [] : (INDEX_NAMES[shape.length] ?? []);
}

function hasPosition({ spacing, isPart }: Side): boolean {
  return spacing !== undefined && !isPart;
}

function bindingsOf(which: Which, side: Side): (readonly [string, Binding])[] {
  const numbers = ['index', ...indexNames(side)].map((name) => valueOf(`${which}.${name}`, PLAIN_NUMBER));
  if (!hasPosition(side)) return numbers;
  return [
    ...numbers,
    ...['x', 'y'].map((name) => valueOf(`${which}.${name}`, LENGTH)),
    [which, { kind: 'value', ...positionOf(which) }],
  ];
}

function valueOf(name: string, type: QuantityType): readonly [string, Binding] {
  return [name, { kind: 'value', type, expression: { kind: 'reference', name } }];
}

function obstaclesOf(which: Which, side: Side): (readonly [string, string])[] {
  const known = indexNames(side);
  const lacking = ['row', 'column', 'channel'].filter((name) => !known.includes(name));
  const grid = side.isPart ? 'a part of a population is a list' : `the population is ${GRID_WORDS[side.shape.length]}`;
  const place = side.isPart ? 'a part of a population has no positions' : 'the population has no `spacing`';
  return [
    ...lacking.map((name) => [`${which}.${name}`, grid] as const),
    ...(hasPosition(side) ? [] : [which, `${which}.x`, `${which}.y`].map((name) => [name, place] as const)),
  ];
}

const GRID_WORDS: readonly string[] = ['empty', 'a list', 'a grid without channels', 'a stack of grids'];

/** A neuron's place as a vector [x, y]. */
function positionOf(which: Which): TypedExpression {
  const x: Expression = { kind: 'reference', name: `${which}.x` };
  const y: Expression = { kind: 'reference', name: `${which}.y` };
  return vectorOf([2], LENGTH, ([index = POISON]) => ({
    type: LENGTH,
    expression: {
      kind: 'conditional',
      condition: { kind: 'compare', operator: '==', left: index.expression, right: { kind: 'number', value: 0 } },
      whenTrue: x,
      whenFalse: y,
    },
    ...(index.constant !== undefined && { expression: index.constant === 0 ? x : y }),
  }));
}

/** `distance(pre, post)`: the distance of two places [m]. */
const DISTANCE: FunctionValue = {
  name: 'distance',
  parameters: ['from', 'to'],
  apply: (operands, call, context) => {
    const [from, to] = operands.map((operand, index) => coordinatesOf(operand, { call, index }, context));
    if (!from || !to) return POISON;
    const squares = [square(from[0], to[0]), square(from[1], to[1])] as const;
    const sum: Expression = { kind: 'binary', operator: '+', left: squares[0], right: squares[1] };
    return { type: LENGTH, expression: { kind: 'call', name: 'sqrt', operands: [sum] } };
  },
};

function coordinatesOf(
  { type, elements }: TypedExpression,
  { call, index }: { readonly call: CallNode; readonly index: number },
  context: CheckContext,
): readonly [Expression, Expression] | undefined {
  const isPlace = type.kind === 'vector' && type.shape.length === 1 && type.shape[0] === 2;
  if (isPlace && elements) {
    const coordinate = (which: number) => elements([constantIndex(which)], context);
    const [x, y] = [coordinate(0), coordinate(1)];
    return [x.expression, y.expression];
  }
  if (type.kind === 'error') return undefined;
  const params = { what: 'argument of `distance`', expected: '`pre` or `post`', found: describeType(type) };
  context.diagnostics.report(DSL_CATALOGUE, 'unexpected-type', params, { span: call.operands[index]?.span });
  return undefined;
}

function constantIndex(value: number): TypedExpression {
  return { type: PLAIN_NUMBER, expression: { kind: 'number', value }, constant: value };
}

function square(from: Expression, to: Expression): Expression {
  const difference: Expression = { kind: 'binary', operator: '-', left: from, right: to };
  return { kind: 'binary', operator: '^', left: difference, right: { kind: 'number', value: 2 } };
}
