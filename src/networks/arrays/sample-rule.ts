/**
 * What `on sample` does to the synapses of a whole projection: handlers as one loop over typed arrays. A handler sees a
 * batch as one number per synapse, the sum of `pre.value * post.error`, which is the derivative of the mean loss of the
 * batch by the weight; so a rule has to be a function of that product.
 */
import { evaluate } from '../../devices/evaluate.js';
import { ExpressionWriter, numberText, type Binding } from '../../devices/expression-writer.js';
import type { Expression } from '../../devices/expression.js';
import { identityOf, longListsIn } from '../../devices/long-list.js';
import type { Statement } from '../../devices/statement.js';
import { dependsOn, referencesOf } from '../../devices/symbolic.js';
import { substitute } from '../../devices/substitute.js';
import type { MappedLearning } from '../../ir/mapped-network.js';
import type { LearningRule } from '../../ir/rule.js';
import { interpolateGrid } from '../../numerics/interpolate-grid.js';
import { interpolate } from '../../numerics/interpolate.js';
import { curvatureOfLabel } from '../../numerics/nonlinearity-label.js';
import { remainder } from '../../numerics/remainder.js';
import { roundHalfAwayFromZero } from '../../numerics/rounding.js';
import { mapOperands } from '../../devices/map-operands.js';

/** What a step works on; everything but `modulators` is (rows x columns), row-major. */
export interface SampleState {
  /** Sums of `pre.value * post.error` over the batch. */
  readonly product: Float32Array;
  /** Weights in the unit of the rule; changed in place and kept within their range. */
  readonly weight: Float32Array;
  /** Traces per synapse, in the order of {@link SampleRule.traces}; changed in place. */
  readonly traces: readonly Float32Array[];
  /** Modulators, in the order of {@link SampleRule.modulators}. */
  readonly modulators: Float64Array;
}

/** The compiled handlers of a projection. */
export interface SampleRule {
  /** Names of the traces per synapse, with what they start at. */
  readonly traces: readonly { readonly name: string; readonly initial: number }[];
  readonly modulators: readonly { readonly name: string; readonly initial: number }[];
  /** One step of rows `first` to `last` - 1. */
  step(state: SampleState, first: number, last: number): void;
}

/** Why hardware and harness cannot follow a rule at samples. */
export interface SampleRuleRefusal {
  readonly kind: 'refused';
  readonly reason: string;
}

/** Rows are neurons before, columns neurons behind. */
export interface SynapseShape {
  readonly rows: number;
  readonly columns: number;
  /** Absent where the matrix is a whole projection. */
  readonly first?: FirstNeurons;
}

/** Indices of the first neurons of a part of a projection on both sides. */
export interface FirstNeurons {
  readonly row: number;
  readonly column: number;
}

/** One step of all synapses, each change of a weight times `rate`. */
export function stepAtRate(rule: SampleRule, state: SampleState, rate: number, shape: SynapseShape): void {
  const { weight } = state;
  const before = rate === 1 ? undefined : weight.slice();
  rule.step(state, 0, shape.rows);
  if (!before) return;
  for (let cell = 0; cell < weight.length; cell++) {
    const start = before[cell] ?? NaN;
    weight[cell] = start + rate * ((weight[cell] ?? NaN) - start);
  }
}

const PRODUCT = 'pre.value * post.error';

/** The handlers of `learning`, of which a synapse follows the first whose condition holds; or why there are none. */
export function compileSampleRule(
  learning: readonly MappedLearning[],
  { columns, first: origin = { row: 0, column: 0 } }: SynapseShape,
): SampleRule | SampleRuleRefusal {
  const [first] = learning;
  if (!first) return { kind: 'refused', reason: 'no rule is learnt' };
  const traces = unique(learning.flatMap(({ rule }) => tracesOf(rule)));
  const modulators = unique(learning.flatMap(({ rule }) => rule.modulators));
  const names = { traces: traces.map(({ name }) => name), modulators: modulators.map(({ name }) => name) };
  const refused = learning.map((one) => refusalOf(one.rule, names.traces)).find((reason) => reason !== undefined);
  if (refused !== undefined) return { kind: 'refused', reason: refused };
  return {
    traces,
    modulators: modulators.map(({ name, initial }) => ({ name, initial })),
    step: compileStep(learning, names, { columns, origin }),
  };
}

function tracesOf({ traces, parameters }: LearningRule): SampleRule['traces'] {
  const valueOf = (name: string): number => parameters.find((parameter) => parameter.name === name)?.value ?? NaN;
  return traces
    .filter(({ per }) => per === 'synapse')
    .map(({ name, initial }) => ({ name, initial: evaluate(initial, valueOf) }));
}

function unique<Named extends { readonly name: string }>(all: readonly Named[]): readonly Named[] {
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
}

/** What of a rule does not fit; undefined where everything does. */
function refusalOf(rule: LearningRule, traces: readonly string[]): string | undefined {
  if (!rule.handlers.some(({ event }) => event.kind === 'sample')) return `\`${rule.name}\` has no \`on sample\``;
  const usable = new Set([
    ...['pre.value', 'post.error', 'pre.index', 'post.index', rule.weight.name],
    ...[...traces, ...rule.parameters.map(({ name }) => name), ...rule.modulators.map(({ name }) => name)],
  ]);
  for (const { condition, body } of samplesOf(rule)) {
    const equations = [...(condition ? [condition] : []), ...equationsOf(body)].map((one) => inlined(one, rule));
    const locals = new Set(localsOf(body));
    const stranger = equations
      .flatMap((equation) => [...referencesOf(equation)])
      .find((name) => !usable.has(name) && !locals.has(name));
    if (stranger !== undefined) return `\`${rule.name}\` looks at \`${stranger}\` at samples`;
    if (!equations.every(isOfProduct))
      return `\`${rule.name}\` uses \`pre.value\` or \`post.error\` otherwise than in \`${PRODUCT}\``;
  }
  return undefined;
}

function samplesOf(rule: LearningRule): LearningRule['handlers'] {
  return rule.handlers.filter(({ event }) => event.kind === 'sample');
}

function equationsOf(body: readonly Statement[]): readonly Expression[] {
  return body.flatMap((statement) =>
    statement.kind === 'if'
      ? [statement.condition, ...equationsOf(statement.whenTrue), ...equationsOf(statement.whenFalse)]
      : [statement.value],
  );
}

function localsOf(body: readonly Statement[]): readonly string[] {
  return body.flatMap((statement) => {
    if (statement.kind === 'local') return [statement.name];
    return statement.kind === 'if' ? [...localsOf(statement.whenTrue), ...localsOf(statement.whenFalse)] : [];
  });
}

/** Named values of the rule put in where they are used. */
function inlined(expression: Expression, { derived }: LearningRule): Expression {
  const values = new Map<string, Expression>();
  for (const { name, value } of derived) values.set(name, substitute(value, values));
  return substitute(expression, values);
}

/** Whether both factors occur in the product of the two alone, in whatever order the factors of a product stand. */
function isOfProduct(expression: Expression): boolean {
  return !hasFactor(withoutProduct(expression));
}

function hasFactor(expression: Expression): boolean {
  return dependsOn(expression, 'pre.value') || dependsOn(expression, 'post.error');
}

/** The expression with 1 in place of each pair of factors that stand in one product. */
function withoutProduct(expression: Expression): Expression {
  if (expression.kind === 'binary' && (expression.operator === '*' || expression.operator === '/')) {
    const count = (name: string): number => factorsOf(expression).filter((factor) => isName(factor, name)).length;
    if (count('pre.value') === 1 && count('post.error') === 1) {
      const one: Expression = { kind: 'number', value: 1 };
      return factorsOf(expression)
        .filter((factor) => !isName(factor, 'pre.value') && !isName(factor, 'post.error'))
        .concat(divisorsOf(expression))
        .map(withoutProduct)
        .reduce<Expression>((left, right) => ({ kind: 'binary', operator: '*', left, right }), one);
    }
  }
  return mapOperands(expression, withoutProduct);
}

function isName(expression: Expression, name: string): boolean {
  return expression.kind === 'reference' && expression.name === name;
}

function factorsOf(expression: Expression): readonly Expression[] {
  if (expression.kind === 'negate') return factorsOf(expression.operand);
  if (expression.kind !== 'binary') return [expression];
  if (expression.operator === '*') return [...factorsOf(expression.left), ...factorsOf(expression.right)];
  return expression.operator === '/' ? factorsOf(expression.left) : [expression];
}

function divisorsOf(expression: Expression): readonly Expression[] {
  if (expression.kind === 'negate') return divisorsOf(expression.operand);
  if (expression.kind !== 'binary') return [];
  if (expression.operator === '*') return [...divisorsOf(expression.left), ...divisorsOf(expression.right)];
  return expression.operator === '/' ? [...divisorsOf(expression.left), expression.right] : [];
}

interface StateNames {
  readonly traces: readonly string[];
  readonly modulators: readonly string[];
}

const RUNTIME = { curvatureOfLabel, interpolate, interpolateGrid, remainder, roundHalfAwayFromZero };

function compileStep(
  learning: readonly MappedLearning[],
  names: StateNames,
  { columns, origin }: { readonly columns: number; readonly origin: FirstNeurons },
): SampleRule['step'] {
  const lists = longListsIn(learning.map(({ rule, condition }) => [rule.handlers, rule.derived, condition]));
  const listNames = lists.map((_, index) => `list${String(index)}`);
  const listBindings = lists.map((list, index) => [
    identityOf(list),
    { text: listNames[index] ?? '', level: 'literal' },
  ]) as readonly (readonly [string, Binding])[];
  const text = [
    'return (state, first, last) => {',
    'const { product, weight, traces, modulators } = state;',
    ...names.traces.map((_, index) => `const trace${String(index)} = traces[${String(index)}];`),
    ...names.modulators.map((_, index) => `const modulator${String(index)} = modulators[${String(index)}];`),
    'for (let row = first; row < last; row++) {',
    `for (let column = 0; column < ${String(columns)}; column++) {`,
    `const cell = row * ${String(columns)} + column;`,
    'const p = product[cell];',
    `const preIndex = row + ${String(origin.row)}, postIndex = column + ${String(origin.column)};`,
    'let w = weight[cell];',
    ...names.traces.map((_, index) => `let s${String(index)} = trace${String(index)}[cell];`),
    ...learning.flatMap((one, index) => new RuleText(one, names, listBindings).lines(index)),
    'weight[cell] = w;',
    ...names.traces.map((_, index) => `trace${String(index)}[cell] = s${String(index)};`),
    '}',
    '}',
    '};',
  ].join('\n');
  // The constructor makes what the text returns.
  const make = new Function(...Object.keys(RUNTIME), ...listNames, text) as (
    ...values: readonly unknown[]
  ) => SampleRule['step'];
  return make(...Object.values(RUNTIME), ...lists);
}

/** The text of one rule among those of a projection. */
class RuleText {
  readonly #learning: MappedLearning;
  readonly #bindings: Map<string, Binding>;
  #locals = 0;

  constructor(learning: MappedLearning, names: StateNames, lists: readonly (readonly [string, Binding])[]) {
    const { rule } = learning;
    this.#learning = learning;
    const cell = (text: string): Binding => ({ text, level: 'cell' });
    this.#bindings = new Map<string, Binding>([
      ...lists,
      ...rule.parameters.map(({ name, value }) => [name, cell(`(${numberText(value)})`)] as const),
      ...names.traces.map((name, index) => [name, cell(`s${String(index)}`)] as const),
      ...names.modulators.map((name, index) => [name, cell(`modulator${String(index)}`)] as const),
      [rule.weight.name, cell('w')],
      ['pre.value', cell('p')],
      ['post.error', cell('1')],
      ['pre.index', cell('preIndex')],
      ['post.index', cell('postIndex')],
    ]);
  }

  lines(index: number): readonly string[] {
    const { condition, rule } = this.#learning;
    const test = condition ? `if (${this.#write(condition)})` : '';
    const bounds = rule.weight.bounds;
    return [
      `${index === 0 ? '' : 'else '}${test} {`,
      ...samplesOf(rule).flatMap(({ condition: when, body }) => [
        when ? `if (${this.#write(when)}) {` : '{',
        ...this.#block(body),
        '}',
      ]),
      ...(bounds ? [`w = Math.min(${numberText(bounds.high)}, Math.max(${numberText(bounds.low)}, w));`] : []),
      '}',
    ];
  }

  #block(body: readonly Statement[]): readonly string[] {
    return body.flatMap((statement) => {
      if (statement.kind === 'assign') return [`${this.#nameOf(statement.target)} = ${this.#write(statement.value)};`];
      if (statement.kind === 'local') {
        const name = `l${String(this.#locals++)}`;
        const line = `const ${name} = ${this.#write(statement.value)};`;
        this.#bindings.set(statement.name, { text: name, level: 'cell' });
        return [line];
      }
      const { condition, whenTrue, whenFalse } = statement;
      return [`if (${this.#write(condition)}) {`, ...this.#block(whenTrue), '} else {', ...this.#block(whenFalse), '}'];
    });
  }

  #nameOf(target: string): string {
    return this.#bindings.get(target)?.text ?? '';
  }

  #write(expression: Expression): string {
    return new ExpressionWriter(this.#bindings, []).write(inlined(expression, this.#learning.rule), 'cell');
  }
}
