/**
 * Straight-line programs in single precision, every operation rounded: written once, run as JavaScript on numbers and
 * as WebAssembly on vectors of four, with the same bits. Equal operations are one value.
 */

/** Added to a small number, it leaves a whole number in the last bits; also what `power2` takes off its operand. */
export const POWER_BIAS = 1.5 * 2 ** 23;

/** A value of a program by its place in it. */
export type LaneValue = number;

/**
 * `power2` is 2^(x - POWER_BIAS) of a whole power from -126 to 127; `exponent` and `mantissa` take a positive normal number apart into
 * 2^exponent x mantissa with 1 <= mantissa < 2.
 */
export type LaneUnary = 'negate' | 'abs' | 'sqrt' | 'floor' | 'power2' | 'exponent' | 'mantissa';
/** `min` and `max` yield the left operand where the operands do not compare. */
export type LaneBinary = 'add' | 'sub' | 'mul' | 'div' | 'min' | 'max';
export type LaneCompare = 'lt' | 'le' | 'eq';

/** An operation; comparisons, `and`, `or`, `not` and inputs that are masks yield masks, everything else numbers. */
export type LaneOp =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'unary'; readonly name: LaneUnary; readonly operand: LaneValue }
  | { readonly kind: 'binary'; readonly name: LaneBinary; readonly left: LaneValue; readonly right: LaneValue }
  | { readonly kind: 'compare'; readonly name: LaneCompare; readonly left: LaneValue; readonly right: LaneValue }
  | { readonly kind: 'logical'; readonly name: 'and' | 'or'; readonly left: LaneValue; readonly right: LaneValue }
  | { readonly kind: 'not'; readonly operand: LaneValue }
  | {
      readonly kind: 'select';
      readonly mask: LaneValue;
      readonly whenTrue: LaneValue;
      readonly whenFalse: LaneValue;
    };

/** Operations in order, and the values that are wanted of them. */
export interface LaneProgram {
  readonly ops: readonly LaneOp[];
  readonly outputs: readonly LaneValue[];
}

const ARITHMETIC: Readonly<Record<LaneBinary, (left: number, right: number) => number>> = {
  add: (left, right) => left + right,
  sub: (left, right) => left - right,
  mul: (left, right) => left * right,
  div: (left, right) => left / right,
  min: (left, right) => (right < left ? right : left),
  max: (left, right) => (left < right ? right : left),
};

/** Writes programs; what is known is computed, what is neutral is left out. Values are taken for finite. */
export class LaneBuilder {
  readonly #ops: LaneOp[] = [];
  readonly #known = new Map<string, LaneValue>();

  /** A program of the operations that `outputs` need. */
  program(outputs: readonly LaneValue[]): LaneProgram {
    return { ops: this.#ops, outputs };
  }

  constant(value: number): LaneValue {
    // No -0: a number has one form.
    return this.#value({ kind: 'constant', value: Math.fround(value) + 0 });
  }

  input(name: string): LaneValue {
    return this.#value({ kind: 'input', name });
  }

  negate(operand: LaneValue): LaneValue {
    const value = this.constantOf(operand);
    return value === undefined ? this.unary('negate', operand) : this.constant(-value);
  }

  unary(name: LaneUnary, operand: LaneValue): LaneValue {
    return this.#value({ kind: 'unary', name, operand });
  }

  add(left: LaneValue, right: LaneValue): LaneValue {
    if (this.#is(left, 0)) return right;
    return this.#is(right, 0) ? left : this.#binary('add', left, right);
  }

  sub(left: LaneValue, right: LaneValue): LaneValue {
    if (this.#is(right, 0)) return left;
    return this.#is(left, 0) ? this.negate(right) : this.#binary('sub', left, right);
  }

  mul(...factors: readonly [LaneValue, ...LaneValue[]]): LaneValue {
    return factors.reduce((left, right) => {
      if (this.#is(left, 0) || this.#is(right, 1)) return left;
      return this.#is(left, 1) || this.#is(right, 0) ? right : this.#product(left, right);
    });
  }

  /** Takes the product with a part of `right` where it is known already. */
  #product(left: LaneValue, right: LaneValue): LaneValue {
    const inner = this.#ops[right];
    if (inner?.kind === 'binary' && inner.name === 'mul') {
      const known = this.#known.get(keyOf({ kind: 'binary', name: 'mul', left, right: inner.left }));
      if (known !== undefined) return this.#binary('mul', known, inner.right);
    }
    return this.#binary('mul', left, right);
  }

  div(left: LaneValue, right: LaneValue): LaneValue {
    return this.#is(left, 0) || this.#is(right, 1) ? left : this.#binary('div', left, right);
  }

  min(left: LaneValue, right: LaneValue): LaneValue {
    return this.#binary('min', left, right);
  }

  max(left: LaneValue, right: LaneValue): LaneValue {
    return this.#binary('max', left, right);
  }

  compare(name: LaneCompare, left: LaneValue, right: LaneValue): LaneValue {
    return this.#value({ kind: 'compare', name, left, right });
  }

  logical(name: 'and' | 'or', left: LaneValue, right: LaneValue): LaneValue {
    return this.#value({ kind: 'logical', name, left, right });
  }

  not(operand: LaneValue): LaneValue {
    return this.#value({ kind: 'not', operand });
  }

  select(mask: LaneValue, whenTrue: LaneValue, whenFalse: LaneValue): LaneValue {
    return whenTrue === whenFalse ? whenTrue : this.#value({ kind: 'select', mask, whenTrue, whenFalse });
  }

  /** The number that a value is, where it is one. */
  constantOf(value: LaneValue): number | undefined {
    const op = this.#ops[value];
    return op?.kind === 'constant' ? op.value : undefined;
  }

  #is(value: LaneValue, number: number): boolean {
    return this.constantOf(value) === number;
  }

  #binary(name: LaneBinary, left: LaneValue, right: LaneValue): LaneValue {
    const [a, b] = [this.constantOf(left), this.constantOf(right)];
    if (a !== undefined && b !== undefined) return this.constant(ARITHMETIC[name](a, b));
    return this.#value({ kind: 'binary', name, left, right });
  }

  #value(op: LaneOp): LaneValue {
    const key = keyOf(op);
    let value = this.#known.get(key);
    if (value === undefined) {
      value = this.#ops.push(op) - 1;
      this.#known.set(key, value);
    }
    return value;
  }
}

/** The same text for equal operations only. */
function keyOf(op: LaneOp): string {
  return JSON.stringify(op);
}

/** Which operations a program needs, in order. */
export function neededValues({ ops, outputs }: LaneProgram): readonly LaneValue[] {
  const needed = new Set<LaneValue>(outputs);
  for (let value = ops.length - 1; value >= 0; value--) {
    const op = ops[value];
    if (op && needed.has(value)) for (const operand of operandsOf(op)) needed.add(operand);
  }
  return [...needed].sort((first, second) => first - second);
}

/** Names of the inputs that a program needs. */
export function inputsOf(program: LaneProgram): readonly string[] {
  return neededValues(program).flatMap((value) => {
    const op = program.ops[value];
    return op?.kind === 'input' ? [op.name] : [];
  });
}

function operandsOf(op: LaneOp): readonly LaneValue[] {
  switch (op.kind) {
    case 'constant':
    case 'input':
      return [];
    case 'unary':
    case 'not':
      return [op.operand];
    case 'select':
      return [op.mask, op.whenTrue, op.whenFalse];
    default:
      return [op.left, op.right];
  }
}
