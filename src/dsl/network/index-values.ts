/** What an index reaches inside loops, without unrolling them where it is a sum of multiples of their indices. */
import { unreachable } from '../../core/invariant.js';
import { ARITHMETIC, callFunction, COMPARISON } from '../../devices/evaluate.js';
import type { Expression } from '../../devices/expression.js';
import { operandsOf, referencesOf } from '../../devices/symbolic.js';

/** The index of a loop; both ends are included. */
export interface LoopIndex {
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

/** A value of an index, and the loops' indices for which it has it. */
export interface IndexValue {
  readonly value: number;
  readonly at: ReadonlyMap<string, number>;
}

/** Combinations of loop indices that are tried one by one, at most. */
export const MAX_TRIED = 4096;

/** Combinations that take as much work as the call of a function. */
const TRIES_OF_A_CALL = 16;

/** The work of {@link valuesOf} in calls of functions. */
export function costOfTrying(loops: readonly LoopIndex[]): number {
  const count = roundsOf(loops);
  return count <= MAX_TRIED ? Math.ceil(count / TRIES_OF_A_CALL) : 0;
}

/** The work of {@link extremesOf} in calls of functions. */
export function costOfExtremes(expression: Expression, loops: readonly LoopIndex[]): number {
  return affineOf(expression) ? 0 : costOfTrying(loopsOf(expression, loops));
}

function roundsOf(loops: readonly LoopIndex[]): number {
  return loops.reduce((product, { low, high }) => product * (high - low + 1), 1);
}

/** The loops whose indices are in an expression. */
function loopsOf(expression: Expression, loops: readonly LoopIndex[]): readonly LoopIndex[] {
  const used = referencesOf(expression);
  return loops.filter(({ name }) => used.has(name));
}

/** The extreme values of an index, or its first value that is no integer; undefined where it takes too many. */
export function extremesOf(expression: Expression, loops: readonly LoopIndex[]): readonly IndexValue[] | undefined {
  const affine = affineOf(expression);
  if (affine) return [extremeOf(affine, loops, 'low'), extremeOf(affine, loops, 'high')];
  const values = valuesOf(expression, loopsOf(expression, loops));
  if (!values) return undefined;
  const broken = values.find(({ value }) => !Number.isInteger(value));
  if (broken) return [broken];
  const sorted = [...values].sort((left, right) => left.value - right.value);
  return [sorted[0], sorted.at(-1)].filter((value) => value !== undefined);
}

/** All values of an index in the order of the loops; undefined where they are more than {@link MAX_TRIED}. */
export function valuesOf(expression: Expression, loops: readonly LoopIndex[]): readonly IndexValue[] | undefined {
  if (!(roundsOf(loops) <= MAX_TRIED)) return undefined;
  let environments: readonly ReadonlyMap<string, number>[] = [new Map()];
  for (const { name, low, high } of loops) {
    environments = environments.flatMap((outer) =>
      Array.from({ length: high - low + 1 }, (_, step) => new Map([...outer, [name, low + step]])),
    );
  }
  return environments.map((at) => ({ value: evaluate(expression, at), at }));
}

/** A constant and multiples of indices, all of them integers. */
interface Affine {
  readonly constant: number;
  readonly factors: ReadonlyMap<string, number>;
}

function affineOf(expression: Expression): Affine | undefined {
  const affine = linearOf(expression);
  const numbers = affine && [affine.constant, ...affine.factors.values()];
  return numbers?.every(Number.isInteger) ? affine : undefined;
}

function linearOf(expression: Expression): Affine | undefined {
  switch (expression.kind) {
    case 'number':
      return { constant: expression.value, factors: new Map() };
    case 'reference':
      return { constant: 0, factors: new Map([[expression.name, 1]]) };
    case 'negate': {
      const operand = linearOf(expression.operand);
      return operand && scaled(operand, -1);
    }
    case 'binary': {
      const [left, right] = [linearOf(expression.left), linearOf(expression.right)];
      return left && right && combined(expression.operator, left, right);
    }
    default:
      return undefined;
  }
}

function combined(operator: string, left: Affine, right: Affine): Affine | undefined {
  if (operator === '+') return added(left, right);
  if (operator === '-') return added(left, scaled(right, -1));
  if (operator === '*' && left.factors.size === 0) return scaled(right, left.constant);
  if (operator === '*' && right.factors.size === 0) return scaled(left, right.constant);
  return undefined;
}

function scaled({ constant, factors }: Affine, by: number): Affine {
  return { constant: constant * by, factors: new Map([...factors].map(([name, factor]) => [name, factor * by])) };
}

function added(left: Affine, right: Affine): Affine {
  const factors = new Map(left.factors);
  for (const [name, factor] of right.factors) factors.set(name, (factors.get(name) ?? 0) + factor);
  return { constant: left.constant + right.constant, factors };
}

function extremeOf({ constant, factors }: Affine, loops: readonly LoopIndex[], end: 'low' | 'high'): IndexValue {
  const at = new Map<string, number>();
  let value = constant;
  for (const { name, low, high } of loops) {
    const factor = factors.get(name);
    if (factor === undefined) continue;
    const index = factor > 0 === (end === 'low') ? low : high;
    at.set(name, index);
    value += factor * index;
  }
  return { value, at };
}

/** The value of an expression of loop indices; conditions are 0 or 1. */
function evaluate(expression: Expression, at: ReadonlyMap<string, number>): number {
  if (expression.kind === 'number') return expression.value;
  if (expression.kind === 'reference') return at.get(expression.name) ?? NaN;
  if (expression.kind === 'conditional') {
    const isTrue = evaluate(expression.condition, at) !== 0;
    return evaluate(isTrue ? expression.whenTrue : expression.whenFalse, at);
  }
  return applyTo(
    operandsOf(expression).map((operand) => evaluate(operand, at)),
    expression,
  );
}

type Operation = Exclude<Expression, { readonly kind: 'number' | 'reference' | 'conditional' }>;

/** The value of an operation whose operands come in the order of {@link operandsOf}. */
function applyTo(values: readonly number[], operation: Operation): number {
  const [first = NaN, second = NaN] = values;
  switch (operation.kind) {
    case 'negate':
      return -first;
    case 'not':
      return 1 - first;
    case 'binary':
      return ARITHMETIC[operation.operator](first, second);
    case 'compare':
      return Number(COMPARISON[operation.operator](first, second));
    case 'logical':
      return operation.operator === 'and' ? Math.min(first, second) : Math.max(first, second);
    case 'call':
      return callFunction(operation.name, values);
    case 'element':
      return operation.values[first] ?? NaN;
    case 'interpolate':
    case 'interpolate-grid':
      // Measured curves are no indices.
      return NaN;
    default:
      return unreachable(operation);
  }
}
