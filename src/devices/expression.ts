/**
 * Device equations after name resolution and dimension checking: every number is in SI base units,
 * every reference names a parameter, derived value, spread, state or input of its device.
 */

import type { Grid, GridOrder } from '../numerics/interpolate-grid.js';

/** `%` is the remainder with the sign of the divisor: `-1 % 3` is 2. */
export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '^';
export type LogicalOperator = 'and' | 'or';
export type CompareOperator = '<' | '<=' | '>' | '>=' | '==' | '!=';

/** Functions that equations may call, with the number of their arguments; angles are in radians. */
export const FUNCTION_ARITY = {
  abs: 1,
  sign: 1,
  floor: 1,
  ceil: 1,
  /** Halves away from zero. */
  round: 1,
  sqrt: 1,
  exp: 1,
  ln: 1,
  log10: 1,
  sin: 1,
  cos: 1,
  atan: 1,
  sinh: 1,
  cosh: 1,
  tanh: 1,
  asinh: 1,
  acosh: 1,
  atanh: 1,
  min: 2,
  max: 2,
  /** Curvature of NeuroSim's label of nonlinearity. */
  nlCurvature: 1,
} as const;

export type FunctionName = keyof typeof FUNCTION_ARITY;

/** An equation, or a part of one; conditions are 0 or 1. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'reference'; readonly name: string }
  | { readonly kind: 'negate'; readonly operand: Expression }
  /** `not` of a condition. */
  | { readonly kind: 'not'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'compare';
      readonly operator: CompareOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'logical';
      readonly operator: LogicalOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly whenTrue: Expression;
      readonly whenFalse: Expression;
    }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly operands: readonly Expression[] }
  /** The line through points with ascending `xs`; constant beyond its ends. */
  | {
      readonly kind: 'interpolate';
      readonly at: Expression;
      readonly xs: readonly number[];
      readonly ys: readonly number[];
    }
  /** The bilinear surface through a grid of points, see {@link interpolateGrid} in src/numerics. */
  | {
      readonly kind: 'interpolate-grid';
      readonly x: Expression;
      readonly y: Expression;
      readonly grid: Grid;
      readonly order: GridOrder;
    }
  /** The value at an index from 0; not a number where there is none. */
  | { readonly kind: 'element'; readonly values: readonly number[]; readonly index: Expression };
