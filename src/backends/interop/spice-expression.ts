/**
 * Equations as text of ngspice, for `.param` lines and for behavioural sources. What differs from the language:
 * ngspice takes the absolute value of the base of a power, continues tables beyond their ends, and has no remainder.
 */
import { invariant, unreachable } from '../../core/invariant.js';
import { evaluate } from '../../devices/evaluate.js';
import type { Expression, FunctionName } from '../../devices/expression.js';
import { numberText } from '../../devices/expression-writer.js';
import { binary, numeral, referencesOf } from '../../devices/symbolic.js';
import { labelCurve } from './label-curve.js';

/** What names are called, and the values of those that never change. */
export interface SpiceVocabulary {
  readonly textByName: ReadonlyMap<string, string>;
  readonly valueByName: ReadonlyMap<string, number>;
  /** Only sources know tables; parameters get a chain of conditions. */
  readonly place: 'parameter' | 'source';
}

const STRENGTH = { primary: 5, product: 3, sum: 2, compare: 1, logical: 0 } as const;
type Strength = (typeof STRENGTH)[keyof typeof STRENGTH];

interface Fragment {
  readonly text: string;
  readonly strength: Strength;
}

type Kind<Name extends Expression['kind']> = Expression & { readonly kind: Name };

/** Text of `expression`; it binds weakly, so that it goes into brackets inside other text. */
export function spiceText(expression: Expression, vocabulary: SpiceVocabulary): string {
  return new SpiceWriter(vocabulary).fragment(expression).text;
}

/** Functions that ngspice calls otherwise; the others have the names of the language. */
const SPICE_NAME: Partial<Readonly<Record<FunctionName, string>>> = { sign: 'sgn' };

class SpiceWriter {
  readonly #vocabulary: SpiceVocabulary;

  constructor(vocabulary: SpiceVocabulary) {
    this.#vocabulary = vocabulary;
  }

  fragment(expression: Expression): Fragment {
    switch (expression.kind) {
      case 'number':
        return numberFragment(expression.value);
      case 'reference': {
        const text = this.#vocabulary.textByName.get(expression.name);
        invariant(text !== undefined, `an equation refers to \`${expression.name}\`, which the netlist lacks`);
        return primary(text);
      }
      case 'negate':
        return { text: `-${this.#enclosed(expression.operand, STRENGTH.product)}`, strength: STRENGTH.product };
      case 'not':
        return choice(this.fragment(expression.operand), primary('0'), primary('1'));
      case 'binary':
        return this.#binary(expression);
      case 'compare':
        return this.#infix(expression.left, ` ${expression.operator} `, expression.right, STRENGTH.compare);
      case 'logical': {
        const sides = [expression.left, expression.right].map((side) => this.#enclosed(side, STRENGTH.primary));
        return { text: sides.join(expression.operator === 'and' ? ' && ' : ' || '), strength: STRENGTH.logical };
      }
      case 'conditional':
        return this.#conditional(expression);
      case 'call':
        return this.#call(expression);
      case 'interpolate':
        return this.#interpolation(expression);
      case 'interpolate-grid':
        return this.fragment(surface(expression));
      case 'element':
        return this.#element(expression);
      default:
        return unreachable(expression);
    }
  }

  #binary({ operator, left, right }: Kind<'binary'>): Fragment {
    switch (operator) {
      case '+':
      case '-':
        return this.#infix(left, ` ${operator} `, right, STRENGTH.sum);
      case '*':
      case '/':
        return this.#infix(left, operator, right, STRENGTH.product);
      case '%': {
        const [dividend, divisor] = [left, right].map((side) => this.#enclosed(side, STRENGTH.primary));
        const whole = `floor(${dividend ?? ''}/${divisor ?? ''})`;
        return { text: `${dividend ?? ''} - ${divisor ?? ''}*${whole}`, strength: STRENGTH.sum };
      }
      case '^':
        return this.#power(left, right);
      default:
        return unreachable(operator);
    }
  }

  /** In parameters `pow` is a power; in sources it is |base|^exponent, and `pwr` that with the sign of the base. */
  #power(left: Expression, right: Expression): Fragment {
    const [base, exponent] = [this.fragment(left).text, this.fragment(right).text];
    if (this.#vocabulary.place === 'parameter') return primary(`pow(${base}, ${exponent})`);
    const value = this.#constantOf(right);
    if (value !== undefined)
      return primary(`${value % 2 === 0 || value % 1 !== 0 ? 'pow' : 'pwr'}(${base}, ${exponent})`);
    // cos(pi n) is (-1)^n; what is no integer has no power of a negative base in the language either
    const sign = `(${base} < 0 ? cos(${numberText(Math.PI)}*(${exponent})) : 1)`;
    return { text: `${sign}*pow(${base}, ${exponent})`, strength: STRENGTH.product };
  }

  #constantOf(expression: Expression): number | undefined {
    const { valueByName } = this.#vocabulary;
    if (![...referencesOf(expression)].every((name) => valueByName.has(name))) return undefined;
    return evaluate(expression, (name) => valueByName.get(name) ?? NaN);
  }

  #call({ name, operands }: Kind<'call'>): Fragment {
    if (name === 'nlCurvature') return this.fragment(labelCurve(operands[0] ?? numeral(NaN)));
    const texts = operands.map((operand) => behindSign(this.fragment(operand).text));
    if (name === 'round') {
      const [x = ''] = texts;
      // Sources of ngspice read 0.5 as a little less than a half
      return { text: `sgn(${x})*floor(abs(${x}) + 1/2)`, strength: STRENGTH.product };
    }
    return primary(`${SPICE_NAME[name] ?? name}(${texts.join(', ')})`);
  }

  #conditional({ condition, whenTrue, whenFalse }: Kind<'conditional'>): Fragment {
    return choice(this.fragment(condition), this.fragment(whenTrue), this.fragment(whenFalse));
  }

  #interpolation({ at, xs, ys }: Kind<'interpolate'>): Fragment {
    const x = this.fragment(at);
    if (this.#vocabulary.place === 'parameter') return piecewise(x, pieces(xs, ys, x));
    const [first, last] = [numberText(xs[0] ?? NaN), numberText(xs.at(-1) ?? NaN)];
    if (xs.length === 1) return numberFragment(ys[0] ?? NaN);
    const points = xs.map((position, index) => `${numberText(position)},${numberText(ys[index] ?? NaN)}`);
    return primary(`pwl(min(${last}, max(${first}, ${x.text})), ${points.join(', ')})`);
  }

  /** Beyond its ends a list has no values in the language; here it has those of its ends. */
  #element({ values, index }: Kind<'element'>): Fragment {
    const ends = values.slice(1).map((_, position) => position + 0.5);
    return piecewise(this.fragment(index), { ends, values: values.map(numberFragment) });
  }

  #infix(left: Expression, operator: string, right: Expression, strength: Strength): Fragment {
    const behind = this.#enclosed(right, strength + 1);
    const text = `${this.#enclosed(left, strength)}${operator}${behindSign(behind)}`;
    return { text, strength };
  }

  #enclosed(expression: Expression, weakest: number): string {
    const fragment = this.fragment(expression);
    return fragment.strength >= weakest ? fragment.text : bracketed(fragment);
  }
}

/**
 * A bilinear surface as a sum over its second axis: the line through the values along the first one, weighed with a
 * function that is 1 at this point of the axis and 0 at its neighbours.
 */
function surface({ x, y, grid, order }: Kind<'interpolate-grid'>): Expression {
  invariant(order === 0, 'devices are exported as they are written, without derivatives');
  const { xs, ys, values } = grid;
  const terms = ys.map((_, column): Expression => {
    const along = xs.map((_, row) => values[row * ys.length + column] ?? NaN);
    const neighbours = ys.slice(Math.max(0, column - 1), column + 2);
    const weights = neighbours.map((position) => (position === ys[column] ? 1 : 0));
    const line: Expression = { kind: 'interpolate', at: x, xs, ys: along };
    return binary(line, '*', { kind: 'interpolate', at: y, xs: neighbours, ys: weights });
  });
  return terms.reduce((sum, term) => binary(sum, '+', term));
}

interface Pieces {
  /** Where pieces begin, ascending; the first piece begins at minus infinity. */
  readonly ends: readonly number[];
  /** One more than there are ends. */
  readonly values: readonly Fragment[];
}

/** The lines between points; constant beyond the ends. */
function pieces(xs: readonly number[], ys: readonly number[], x: Fragment): Pieces {
  const lines = xs.slice(1).map((next, index): Fragment => {
    const [from, low, high] = [xs[index] ?? NaN, ys[index] ?? NaN, ys[index + 1] ?? NaN];
    const [slope, start, base] = [(high - low) / (next - from), from, low].map(numberFragment).map(bracketed);
    return { text: `${base ?? ''} + ${slope ?? ''}*(${x.text} - ${start ?? ''})`, strength: STRENGTH.sum };
  });
  const [first, last] = [numberFragment(ys[0] ?? NaN), numberFragment(ys.at(-1) ?? NaN)];
  return { ends: xs, values: [first, ...lines, last] };
}

/** Conditions as a balanced tree, so that long tables do not nest deeply. */
function piecewise(x: Fragment, { ends, values }: Pieces): Fragment {
  const middle = Math.floor(ends.length / 2);
  const end = ends[middle];
  if (end === undefined) return values[0] ?? primary('0');
  const below = piecewise(x, { ends: ends.slice(0, middle), values: values.slice(0, middle + 1) });
  const above = piecewise(x, { ends: ends.slice(middle + 1), values: values.slice(middle + 1) });
  return choice({ text: `${x.text} < ${bracketed(numberFragment(end))}`, strength: STRENGTH.compare }, below, above);
}

function choice(condition: Fragment, whenTrue: Fragment, whenFalse: Fragment): Fragment {
  return primary(`(${condition.text} ? ${behindSign(whenTrue.text)} : ${behindSign(whenFalse.text)})`);
}

/** ngspice 39 takes a minus for a sign at the beginning of an equation and behind a bracket only. */
function behindSign(text: string): string {
  return text.startsWith('-') ? `(${text})` : text;
}

function primary(text: string): Fragment {
  return { text, strength: STRENGTH.primary };
}

function numberFragment(value: number): Fragment {
  return { text: numberText(value), strength: value < 0 ? STRENGTH.sum : STRENGTH.primary };
}

function bracketed(fragment: Fragment): string {
  return fragment.strength === STRENGTH.primary ? fragment.text : `(${fragment.text})`;
}
