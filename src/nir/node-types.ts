/** The node types of NIR 1.0 with their fields, after the classes of the package `nir` (`nir/ir/*.py`, 1.0.8). */

/**
 * What a field holds: `neurons` one number a neuron, `weights` a tensor, `sizes` whole numbers (one or one an axis),
 * `count` one whole number, `padding` sizes or the words `same` and `valid`.
 */
export type FieldKind = 'neurons' | 'weights' | 'sizes' | 'count' | 'padding';

export interface FieldRule {
  readonly kind: FieldKind;
  /** Least and largest rank; any where absent. */
  readonly rank?: readonly [least: number, largest: number];
  readonly isOptional?: true;
  /** Must be above zero: a time constant. */
  readonly isPositive?: true;
  /** Scales with the unit of time of the file. */
  readonly isTime?: true;
}

const neurons: FieldRule = { kind: 'neurons' };
const tau: FieldRule = { kind: 'neurons', isPositive: true, isTime: true };
const optional: FieldRule = { kind: 'neurons', isOptional: true };
const matrix: FieldRule = { kind: 'weights', rank: [2, 32] };
const bias: FieldRule = { kind: 'neurons' };
const sizes: FieldRule = { kind: 'sizes', rank: [0, 1] };
const count: FieldRule = { kind: 'count' };

/** The parameters of one convolution but for its weights and its input. */
const WINDOW = { stride: sizes, padding: { kind: 'padding' }, dilation: sizes, groups: count, bias } as const;
const POOL = { kernel_size: sizes, stride: sizes, padding: sizes } as const;

/** Fields by node type, in the order in which they are written. */
export const NODE_TYPES = {
  Input: { shape: sizes },
  Output: { shape: sizes },
  Affine: { weight: matrix, bias },
  Linear: { weight: matrix },
  Scale: { scale: neurons },
  Conv1d: { input_shape: { ...sizes, isOptional: true }, weight: { kind: 'weights', rank: [3, 3] }, ...WINDOW },
  Conv2d: { input_shape: { ...sizes, isOptional: true }, weight: { kind: 'weights', rank: [4, 4] }, ...WINDOW },
  SumPool2d: POOL,
  AvgPool2d: POOL,
  Flatten: { start_dim: count, end_dim: count, input_type: { ...sizes, isOptional: true } },
  Delay: { delay: { kind: 'neurons', isTime: true } },
  Threshold: { threshold: neurons },
  I: { r: neurons },
  IF: { r: neurons, v_threshold: neurons, v_reset: optional },
  LI: { tau, r: neurons, v_leak: neurons },
  LIF: { tau, r: neurons, v_leak: neurons, v_threshold: neurons, v_reset: optional },
  CubaLI: { tau_syn: tau, tau_mem: tau, r: neurons, v_leak: neurons, w_in: optional },
  CubaLIF: {
    ...{ tau_syn: tau, tau_mem: tau, r: neurons, v_leak: neurons },
    ...{ v_threshold: neurons, v_reset: optional, w_in: optional },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, FieldRule>>>>;

export type NodeType = keyof typeof NODE_TYPES;

/** All node types but that of nested graphs. */
export const NODE_TYPE_NAMES = Object.keys(NODE_TYPES) as readonly NodeType[];

/** The fields of a type by name. */
export function fieldsOf(type: NodeType): Readonly<Record<string, FieldRule>> {
  return NODE_TYPES[type];
}

export function isNodeType(name: string): name is NodeType {
  return Object.hasOwn(NODE_TYPES, name);
}

/** Types with a state or a threshold of their own: they become populations. */
const NEURON_TYPES: ReadonlySet<NodeType> = new Set([
  'Threshold',
  'I',
  'IF',
  'LI',
  'LIF',
  'CubaLI',
  'CubaLIF',
] as const);

export function isNeuronType(type: NodeType): boolean {
  return NEURON_TYPES.has(type);
}
