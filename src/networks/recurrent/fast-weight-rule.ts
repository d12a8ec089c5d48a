/**
 * Rules whose parameters the host finds by gradient: no answer to samples, and per synapse a weight, perhaps with a fast
 * part beside it that is transmitted together with the weight and moves at fixed intervals,
 * `f = decay * f + gain * pre.value * post.value`.
 */
import { numeral, reference, referencesOf, differentiate } from '../../devices/symbolic.js';
import type { Expression } from '../../devices/expression.js';
import { evaluateWith, runStatements } from '../../devices/trains/handler-effect.js';
import type { MappedLearning } from '../../ir/mapped-network.js';
import type { Handler, LearningRule, RuleParameter } from '../../ir/rule.js';

/**
 * A factor of the fast part: a number, or a number times a parameter that every synapse has its own value of, or every
 * neuron behind one for all synapses into it.
 */
export interface FastFactor {
  readonly scale: number;
  readonly parameter?: RuleParameter;
}

/** What is scaled to a fixed length before both meet: the inputs, or what passes into each neuron behind. */
export interface FastNorm {
  readonly of: 'inputs' | 'weights' | 'nothing';
  readonly length: number;
}

/** The fast part of the synapses of a rule. */
export interface FastPart {
  /** Name of its trace. */
  readonly trace: string;
  /** Time from one step to the next [s]. */
  readonly seconds: number;
  readonly decay: FastFactor;
  readonly gain: FastFactor;
  readonly norm: FastNorm;
}

/** A rule that is trained by gradient; without a fast part a synapse is its weight. */
export interface GradientRule {
  readonly rule: LearningRule;
  readonly fast?: FastPart;
}

/** Why a rule cannot be trained by gradient. */
export interface GradientRefusal {
  readonly reason: string;
}

/** Whether the host is to find the parameters of a rule: it does not say what happens at samples or spikes. */
export function isTrainedByGradient({ handlers, kernels }: LearningRule): boolean {
  return kernels.length === 0 && handlers.every(({ event }) => event.kind === 'every');
}

/** The rule in the form that can be trained, or why it has none. */
export function gradientRuleOf({ rule, condition }: MappedLearning): GradientRule | GradientRefusal {
  if (condition) return refuse(rule, 'is for some of the synapses only');
  if (!isTrainedByGradient(rule)) return refuse(rule, 'says what happens at spikes or samples');
  if (rule.traces.length === 0 && rule.handlers.length === 0) {
    return rule.transmitted ? refuse(rule, 'transmits something else than its weight') : { rule };
  }
  const fast = fastPartOf(rule);
  return 'reason' in fast ? fast : { rule, fast };
}

function fastPartOf(rule: LearningRule): FastPart | GradientRefusal {
  const [trace] = rule.traces;
  if (!trace || rule.traces.length > 1 || trace.per !== 'synapse') return refuse(rule, 'has not one trace per synapse');
  if (trace.rate) return refuse(rule, `moves \`${trace.name}\` between its steps`);
  const step = soleStepOf(rule);
  if (!step) return refuse(rule, 'has not exactly one `every`, without condition');
  const values = constantsOf(rule);
  if (!isZero(evaluateWith(trace.initial, values))) return refuse(rule, `begins with \`${trace.name}\` other than 0`);
  if (!isSum(rule, trace.name, values)) {
    return refuse(rule, `does not transmit \`${rule.weight.name} + ${trace.name}\``);
  }
  const norm = normOf(rule);
  if ('reason' in norm) return norm;
  const factors = factorsOf(rule, step.body, { trace: trace.name, values });
  return 'reason' in factors ? factors : { trace: trace.name, seconds: step.seconds, norm, ...factors };
}

/** The one `every` of a rule, with its interval. */
function soleStepOf({
  handlers,
}: LearningRule): { readonly body: Handler['body']; readonly seconds: number } | undefined {
  const [handler] = handlers;
  if (!handler || handlers.length > 1 || handler.condition || handler.event.kind !== 'every') return undefined;
  return { body: handler.body, seconds: handler.event.seconds };
}

function refuse({ name }: LearningRule, reason: string): GradientRefusal {
  return { reason: `rule \`${name}\` ${reason}` };
}

/** Everything whose value is known: shared parameters and what is derived from them. */
function constantsOf(rule: LearningRule): Map<string, Expression> {
  const values = new Map<string, Expression>(
    rule.parameters.filter(({ per }) => per === 'shared').map(({ name, value }) => [name, numeral(value)]),
  );
  for (const { name, value } of rule.derived) values.set(name, evaluateWith(value, values));
  return values;
}

const NOTHING = new Map<string, Expression>();

function slope(expression: Expression, name: string): Expression {
  return evaluateWith(differentiate(expression, name), NOTHING);
}

function isZero(expression: Expression): boolean {
  return expression.kind === 'number' && expression.value === 0;
}

function isOne(expression: Expression): boolean {
  return expression.kind === 'number' && expression.value === 1;
}

/** Whether what is transmitted is the sum of weight and trace. */
function isSum({ transmitted, weight }: LearningRule, trace: string, values: ReadonlyMap<string, Expression>): boolean {
  if (!transmitted) return false;
  const sum = evaluateWith(transmitted, values);
  const none = evaluateWith(sum, new Map([weight.name, trace].map((name) => [name, numeral(0)])));
  return isOne(slope(sum, weight.name)) && isOne(slope(sum, trace)) && isZero(none);
}

function normOf(rule: LearningRule): FastNorm | GradientRefusal {
  const lengthOf = (name: string): number =>
    rule.realization.settings.find((setting) => setting.name === name)?.value ?? 0;
  const [weights, inputs] = [lengthOf('weightLength'), lengthOf('inputLength')];
  if (weights > 0 && inputs > 0) return refuse(rule, 'scales inputs and weights at once');
  if (weights > 0) return { of: 'weights', length: weights };
  return inputs > 0 ? { of: 'inputs', length: inputs } : { of: 'nothing', length: 0 };
}

interface Step {
  readonly trace: string;
  readonly values: ReadonlyMap<string, Expression>;
}

type Factors = Pick<FastPart, 'decay' | 'gain'>;

/** The factors of a step that is linear in the trace and in the product of both values. */
function factorsOf(rule: LearningRule, body: Handler['body'], { trace, values }: Step): Factors | GradientRefusal {
  const after = runStatements(body, new Map([...values, [trace, reference(trace)]]));
  const next = after.get(trace) ?? reference(trace);
  if (after.has(rule.weight.name)) return refuse(rule, `changes \`${rule.weight.name}\` at intervals`);
  const moving = [trace, 'pre.value', 'post.value'];
  const without = (...names: readonly string[]): Expression =>
    evaluateWith(next, new Map(names.map((name) => [name, numeral(0)])));
  const product = slope(slope(next, 'pre.value'), 'post.value');
  const terms = { decay: slope(next, trace), gain: product };
  const isLinear =
    [terms.decay, terms.gain].every((term) => moving.every((name) => !referencesOf(term).has(name))) &&
    isZero(without(trace, 'pre.value')) &&
    isZero(without(trace, 'post.value'));
  if (!isLinear) return refuse(rule, `does not move \`${trace}\` to \`A * ${trace} + B * pre.value * post.value\``);
  const decay = factorOf(rule, terms.decay);
  if ('reason' in decay) return decay;
  const gain = factorOf(rule, terms.gain);
  return 'reason' in gain ? gain : { decay, gain };
}

/** A number, or a number times one parameter per synapse or per neuron behind. */
function factorOf(rule: LearningRule, term: Expression): FastFactor | GradientRefusal {
  const names = [...referencesOf(term)];
  if (term.kind === 'number') return { scale: term.value };
  const [name = ''] = names;
  const parameter = rule.parameters.find((one) => one.name === name && (one.per === 'synapse' || one.per === 'post'));
  const scale = slope(term, name);
  const offset = evaluateWith(term, new Map([[name, numeral(0)]]));
  if (names.length > 1 || !parameter || scale.kind !== 'number' || !isZero(offset)) {
    return refuse(
      rule,
      'has a factor that is neither a number nor a number times one parameter per synapse or per post',
    );
  }
  return { scale: scale.value, parameter };
}
