/** Constructs that several kinds of declaration share: origins of numbers, settings, statements of handlers. */
import type { Block, ClauseBase, ExpressionNode } from './nodes.js';
import { belongsTo, chooses, declares, declaresInside, refersTo } from './name-role.js';
import {
  bodyBlock,
  call,
  choice,
  clause,
  clauseSet,
  expression,
  extent,
  inlineBlock,
  list,
  mark,
  marks,
  name,
  node,
  nodes,
  optional,
  range,
  reference,
  shape,
  text,
  unit,
  word,
  type ClausesOf,
  type NodeOf,
  type Shape,
} from './shape.js';

/** How well a number can be founded, best first. */
export const CONFIDENCES = ['measured', 'secondary', 'derived', 'estimate'] as const;

export const PROVENANCE = shape(
  'provenance',
  'Where a number comes from and how well it is founded.',
  word('source'),
  text('source'),
  word('confidence'),
  name('confidence', chooses(CONFIDENCES)),
);
export type ProvenanceNode = NodeOf<typeof PROVENANCE>;

/** `source … confidence …`, which may be absent. */
export const provenance = optional(node('provenance', () => PROVENANCE));

// Settings

export const SETTING = clause(
  'setting',
  'Gives a value to a named property.',
  name('name', belongsTo('parameter')),
  mark('='),
  expression('value'),
);
export type SettingClause = NodeOf<typeof SETTING>;

export const SETTINGS = clauseSet('setting', [SETTING]);

/** `{ tau = 20 ms, threshold = 1 }`, which may be absent. */
export const settings = optional(inlineBlock('settings', () => SETTINGS));

export const SHARED_VALUE = shape('shared-value', 'The same for all neurons.', mark('='), expression('value'));
export const VALUE_TABLE = shape(
  'value-table',
  'One number for each neuron, read from a file.',
  word('from'),
  text('file'),
);
export type ValueTableNode = NodeOf<typeof VALUE_TABLE>;
export const NEURON_SETTING = clause(
  'neuron-setting',
  'Gives a value to a named property of all neurons, or one to each.',
  name('name', belongsTo('parameter')),
  choice('source', [SHARED_VALUE, VALUE_TABLE]),
);
export type NeuronSettingClause = NodeOf<typeof NEURON_SETTING>;

export const NEURON_SETTINGS = clauseSet('neuron setting', [NEURON_SETTING]);

/** `{ tau from "tau.csv", threshold = 1 }`, which may be absent. */
export const neuronSettings = optional(inlineBlock('settings', () => NEURON_SETTINGS));

// Parameters and named values

export const PARAMETER = clause(
  'parameter',
  'A number with a name, and optionally its unit, range, spread and origin.',
  word('param'),
  name('name', declares('parameter')),
  optional(mark(':'), unit('unit')),
  mark('='),
  expression('value'),
  optional(word('in'), range('range')),
  optional(mark('~'), call('distribution'), word('per'), name('per')),
  provenance,
);
export type ParameterClause = NodeOf<typeof PARAMETER>;

export const LET = clause(
  'let',
  'A named value, or a function where it has parameters.',
  word('let'),
  name('name', declares('value')),
  optional(mark('('), list('parameters', 'name', declaresInside('argument')), mark(')')),
  mark('='),
  expression('value'),
);
export type LetClause = NodeOf<typeof LET>;

export const MODULATOR = clause(
  'modulator',
  'A quantity that is set from outside while the system runs: a magnetic field, a temperature, a bias, a reward.',
  word('modulator'),
  name('name', declares('modulator')),
  mark(':'),
  unit('unit'),
  optional(word('in'), range('range')),
  mark('='),
  expression('initial'),
  provenance,
);
export type ModulatorClause = NodeOf<typeof MODULATOR>;

export const EVOLVE = clause(
  'evolve',
  'The time derivative of a state variable.',
  word('evolve'),
  name('state', refersTo('state', 'trace')),
  mark('='),
  expression('rate'),
);
export type EvolveClause = NodeOf<typeof EVOLVE>;

export const INVARIANT = clause(
  'invariant',
  'A condition that holds at every moment of a run.',
  word('invariant'),
  expression('condition'),
);
export type InvariantClause = NodeOf<typeof INVARIANT>;

// Statements

/** Statements nest, so their type is written out where inference would go in circles. */
export interface IfStatement extends ClauseBase {
  readonly kind: 'if';
  readonly condition: ExpressionNode;
  readonly whenTrue: Block<Statement>;
  readonly whenFalse?: Block<Statement>;
}

export const ASSIGN = clause(
  'assign',
  'Changes a state variable.',
  reference('target', refersTo('state', 'trace', 'weight')),
  marks('operator', ['=', '+=', '-=', '*=']),
  expression('value'),
);
export type AssignStatement = NodeOf<typeof ASSIGN>;

export const LOCAL = clause(
  'local',
  'A value with a name inside a handler.',
  word('let'),
  name('name', declares('local')),
  mark('='),
  expression('value'),
);
export type LocalStatement = NodeOf<typeof LOCAL>;

export type Statement = AssignStatement | LocalStatement | IfStatement;

export const IF: Shape<IfStatement> = clause(
  'if',
  'Statements that run only where a condition holds.',
  word('if'),
  expression('condition'),
  bodyBlock('whenTrue', (): ClausesOf<Statement> => STATEMENTS),
  optional(
    word('else'),
    bodyBlock('whenFalse', (): ClausesOf<Statement> => STATEMENTS),
  ),
);

export const STATEMENTS: ClausesOf<Statement> = clauseSet('statement', [ASSIGN, LOCAL, IF]);

// Files

export const FILE_INDEX = shape(
  'image',
  'A picture: a file, which image of it, and the unit of its numbers.',
  expression('file'),
  optional(word('at'), expression('index')),
  optional(word('in'), unit('unit')),
);
export type ImageNode = NodeOf<typeof FILE_INDEX>;

/** `"a.csv", "b.idx" at 3`. */
export const images = nodes('images', () => FILE_INDEX);

// Places in a network

export const STEP = shape(
  'step',
  'A name on the way to a place in a network, with an index where it is an array.',
  name('name', refersTo('population', 'input', 'output', 'instance')),
  optional(mark('['), extent('index'), mark(']')),
);

export const ENDPOINT = shape(
  'endpoint',
  'A population, a port, or a part of one.',
  nodes('path', () => STEP, '.'),
);
export type EndpointNode = NodeOf<typeof ENDPOINT>;
