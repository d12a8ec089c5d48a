/**
 * Equations as JavaScript text. Everything is computed as rarely as its inputs allow: a part that does
 * not depend on the cell moves out of the loop over cells, a part that does not depend on the voltage
 * out of the pulse. Only numbers and names made by us reach the text.
 */
import { invariant, unreachable } from '../core/invariant.js';
import { FUNCTION_TEXT } from './evaluate.js';
import type { CompareOperator, Expression } from './expression.js';
import { identityOf, isLongList } from './long-list.js';

/** How often a value changes: never, per tile, per group of cells and pulse, per cell, during integration. */
export type Level = 'literal' | 'tile' | 'group' | 'cell' | 'state';

const LEVELS: readonly Level[] = ['literal', 'tile', 'group', 'cell', 'state'];

/** What a name of the equations is called in the text. */
export interface Binding {
  readonly text: string;
  readonly level: Level;
}

/** A place for statements that name a value once for all that follows inside. */
export class HoistSite {
  readonly level: Level;
  /** Statements in order. */
  readonly lines: string[] = [];
  readonly #prefix: string;
  readonly #declare: (name: string, text: string) => string;
  readonly #nameByText = new Map<string, string>();

  constructor(level: Level, prefix: string, declare = (name: string, text: string) => `const ${name} = ${text};`) {
    this.level = level;
    this.#prefix = prefix;
    this.#declare = declare;
  }

  /** Names made so far. */
  get names(): readonly string[] {
    return [...this.#nameByText.values()];
  }

  /** The name that holds the value of `text`; the same text has one name. */
  nameOf(text: string): string {
    const known = this.#nameByText.get(text);
    if (known !== undefined) return known;
    const name = `${this.#prefix}${String(this.#nameByText.size)}`;
    this.#nameByText.set(text, name);
    this.lines.push(this.#declare(name, text));
    return name;
  }
}

/** Binding strength of JavaScript's operators, strongest first. */
const STRENGTH = { primary: 7, unary: 6, product: 5, sum: 4, compare: 3, and: 2, or: 1, conditional: 0 } as const;
type Strength = (typeof STRENGTH)[keyof typeof STRENGTH];

interface Fragment {
  readonly text: string;
  readonly level: Level;
  readonly strength: Strength;
  /** Nothing is gained by naming it. */
  readonly isName: boolean;
}

interface Factor {
  readonly fragment: Fragment;
  readonly isDivisor: boolean;
}

const JAVASCRIPT_COMPARE: Readonly<Record<CompareOperator, string>> = {
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '==': '===',
  '!=': '!==',
};

const ONE: Fragment = { text: '1', level: 'literal', strength: STRENGTH.primary, isName: true };

export class ExpressionWriter {
  readonly #bindings: ReadonlyMap<string, Binding>;
  readonly #sites: readonly HoistSite[];

  /** `sites` from the rarest level to the most frequent. */
  constructor(bindings: ReadonlyMap<string, Binding>, sites: readonly HoistSite[]) {
    this.#bindings = bindings;
    this.#sites = sites;
  }

  /** Text of `expression` for use where values of `level` are at hand; what is rarer is hoisted. */
  write(expression: Expression, level: Level): string {
    return this.#hoistBelow(this.#fragment(expression), level).text;
  }

  #fragment(expression: Expression): Fragment {
    switch (expression.kind) {
      case 'number':
        return numberFragment(expression.value);
      case 'reference': {
        const binding = this.#bindings.get(expression.name);
        invariant(binding, `an equation refers to \`${expression.name}\` where it has no value`);
        return { ...binding, strength: STRENGTH.primary, isName: true };
      }
      case 'negate':
        return this.#product(expression);
      case 'not':
        return this.#not(expression.operand);
      case 'binary':
        return this.#binary(expression);
      case 'compare': {
        const [left, right] = this.#pair(expression.left, expression.right);
        return infix(left, JAVASCRIPT_COMPARE[expression.operator], right, STRENGTH.compare);
      }
      case 'logical': {
        const [left, right] = this.#pair(expression.left, expression.right);
        const isAnd = expression.operator === 'and';
        return infix(left, isAnd ? '&&' : '||', right, isAnd ? STRENGTH.and : STRENGTH.or);
      }
      case 'conditional':
        return this.#conditional(expression);
      case 'call':
        return this.#call(FUNCTION_TEXT[expression.name], expression.operands);
      case 'interpolate':
        return this.#interpolation(expression);
      case 'interpolate-grid':
        return this.#gridInterpolation(expression);
      case 'element':
        return this.#element(expression);
      default:
        return unreachable(expression);
    }
  }

  #binary(expression: Expression & { readonly kind: 'binary' }): Fragment {
    const { operator } = expression;
    if (operator === '*' || operator === '/') return this.#product(expression);
    if (operator === '^') return this.#call('Math.pow', [expression.left, expression.right]);
    if (operator === '%') return this.#call('remainder', [expression.left, expression.right]);
    const [left, right] = this.#pair(expression.left, expression.right);
    return infix(left, operator, right, STRENGTH.sum);
  }

  #not(operand: Expression): Fragment {
    const fragment = this.#fragment(operand);
    return { ...fragment, text: `!${enclose(fragment, STRENGTH.unary)}`, strength: STRENGTH.unary, isName: false };
  }

  #interpolation({ at, xs, ys }: Expression & { readonly kind: 'interpolate' }): Fragment {
    const x = this.#fragment(at);
    const texts = [x, this.#list(xs), this.#list(ys)].map((part) => this.#hoistBelow(part, x.level).text);
    return { text: `interpolate(${texts.join(', ')})`, level: x.level, strength: STRENGTH.primary, isName: false };
  }

  #gridInterpolation({ x, y, grid, order }: Expression & { readonly kind: 'interpolate-grid' }): Fragment {
    const places = this.#pair(x, y);
    const level = maxLevel(places);
    const lists = [grid.xs, grid.ys, grid.values].map((values) => this.#hoistBelow(this.#list(values), level).text);
    const [xs = '', ys = '', values = ''] = lists;
    const text = [...places.map((place) => place.text), `{ xs: ${xs}, ys: ${ys}, values: ${values} }`, order].join(
      ', ',
    );
    return { text: `interpolateGrid(${text})`, level, strength: STRENGTH.primary, isName: false };
  }

  #element({ values, index }: Expression & { readonly kind: 'element' }): Fragment {
    const at = this.#fragment(index);
    const list = this.#hoistBelow(this.#list(values), at.level);
    return { text: `(${list.text}[${at.text}] ?? NaN)`, level: at.level, strength: STRENGTH.primary, isName: false };
  }

  /** A list of numbers, which is worth a name; a long one may have one already. */
  #list(values: readonly number[]): Fragment {
    const binding = isLongList(values) ? this.#bindings.get(identityOf(values)) : undefined;
    if (binding) return { ...binding, strength: STRENGTH.primary, isName: true };
    const text = `[${values.map(numberText).join(', ')}]`;
    return { text, level: 'literal', strength: STRENGTH.primary, isName: false };
  }

  #conditional({ condition, whenTrue, whenFalse }: Expression & { readonly kind: 'conditional' }): Fragment {
    const fragments = [condition, whenTrue, whenFalse].map((operand) => this.#fragment(operand));
    const level = maxLevel(fragments);
    const weakest = STRENGTH.conditional + 1;
    const [test = '', yes = '', no = ''] = fragments.map((operand) =>
      enclose(this.#hoistBelow(operand, level), weakest),
    );
    return { text: `${test} ? ${yes} : ${no}`, level, strength: STRENGTH.conditional, isName: false };
  }

  #call(name: string, operands: readonly Expression[]): Fragment {
    const fragments = operands.map((operand) => this.#fragment(operand));
    const level = maxLevel(fragments);
    const texts = fragments.map((fragment) => this.#hoistBelow(fragment, level).text);
    return { text: `${name}(${texts.join(', ')})`, level, strength: STRENGTH.primary, isName: false };
  }

  /** Factors sorted by level, so that each level multiplies one value of the level before. */
  #product(expression: Expression): Fragment {
    const { factors, isNegative } = this.#factors(expression);
    let product: Fragment | undefined;
    let divisors: readonly Fragment[] = [];
    for (const level of LEVELS) {
      const own = factors.filter(({ fragment }) => fragment.level === level);
      if (own.length === 0) continue;
      product &&= this.#hoistBelow(product, level);
      divisors = [...divisors.map((divisor) => this.#hoistBelow(divisor, level)), ...fragmentsOf(own, true)];
      for (const factor of fragmentsOf(own, false)) product = product ? multiply(product, factor) : factor;
      // Without a dividend yet, divisors wait for one: `v / p` is better than `(1 / p) * v`.
      if (!product) continue;
      product = divisors.reduce(divide, product);
      divisors = [];
    }
    const positive = divisors.reduce(divide, product ?? ONE);
    return isNegative ? negative(positive) : positive;
  }

  #factors(expression: Expression): { readonly factors: readonly Factor[]; readonly isNegative: boolean } {
    if (expression.kind === 'negate') {
      const { factors, isNegative } = this.#factors(expression.operand);
      return { factors, isNegative: !isNegative };
    }
    if (expression.kind === 'binary' && (expression.operator === '*' || expression.operator === '/')) {
      const left = this.#factors(expression.left);
      const right = this.#factors(expression.right);
      const divides = expression.operator === '/';
      const rightFactors = right.factors.map((factor) => ({ ...factor, isDivisor: factor.isDivisor !== divides }));
      return { factors: [...left.factors, ...rightFactors], isNegative: left.isNegative !== right.isNegative };
    }
    const isOne = expression.kind === 'number' && expression.value === 1;
    return { factors: isOne ? [] : [{ fragment: this.#fragment(expression), isDivisor: false }], isNegative: false };
  }

  /** Operands of one operation: one that changes more rarely than the other is hoisted. */
  #pair(first: Expression, second: Expression): readonly [Fragment, Fragment] {
    const [left, right] = [this.#fragment(first), this.#fragment(second)];
    const level = maxLevel([left, right]);
    return [this.#hoistBelow(left, level), this.#hoistBelow(right, level)];
  }

  /** `fragment` as it is used among values of `level`: by name where it changes more rarely. */
  #hoistBelow(fragment: Fragment, level: Level): Fragment {
    if (rank(fragment.level) >= rank(level)) return fragment;
    // A rate law is made once per tile: what belongs to a pulse or cell reaches it through variables, names too.
    if (level === 'state' && rank(fragment.level) >= rank('group')) {
      const site = this.#sites.find((candidate) => candidate.level === 'cell');
      invariant(site, 'a rate law has variables for its cell');
      return named(this.#hoistBelow(fragment, 'cell'), site);
    }
    if (fragment.isName) return fragment;
    const site = this.#sites.find((candidate) => rank(candidate.level) >= rank(fragment.level));
    return site && rank(site.level) < rank(level) ? named(fragment, site) : fragment;
  }
}

function named(fragment: Fragment, site: HoistSite): Fragment {
  return { text: site.nameOf(fragment.text), level: site.level, strength: STRENGTH.primary, isName: true };
}

const rank = (level: Level): number => LEVELS.indexOf(level);

function maxLevel(fragments: readonly Fragment[]): Level {
  return LEVELS[Math.max(0, ...fragments.map(({ level }) => rank(level)))] ?? 'state';
}

/** The shorter of the two texts of JavaScript that read back as exactly `value`. */
export function numberText(value: number): string {
  invariant(Number.isFinite(value), `generated code holds finite numbers, not ${String(value)}`);
  const [plain, scientific] = [String(value), value.toExponential()];
  return scientific.length < plain.length ? scientific : plain;
}

function numberFragment(value: number): Fragment {
  const strength = value < 0 ? STRENGTH.unary : STRENGTH.primary;
  return { text: numberText(value), level: 'literal', strength, isName: true };
}

function fragmentsOf(factors: readonly Factor[], divisors: boolean): readonly Fragment[] {
  return factors.filter(({ isDivisor }) => isDivisor === divisors).map(({ fragment }) => fragment);
}

const multiply = (left: Fragment, right: Fragment): Fragment => infix(left, '*', right, STRENGTH.product);
const divide = (left: Fragment, right: Fragment): Fragment => infix(left, '/', right, STRENGTH.product);

function negative(fragment: Fragment): Fragment {
  return { ...fragment, text: `-${enclose(fragment, STRENGTH.primary)}`, strength: STRENGTH.unary };
}

/** Operands keep their order; the right one is enclosed unless it binds more strongly. */
function infix(left: Fragment, operator: string, right: Fragment, strength: Strength): Fragment {
  const text = `${enclose(left, strength)} ${operator} ${enclose(right, strength + 1)}`;
  return { text, level: maxLevel([left, right]), strength, isName: false };
}

function enclose(fragment: Fragment, weakest: number): string {
  return fragment.strength >= weakest ? fragment.text : `(${fragment.text})`;
}
