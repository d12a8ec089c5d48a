/** The rules that files found in the wild break, and what is done about each. */

export const REPAIRS = {
  'dangling-edge': 'an edge names a node by a name it does not have any more: it leads to the renamed node',
  'duplicate-edge': 'an edge is listed twice: it counts once',
  'missing-reset': '`v_reset` is absent: the potential after a spike is 0',
  'missing-input-weight': '`w_in` is absent: it is 1',
  'shared-parameter': 'a parameter is one number for all neurons: it is repeated',
  'unit-axes': 'a shape has axes of size one that its neighbors have not: they are added or dropped',
  'input-shape': 'the input shape of a convolution is not what arrives: the arriving one counts',
  'flatten-batch': 'a `Flatten` counts its axes with one of batches: it flattens what arrives',
  'missing-input': 'a graph has no `Input` for a node without edges to it: one is added',
  'missing-output': 'a graph has no `Output` for a node without edges from it: one is added',
} as const;

export type RepairName = keyof typeof REPAIRS;

/** The code of the diagnostic that tells of each, behind `nir/`. */
export const REPAIR_CODES = {
  'dangling-edge': 'repair-dangling-edge',
  'duplicate-edge': 'repair-duplicate-edge',
  'missing-reset': 'repair-missing-reset',
  'missing-input-weight': 'repair-missing-input-weight',
  'shared-parameter': 'repair-shared-parameter',
  'unit-axes': 'repair-unit-axes',
  'input-shape': 'repair-input-shape',
  'flatten-batch': 'repair-flatten-batch',
  'missing-input': 'repair-missing-input',
  'missing-output': 'repair-missing-output',
} as const satisfies Readonly<Record<RepairName, `repair-${string}`>>;

export const REPAIR_NAMES = Object.keys(REPAIRS) as readonly RepairName[];

/** A repair that was made. */
export interface Repair {
  readonly repair: RepairName;
  /** Names of the graphs and the node. */
  readonly node: string;
  /** What was found and what became of it. */
  readonly text: string;
}

export function isRepairName(name: string): name is RepairName {
  return Object.hasOwn(REPAIRS, name);
}
