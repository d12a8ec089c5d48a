/** `rule` declarations: learning rules and short-term plasticity. */
import { EVOLVE, INVARIANT, LET, MODULATOR, provenance, SETTINGS, STATEMENTS } from './shared.js';
import { chooses, declares, declaresInside } from './name-role.js';
import {
  block,
  bodyBlock,
  clause,
  clauseSet,
  enumeration,
  expression,
  inlineBlock,
  list,
  mark,
  name,
  optional,
  range,
  text,
  unit,
  word,
  type NodeOf,
} from './shape.js';

export const RULE_PARAMETER = clause(
  'rule-parameter',
  'A number of the rule: shared by all synapses, or one for each synapse or neuron.',
  word('param'),
  name('name', declares('parameter')),
  optional(mark(':'), unit('unit')),
  optional(word('per'), enumeration('per', ['synapse', 'pre', 'post'])),
  mark('='),
  expression('value'),
  optional(word('in'), range('range')),
  provenance,
);
export const WEIGHT = clause(
  'weight',
  'The quantity that the rule learns.',
  word('weight'),
  name('name', declares('weight')),
  mark(':'),
  unit('unit'),
  optional(word('in'), range('range')),
);
export const TRACE = clause(
  'trace',
  'A state variable of the rule, for each synapse or for the neuron before or behind it.',
  word('trace'),
  name('name', declares('trace')),
  mark(':'),
  unit('unit'),
  word('per'),
  enumeration('per', ['synapse', 'pre', 'post']),
  optional(mark('='), expression('initial')),
);
export const KERNEL = clause(
  'kernel',
  'The weight change of a pair of spikes as a function of their distance in time, post minus pre.',
  word('kernel'),
  name('name', declares('kernel')),
  mark('('),
  list('parameters', 'name', declaresInside('argument')),
  mark(')'),
  mark('='),
  expression('value'),
);
/** The events that every rule sees; a modulator of the rule is one, too. */
export const EVENTS = ['pre', 'post', 'sample'] as const;

export const ON_EVENT = clause(
  'on-event',
  'What happens at a spike of the neuron before (pre) or behind (post), at a sample, or when a modulator arrives.',
  word('on'),
  name('event', chooses(EVENTS)),
  optional(word('when'), expression('condition')),
  bodyBlock('body', () => STATEMENTS),
);
export const EVERY = clause(
  'every',
  'What happens again and again at a fixed interval.',
  word('every'),
  expression('period'),
  optional(word('when'), expression('condition')),
  bodyBlock('body', () => STATEMENTS),
);
export const TRANSMIT = clause(
  'transmit',
  'What the synapse passes on in place of its weight: short-term plasticity.',
  word('transmit'),
  mark('='),
  expression('value'),
);
export const REALIZE = clause(
  'realize',
  'How hardware carries out the rule.',
  word('realize'),
  name('method'),
  optional(inlineBlock('settings', () => SETTINGS)),
);

export const RULE_CLAUSES = clauseSet('rule clause', [
  RULE_PARAMETER,
  WEIGHT,
  TRACE,
  MODULATOR,
  LET,
  KERNEL,
  EVOLVE,
  ON_EVENT,
  EVERY,
  TRANSMIT,
  REALIZE,
  INVARIANT,
]);

export const RULE = clause(
  'rule',
  'A learning rule as equations with events.',
  word('rule'),
  name('name', declares('rule')),
  optional(text('summary')),
  block('body', () => RULE_CLAUSES),
);

export type RuleParameterClause = NodeOf<typeof RULE_PARAMETER>;
export type WeightClause = NodeOf<typeof WEIGHT>;
export type TraceClause = NodeOf<typeof TRACE>;
export type KernelClause = NodeOf<typeof KERNEL>;
export type OnEventClause = NodeOf<typeof ON_EVENT>;
export type EveryClause = NodeOf<typeof EVERY>;
export type TransmitClause = NodeOf<typeof TRANSMIT>;
export type RealizeClause = NodeOf<typeof REALIZE>;
export type RuleItem = NodeOf<typeof RULE>;
export type RuleClause = RuleItem['body']['clauses'][number];
