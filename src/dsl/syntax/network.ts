/** `network` and `module` declarations. */
import type { Block, ClauseBase, Identifier, RangeNode } from './nodes.js';
import { ENDPOINT, INVARIANT, LET, neuronSettings, PARAMETER, settings } from './shared.js';
import { declares, declaresInside, refersTo } from './name-role.js';
import {
  block,
  bodyBlock,
  call,
  choice,
  clause,
  clauseSet,
  enumeration,
  expression,
  extent,
  flag,
  list,
  mark,
  name,
  node,
  optional,
  range,
  shape,
  text,
  word,
  type ClausesOf,
  type NodeOf,
  type Shape,
} from './shape.js';

/** `[16, 20, 20]`. */
const sizes = [mark('['), list('shape', 'expression'), mark(']')] as const;

export const POPULATION = clause(
  'population',
  'Neurons or inputs of one kind; a shape of several numbers is a grid.',
  word('population'),
  name('name', declares('population')),
  mark(':'),
  name('model'),
  optional(...sizes),
  neuronSettings,
);
export const INPUT = clause(
  'input',
  'A port through which a module is driven.',
  word('input'),
  name('name', declares('input')),
  mark(':'),
  name('model'),
  optional(...sizes),
);
export const OUTPUT = clause(
  'output',
  'A port through which a module shows a population of its own.',
  word('output'),
  name('name', declares('output')),
  mark('='),
  node('source', () => ENDPOINT),
);

// Connectivity

export const ALL_TO_ALL = shape('all-to-all', 'Every neuron before with every one behind.', word('all-to-all'));
export const ONE_TO_ONE = shape('one-to-one', 'Neurons of the same index.', word('one-to-one'));
export const DENSE = shape('dense', 'All to all, and a bias weight for every neuron behind.', word('dense'));
export const WHERE = shape(
  'where',
  'The pairs for which a condition on indices or positions holds.',
  word('where'),
  expression('condition'),
);
export const PROBABILITY = shape(
  'probability',
  'Every pair with the same probability, drawn from a seed.',
  word('probability'),
  expression('probability'),
  word('seed'),
  expression('seed'),
);
export const IN_DEGREE = shape(
  'in-degree',
  'The same number of inputs for every neuron behind, drawn from a seed.',
  word('in-degree'),
  expression('degree'),
  word('seed'),
  expression('seed'),
);
export const PAIRS_FILE = shape(
  'pairs-file',
  'The pairs that a file lists, one `pre,post` a line.',
  word('from'),
  text('file'),
);
export const CONVOLUTION = shape(
  'convolution',
  'A window of shared weights that moves over a grid.',
  word('convolution'),
  expression('rows'),
  word('x'),
  expression('columns'),
  optional(word('stride'), expression('stride')),
  optional(word('padding'), expression('padding')),
);
export const POOLING = shape(
  'pooling',
  'One value for each window of a grid; it has no weights.',
  word('pool'),
  enumeration('operation', ['max', 'average']),
  expression('rows'),
  word('x'),
  expression('columns'),
  optional(word('stride'), expression('stride')),
);

export const CONNECTIVITY = [
  ALL_TO_ALL,
  ONE_TO_ONE,
  DENSE,
  WHERE,
  PROBABILITY,
  IN_DEGREE,
  PAIRS_FILE,
  CONVOLUTION,
  POOLING,
] as const;

// Clauses of projections

export const LEARN = clause(
  'learn',
  'The rule that changes the weights, for all synapses or for those of a condition.',
  word('learn'),
  name('rule', refersTo('rule')),
  optional(word('when'), expression('condition')),
  settings,
);
export const CONSTANT_WEIGHTS = shape(
  'constant',
  'The same value, or one that depends on the indices.',
  mark('='),
  expression('value'),
);
export const DRAWN_WEIGHTS = shape(
  'drawn',
  'Drawn from a distribution.',
  mark('~'),
  call('distribution'),
  optional(word('seed'), expression('seed')),
);
export const FILE_WEIGHTS = shape(
  'file',
  'Read from a file; `nir` names a node of an NIR graph.',
  word('from'),
  flag('isNir', 'nir'),
  text('file'),
  optional(word('at'), text('node')),
);
export const WEIGHTS = clause(
  'weights',
  'Where the weights start.',
  word('weights'),
  choice('source', [CONSTANT_WEIGHTS, DRAWN_WEIGHTS, FILE_WEIGHTS]),
);
export const DELAY = clause('delay', 'The time from a spike to its effect.', word('delay'), expression('duration'));
export const ENCODE = clause(
  'encode',
  'How a weight lies in cells: in one, or as the difference of two; `unrolled`, every place of a window has cells of its own.',
  word('encode'),
  enumeration('scheme', ['single', 'differential']),
  optional(word('window'), extent('window')),
  optional(word('scale'), expression('scale')),
  flag('isUnrolled', 'unrolled'),
);
export const MODULATE = clause(
  'modulate',
  'Sets a modulator.',
  word('modulate'),
  name('modulator', refersTo('modulator')),
  mark('='),
  expression('value'),
);

export const PROJECTION_CLAUSES = clauseSet('projection clause', [LEARN, WEIGHTS, DELAY, ENCODE, MODULATE]);

export const PROJECTION = clause(
  'projection',
  'Synapses from one population to another, or back to itself.',
  word('projection'),
  optional(name('name', declares('projection')), mark(':')),
  node('from', () => ENDPOINT),
  mark('->'),
  node('to', () => ENDPOINT),
  choice('connectivity', CONNECTIVITY),
  optional(word('on'), name('device', refersTo('device'))),
  optional(bodyBlock('body', () => PROJECTION_CLAUSES)),
);

// Structure

export const USE = clause(
  'use',
  'A module inside this network, or an array of them.',
  word('use'),
  name('module', refersTo('module')),
  optional(mark('['), expression('count'), mark(']')),
  word('as'),
  name('name', declares('instance')),
  settings,
);
export const CONNECT = clause(
  'connect',
  'Drives an input of a module.',
  word('connect'),
  node('from', () => ENDPOINT),
  mark('->'),
  node('to', () => ENDPOINT),
);

/** Comprehensions nest, so their type is written out. */
export interface ForClause extends ClauseBase {
  readonly kind: 'for';
  readonly index: Identifier;
  readonly range: RangeNode;
  readonly body: Block<RegularClause>;
}

export const FOR: Shape<ForClause> = clause(
  'for',
  'Regular structure: its clauses once for each index, both ends included.',
  word('for'),
  name('index', declaresInside('index')),
  word('in'),
  range('range'),
  bodyBlock('body', (): ClausesOf<RegularClause> => REGULAR_CLAUSES),
);

export type RegularClause = NodeOf<typeof PROJECTION> | NodeOf<typeof CONNECT> | ForClause;

export const REGULAR_CLAUSES: ClausesOf<RegularClause> = clauseSet('loop clause', [PROJECTION, CONNECT, FOR]);

export const NETWORK_CLAUSES = clauseSet('network clause', [
  PARAMETER,
  LET,
  POPULATION,
  PROJECTION,
  USE,
  CONNECT,
  FOR,
  INVARIANT,
]);

export const NETWORK = clause(
  'network',
  'Populations and the projections between them.',
  word('network'),
  name('name', declares('network')),
  optional(text('summary')),
  block('body', () => NETWORK_CLAUSES),
);

export const MODULE_CLAUSES = clauseSet('module clause', [INPUT, OUTPUT, ...NETWORK_CLAUSES.shapes] as const);

export const MODULE = clause(
  'module',
  'A network with ports and parameters, for use in others.',
  word('module'),
  name('name', declares('module')),
  optional(text('summary')),
  block('body', (): ClausesOf<NetworkClause | InputClause | OutputClause> => MODULE_CLAUSES),
);

export type PopulationClause = NodeOf<typeof POPULATION>;
export type InputClause = NodeOf<typeof INPUT>;
export type OutputClause = NodeOf<typeof OUTPUT>;
export type ProjectionClause = NodeOf<typeof PROJECTION>;
export type ConnectivityNode = ProjectionClause['connectivity'];
export type LearnClause = NodeOf<typeof LEARN>;
export type WeightsClause = NodeOf<typeof WEIGHTS>;
export type DelayClause = NodeOf<typeof DELAY>;
export type EncodeClause = NodeOf<typeof ENCODE>;
export type ModulateClause = NodeOf<typeof MODULATE>;
export type ProjectionPart = LearnClause | WeightsClause | DelayClause | EncodeClause | ModulateClause;
export type UseClause = NodeOf<typeof USE>;
export type ConnectClause = NodeOf<typeof CONNECT>;
export type NetworkItem = NodeOf<typeof NETWORK>;
export type NetworkClause = NetworkItem['body']['clauses'][number];
export type ModuleItem = NodeOf<typeof MODULE>;
export type ModuleClause = ModuleItem['body']['clauses'][number];
