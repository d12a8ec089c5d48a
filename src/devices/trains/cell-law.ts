/**
 * The law of a step as a cell computes it: what does not depend on the weight becomes a number or a value stored per
 * cell (a stream), parts that are straight lines in the weight become `a + b w`, and both polarities become one
 * equation whose leaves they choose.
 */
import { comparisonText } from '../long-list.js';
import { evaluate } from '../evaluate.js';
import type { Expression } from '../expression.js';
import { binary, dependsOn, jumpsWith, numeral, operandsOf, reference } from '../symbolic.js';
import { atWeight, slopeBy, type PolarityLaw, type StepLaw } from './step-law.js';
import { mapOperands } from '../map-operands.js';

/** Names in the equations of a {@link CellLaw} beside those of its streams. */
export const WEIGHT = 'w';
/** 1 where the pulse is one upwards. */
export const IS_UP = 'isUp';

/** The value of stream `index` in the cell. */
export function streamName(index: number): string {
  return `stream${String(index)}`;
}

/** Equations in {@link WEIGHT}, {@link IS_UP} and streams. */
export interface CellLaw {
  readonly mean: Expression;
  /** Deviation of one step, or what it is relative to the mean where that is a number. */
  readonly noise:
    | { readonly kind: 'none' }
    | { readonly kind: 'relative'; readonly ratio: Expression }
    | { readonly kind: 'absolute'; readonly deviation: Expression };
  readonly lower: Expression;
  readonly upper: Expression;
  /** What is stored per cell; equations in spreads per device. */
  readonly streams: readonly Expression[];
}

/** The same law with streams. */
export function cellLawOf(law: StepLaw): CellLaw {
  const hoist = new Hoist(law.weight.name);
  const part = (name: keyof PolarityLaw): Expression => merge(hoist.write(law.up[name]), hoist.write(law.down[name]));
  const [mean, lower, upper] = [part('mean'), part('lower'), part('upper')];
  return { mean, noise: noiseOf(law, () => part('deviation')), lower, upper, streams: hoist.streams };
}

function noiseOf(law: StepLaw, deviation: () => Expression): CellLaw['noise'] {
  const polarities = [law.up, law.down];
  if (polarities.every((polarity) => isNumber(polarity.deviation, 0))) return { kind: 'none' };
  const [ofUp, ofDown] = [ratioOf(law.up, law), ratioOf(law.down, law)];
  // A polarity that does nothing follows the other one.
  const up = ofUp === 'idle' ? ofDown : ofUp;
  const down = ofDown === 'idle' ? ofUp : ofDown;
  if (typeof up !== 'number' || typeof down !== 'number') return { kind: 'absolute', deviation: deviation() };
  return { kind: 'relative', ratio: merge(numeral(up), numeral(down)) };
}

/** Places where equal ratios of two equations count as equality everywhere. */
const PLACES = 12;

/** Deviation over mean where it is the same number everywhere; `idle` where both are 0. */
function ratioOf({ mean, deviation }: PolarityLaw, { device, weight }: StepLaw): number | 'idle' | undefined {
  if (isNumber(mean, 0) && isNumber(deviation, 0)) return 'idle';
  const ratios = Array.from({ length: PLACES }, (_, place) => {
    const fraction = (salt: number): number => ((place + 1) * 0.618_033_988_7 + salt * 0.754_877_666_2) % 1;
    const values = new Map(
      device.spreads.map((spread, index) => [
        spread.name,
        spread.mean + spread.deviation * (2 * fraction(index + 1) - 1),
      ]),
    );
    values.set(weight.name, weight.min + (weight.max - weight.min) * fraction(0));
    const at = (equation: Expression): number => evaluate(equation, (name) => values.get(name) ?? NaN);
    return at(deviation) / at(mean);
  }).filter(Number.isFinite);
  const [first] = ratios;
  if (first === undefined || ratios.length < PLACES / 2) return undefined;
  return ratios.every((ratio) => Math.abs(ratio - first) <= 1e-9 * Math.abs(first)) ? first : undefined;
}

function isNumber(expression: Expression, value: number): boolean {
  return expression.kind === 'number' && expression.value === value;
}

/** Moves what does not depend on the weight into streams. */
class Hoist {
  readonly streams: Expression[] = [];
  readonly #weight: string;
  readonly #indexByText = new Map<string, number>();

  constructor(weight: string) {
    this.#weight = weight;
  }

  write(expression: Expression): Expression {
    if (!this.#varies(expression)) return this.#stored(expression);
    if (expression.kind === 'reference') return reference(WEIGHT);
    const slope = slopeBy(expression, this.#weight);
    if (!this.#varies(slope) && !this.#chooses(expression) && !jumpsWith(expression, this.#weight)) {
      const line = binary(this.#stored(slope), '*', reference(WEIGHT));
      return binary(this.#stored(atWeight(expression, this.#weight, 0)), '+', line);
    }
    if (expression.kind === 'negate' || isProduct(expression)) return this.#product(expression);
    return mapOperands(expression, (operand) => this.write(operand));
  }

  /** Factors that do not vary are gathered, so that they make one stream; a sign is one of them. */
  #product(expression: Expression): Expression {
    const factors = factorsOf(expression, false);
    const still = factors.filter(({ factor }) => !this.#varies(factor));
    const moving = factors.filter(({ factor }) => this.#varies(factor));
    const gathered = this.#stored(productOf(still));
    return moving.reduce(
      (product, { factor, isDivisor }) => binary(product, isDivisor ? '/' : '*', this.write(factor)),
      gathered,
    );
  }

  #stored(expression: Expression): Expression {
    const simple = atWeight(expression, this.#weight, 0);
    if (simple.kind === 'number') return simple;
    const key = comparisonText(simple);
    let index = this.#indexByText.get(key);
    if (index === undefined) {
      index = this.streams.push(simple) - 1;
      this.#indexByText.set(key, index);
    }
    return reference(streamName(index));
  }

  #varies(expression: Expression): boolean {
    return dependsOn(expression, this.#weight);
  }

  /** Whether the weight decides between equations, which a derivative does not show. */
  #chooses(expression: Expression): boolean {
    const isChoice =
      (expression.kind === 'conditional' && this.#varies(expression.condition)) ||
      (expression.kind === 'call' &&
        (expression.name === 'min' || expression.name === 'max' || expression.name === 'abs'));
    if (isChoice && this.#varies(expression)) return true;
    return operandsOf(expression).some((operand) => this.#chooses(operand));
  }
}

function isProduct(expression: Expression): boolean {
  return expression.kind === 'binary' && (expression.operator === '*' || expression.operator === '/');
}

interface Factor {
  readonly factor: Expression;
  readonly isDivisor: boolean;
}

function factorsOf(expression: Expression, isDivisor: boolean): readonly Factor[] {
  if (expression.kind === 'negate') {
    return [{ factor: numeral(-1), isDivisor: false }, ...factorsOf(expression.operand, isDivisor)];
  }
  if (expression.kind === 'binary' && (expression.operator === '*' || expression.operator === '/')) {
    const turned = expression.operator === '/' ? !isDivisor : isDivisor;
    return [...factorsOf(expression.left, isDivisor), ...factorsOf(expression.right, turned)];
  }
  return [{ factor: expression, isDivisor }];
}

function productOf(factors: readonly Factor[]): Expression {
  return factors.reduce<Expression>(
    (product, { factor, isDivisor }) => binary(product, isDivisor ? '/' : '*', factor),
    numeral(1),
  );
}

/** One equation for both polarities: where the two differ, {@link IS_UP} chooses, as deep inside as they agree. */
function merge(up: Expression, down: Expression): Expression {
  if (comparisonText(up) === comparisonText(down)) return up;
  const [ups, downs] = [operandsOf(up), operandsOf(down)];
  if (ups.length > 0 && ups.length === downs.length && headOf(up) === headOf(down)) {
    let index = 0;
    return mapOperands(up, (operand) => merge(operand, downs[index++] ?? operand));
  }
  return { kind: 'conditional', condition: reference(IS_UP), whenTrue: up, whenFalse: down };
}

/** What an expression is without its operands. */
function headOf(expression: Expression): string {
  return comparisonText(mapOperands(expression, () => numeral(0)));
}
