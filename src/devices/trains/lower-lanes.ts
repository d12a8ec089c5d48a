/** Equations of cells as operations of lane programs. */
import { invariant, unreachable } from '../../core/invariant.js';
import { POWER_BIAS, type LaneBuilder, type LaneValue } from '../../numerics/lanes/lane-program.js';
import type { CompareOperator, Expression, FunctionName } from '../expression.js';
import { operandsOf } from '../symbolic.js';

/** Functions that lanes compute. */
const FUNCTIONS: ReadonlySet<FunctionName> = new Set(['min', 'max', 'abs', 'sqrt', 'exp', 'ln'] as const);

/** What in `expression` lanes cannot compute; undefined where they can. */
export function laneObstacle(expression: Expression): string | undefined {
  if (expression.kind === 'element' || expression.kind === 'interpolate-grid') return 'the step looks up a table';
  if (expression.kind === 'binary' && expression.operator === '%') return 'the step takes a remainder';
  if (expression.kind === 'call' && !FUNCTIONS.has(expression.name)) {
    return `the step takes \`${expression.name}\` of the weight`;
  }
  for (const operand of operandsOf(expression)) {
    const obstacle = laneObstacle(operand);
    if (obstacle !== undefined) return obstacle;
  }
  return undefined;
}

/** Writes `expression`, which has no {@link laneObstacle}; `valueOf` gives the values of names, masks for conditions. */
export function lowerToLanes(
  builder: LaneBuilder,
  expression: Expression,
  valueOf: (name: string) => LaneValue,
): LaneValue {
  return new Lowering(builder, valueOf).value(expression);
}

class Lowering {
  readonly #builder: LaneBuilder;
  readonly #valueOf: (name: string) => LaneValue;

  constructor(builder: LaneBuilder, valueOf: (name: string) => LaneValue) {
    this.#builder = builder;
    this.#valueOf = valueOf;
  }

  value(expression: Expression): LaneValue {
    const builder = this.#builder;
    switch (expression.kind) {
      case 'number':
        return builder.constant(expression.value);
      case 'reference':
        return this.#valueOf(expression.name);
      case 'negate':
        return builder.negate(this.value(expression.operand));
      case 'binary':
        return this.#binary(expression);
      case 'conditional':
        return builder.select(
          this.#mask(expression.condition),
          this.value(expression.whenTrue),
          this.value(expression.whenFalse),
        );
      case 'compare':
      case 'logical':
      case 'not':
        return builder.select(this.#mask(expression), builder.constant(1), builder.constant(0));
      case 'call':
        return this.#call(expression);
      case 'interpolate':
        return this.#interpolate(expression);
      case 'interpolate-grid':
      case 'element':
        return this.#impossible();
      default:
        return unreachable(expression);
    }
  }

  #impossible(): never {
    invariant(false, 'what lanes cannot compute is found before');
  }

  /** A condition; a name in place of one is a mask already. */
  #mask(condition: Expression): LaneValue {
    const builder = this.#builder;
    switch (condition.kind) {
      case 'reference':
        return this.#valueOf(condition.name);
      case 'not':
        return builder.not(this.#mask(condition.operand));
      case 'logical':
        return builder.logical(condition.operator, this.#mask(condition.left), this.#mask(condition.right));
      case 'compare':
        return this.#compare(condition.operator, this.value(condition.left), this.value(condition.right));
      default:
        return builder.not(builder.compare('eq', this.value(condition), builder.constant(0)));
    }
  }

  #compare(operator: CompareOperator, left: LaneValue, right: LaneValue): LaneValue {
    const builder = this.#builder;
    switch (operator) {
      case '<':
        return builder.compare('lt', left, right);
      case '<=':
        return builder.compare('le', left, right);
      case '>':
        return builder.compare('lt', right, left);
      case '>=':
        return builder.compare('le', right, left);
      case '==':
        return builder.compare('eq', left, right);
      case '!=':
        return builder.not(builder.compare('eq', left, right));
      default:
        return unreachable(operator);
    }
  }

  #binary({ operator, left, right }: Expression & { readonly kind: 'binary' }): LaneValue {
    const builder = this.#builder;
    switch (operator) {
      case '+':
        return builder.add(this.value(left), this.value(right));
      case '-':
        return builder.sub(this.value(left), this.value(right));
      case '*':
        return builder.mul(this.value(left), this.value(right));
      case '/':
        return builder.div(this.value(left), this.value(right));
      case '^':
        return this.#power(left, right);
      case '%':
        return this.#impossible();
      default:
        return unreachable(operator);
    }
  }

  #power(base: Expression, exponent: Expression): LaneValue {
    const builder = this.#builder;
    const value = this.value(base);
    if (exponent.kind === 'number' && Number.isInteger(exponent.value) && exponent.value >= 0 && exponent.value <= 8) {
      let product = builder.constant(1);
      for (let factor = 0; factor < exponent.value; factor++) product = builder.mul(product, value);
      return product;
    }
    const power = exponentialLanes(builder, builder.mul(this.value(exponent), logarithmLanes(builder, value)));
    // The logarithm of 0 is taken for that of the least number; a power of 0 is 0.
    return builder.select(builder.compare('le', value, builder.constant(0)), builder.constant(0), power);
  }

  #call({ name, operands }: Expression & { readonly kind: 'call' }): LaneValue {
    const builder = this.#builder;
    const [first = builder.constant(NaN), second = first] = operands.map((operand) => this.value(operand));
    switch (name) {
      case 'min':
        return builder.min(first, second);
      case 'max':
        return builder.max(first, second);
      case 'abs':
      case 'sqrt':
        return builder.unary(name, first);
      case 'exp':
        return exponentialLanes(builder, first);
      case 'ln':
        return logarithmLanes(builder, first);
      default:
        return this.#impossible();
    }
  }

  /** A line through points: its first piece and, at every inner point, the change of slope. */
  #interpolate({ at, xs, ys }: Expression & { readonly kind: 'interpolate' }): LaneValue {
    const builder = this.#builder;
    const [low, high] = [xs[0] ?? NaN, xs.at(-1) ?? NaN];
    const x = builder.min(builder.constant(high), builder.max(builder.constant(low), this.value(at)));
    let value = builder.constant(ys[0] ?? NaN);
    let before = 0;
    for (let piece = 0; piece + 1 < xs.length; piece++) {
      const from = xs[piece] ?? NaN;
      const slope = ((ys[piece + 1] ?? NaN) - (ys[piece] ?? NaN)) / ((xs[piece + 1] ?? NaN) - from);
      const beyond = builder.max(builder.constant(0), builder.sub(x, builder.constant(from)));
      value = builder.add(value, builder.mul(builder.constant(slope - before), beyond));
      before = slope;
    }
    return value;
  }
}

/** Past these ends e^x is not a normal number of single precision. */
const EXPONENT_LIMIT = 87;
/** 2^f = 1 + c[0] f + c[1] f^2 + … within 1e-7 for |f| <= 1/2; fitted to the least relative error. */
const POWER_SERIES = [0.69314698, 0.24022242, 0.055507337, 0.0096715126, 0.0013264727] as const;

/** e^x within (1 + |x|) 2e-7 of itself, the ends of single precision beyond them. */
export function exponentialLanes(builder: LaneBuilder, x: LaneValue): LaneValue {
  const constant = (value: number): LaneValue => builder.constant(value);
  const bounded = builder.min(constant(EXPONENT_LIMIT), builder.max(constant(-EXPONENT_LIMIT), x));
  const power = builder.mul(bounded, constant(Math.LOG2E));
  const shifted = builder.add(power, constant(POWER_BIAS));
  const rest = builder.sub(power, builder.sub(shifted, constant(POWER_BIAS)));
  const square = builder.mul(rest, rest);
  // Pairs of terms do not wait for each other.
  const pair = (low: number, high: number): LaneValue => builder.add(constant(low), builder.mul(constant(high), rest));
  const [c1, c2, c3, c4, c5] = POWER_SERIES;
  const upper = builder.add(pair(c2, c3), builder.mul(square, pair(c4, c5)));
  const sum = builder.add(pair(1, c1), builder.mul(square, upper));
  return builder.mul(sum, builder.unary('power2', shifted));
}

/** The least positive normal number. */
const LEAST = 2 ** -126;

/** ln x of a positive number within 3e-7; of everything else that of the least normal number. */
export function logarithmLanes(builder: LaneBuilder, x: LaneValue): LaneValue {
  const constant = (value: number): LaneValue => builder.constant(value);
  const positive = builder.max(constant(LEAST), x);
  const mantissa = builder.unary('mantissa', positive);
  const isHigh = builder.compare('lt', constant(Math.SQRT2), mantissa);
  const centred = builder.select(isHigh, builder.mul(mantissa, constant(0.5)), mantissa);
  const exponent = builder.unary('exponent', positive);
  const powers = builder.select(isHigh, builder.add(exponent, constant(1)), exponent);
  // ln m = 2 artanh((m - 1) / (m + 1))
  const s = builder.div(builder.sub(centred, constant(1)), builder.add(centred, constant(1)));
  const square = builder.mul(s, s);
  let sum = constant(2 / 9);
  for (const coefficient of [2 / 7, 2 / 5, 2 / 3, 2])
    sum = builder.add(builder.mul(sum, square), constant(coefficient));
  return builder.add(builder.mul(powers, constant(Math.LN2)), builder.mul(s, sum));
}
