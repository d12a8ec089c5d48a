/** Every rule that files break has a repair with a name, which can be refused; what is not understood is told. */
import { describe, expect, it } from 'vitest';
import { hdf5Group, hdf5Text, type Hdf5Group, type Hdf5Item } from '../../../src/data/hdf5-tree.js';
import { REPAIR_CODES, REPAIR_NAMES, type RepairName } from '../../../src/nir/repairs.js';
import {
  chain,
  file,
  graph,
  importTree,
  input,
  lif,
  node,
  numbers,
  output,
  size,
  sizes,
} from '../../support/nir-trees.js';

const linear = (rows: number, columns: number): Hdf5Group =>
  node('Linear', {
    weight: numbers(
      Array.from({ length: rows * columns }, (_, index) => index),
      [columns, rows],
    ),
  });
const conv = (fields: Readonly<Record<string, Hdf5Item>> = {}): Hdf5Group =>
  node('Conv2d', {
    weight: numbers(Array<number>(9).fill(0.5), [1, 1, 3, 3]),
    bias: numbers([0]),
    ...{ stride: sizes(1, 1), padding: sizes(0, 0), dilation: sizes(1, 1), groups: size(1) },
    ...fields,
  });
const without = (group: Hdf5Group, ...names: readonly string[]): Hdf5Group => ({
  kind: 'group',
  items: new Map([...group.items].filter(([name]) => !names.includes(name))),
});
const ones = (count: number): Hdf5Item => numbers(Array<number>(count).fill(1));
const cuba = (count: number): Hdf5Group =>
  node('CubaLIF', {
    ...{ tau_syn: numbers(Array<number>(count).fill(0.01)), tau_mem: numbers(Array<number>(count).fill(0.02)) },
    ...{ r: ones(count), v_leak: numbers([0, 0]), v_threshold: ones(count), v_reset: numbers([0, 0]) },
  });

/** A file that breaks one rule, and a part of the text that it becomes. */
const BROKEN: Readonly<Record<RepairName, readonly [Hdf5Group, string]>> = {
  'dangling-edge': [
    graph({ a: input(2), lif1: lif(2), z: output(2) }, [['a', 'lif'], ['lif', 'z']]), // prettier-ignore
    'a_lif1 : a -> lif1 one-to-one',
  ],
  'duplicate-edge': [
    graph({ a: input(2), b: lif(2), z: output(2) }, [['a', 'b'], ['a', 'b'], ['b', 'z']]), // prettier-ignore
    'a_b : a -> b one-to-one',
  ],
  'missing-reset': [chain({ a: input(2), b: without(lif(2), 'v_reset'), z: output(2) }), 'b : lif[2]'],
  'missing-input-weight': [chain({ a: input(2), b: cuba(2), z: output(2) }), 'b : cubaLif[2]'],
  'shared-parameter': [chain({ a: input(2), b: lif(2, { tau: numbers([0.03], []) }), z: output(2) }), 'tau = 30 ms'],
  'unit-axes': [chain({ a: input(1, 2), b: lif(2), z: output(2) }), 'a : spikes[1, 2]'],
  'input-shape': [
    chain({ a: input(1, 5, 5), c: conv({ input_shape: sizes(4, 4) }), b: node('IF', { r: numbers(Array<number>(9).fill(1), [1, 3, 3]), v_threshold: numbers(Array<number>(9).fill(1), [1, 3, 3]), v_reset: numbers(Array<number>(9).fill(0), [1, 3, 3]) }), z: output(1, 3, 3) }), // prettier-ignore
    'a -> b convolution 3 x 3',
  ],
  'flatten-batch': [
    chain({ a: input(2, 2, 2), f: node('Flatten', { start_dim: size(1), end_dim: size(-1) }), w: linear(8, 2), b: lif(2), z: output(2) }), // prettier-ignore
    'w : a -> b all-to-all',
  ],
  'missing-input': [chain({ b: lif(2), z: output(2) }), 'input_b : spikes[2]'],
  'missing-output': [chain({ a: input(2), b: lif(2) }), 'b : lif[2]'],
};

describe.each(REPAIR_NAMES)('repair %s', (name) => {
  const [root, text] = BROKEN[name];

  it('is made and told', () => {
    const { network, codes } = importTree(file(root));
    expect(network?.repairs.map(({ repair }) => repair)).toEqual([name]);
    expect(codes).toEqual([`nir/${REPAIR_CODES[name]}`]);
    expect(network?.text).toContain(text);
  });

  it('can be refused', () => {
    const { network, codes } = importTree(file(root), { refused: [name] });
    expect(network).toBeUndefined();
    expect(codes).toContain('nir/refused-repair');
  });
});

it('names the diagnostics of repairs', () => {
  const codes = [
    'nir/repair-dangling-edge',
    'nir/repair-duplicate-edge',
    'nir/repair-missing-reset',
    'nir/repair-missing-input-weight',
    'nir/repair-shared-parameter',
    'nir/repair-unit-axes',
    'nir/repair-input-shape',
    'nir/repair-flatten-batch',
    'nir/repair-missing-input',
    'nir/repair-missing-output',
  ];
  expect(REPAIR_NAMES.map((name) => `nir/${REPAIR_CODES[name]}`)).toEqual(codes);
});

describe('what is not understood', () => {
  const broken = (fields: Readonly<Record<string, Hdf5Item>>): Hdf5Group =>
    chain({ a: input(2), b: lif(2, fields), z: output(2) });
  const text = (value: string): Hdf5Item => ({ kind: 'text', shape: [], values: [value] });

  it.each<readonly [string, string, Hdf5Group]>([
    ['nir/not-a-graph', 'has no group `node`', hdf5Group({})],
    ['nir/not-a-graph', 'recorded data', hdf5Group({ nodes: hdf5Group({}) })],
    ['nir/not-a-graph', 'of type `LIF`', file(lif(1))],
    ['nir/malformed-node', 'a group `nodes`', file(hdf5Group({ type: hdf5Text('NIRGraph') }))],
    ['nir/malformed-node', 'it has no `tau`', file(chain({ a: input(2), b: without(lif(2), 'tau'), z: output(2) }))],
    ['nir/malformed-node', '`r` is no array of numbers', file(broken({ r: text('x') }))],
    ['nir/malformed-node', '`r` cannot be read', file(broken({ r: { kind: 'unread', reason: 'it is empty' } }))],
    ['nir/malformed-node', '`r` holds numbers that are not finite', file(broken({ r: numbers([1, NaN]) }))],
    ['nir/malformed-node', '`tau` holds time constants that are not positive', file(broken({ tau: numbers([0, 1]) }))],
    ['nir/malformed-node', '`r` has the shape (3,) where (2,) is expected', file(broken({ r: ones(3), tau: ones(3) }))],
    [
      'nir/malformed-node',
      '`weight` has 1 axes',
      file(chain({ a: input(2), w: node('Linear', { weight: ones(2) }), z: output(2) })),
    ],
    ['nir/malformed-node', 'pairs are expected', file(hdf5Group({ type: hdf5Text('NIRGraph'), nodes: hdf5Group({}), edges: { kind: 'text', shape: [3], values: ['a', 'b', 'c'] } }))], // prettier-ignore
    [
      'nir/malformed-node',
      'is larger than what arrives',
      file(chain({ a: input(1, 2, 2), c: conv(), z: output(1, 1, 1) })),
    ],
    ['nir/unknown-type', 'the unknown type `LIFF`', file(chain({ a: input(2), b: node('LIFF'), z: output(2) }))],
    ['nir/dangling-edge', 'there is no `far`', file(graph({ a: input(2), b: lif(2), z: output(2) }, [['a', 'far']]))],
    [
      'nir/shape-mismatch',
      '`a` of `net.nir` makes (3,), and `b` takes (2,)',
      file(chain({ a: input(3), b: lif(2), z: output(2) })),
    ],
    ['nir/no-shape', 'nowhere said', file(graph({ a: input(2), b: conv(), c: conv(), z: output(2) }, [['b', 'c'], ['c', 'b'], ['a', 'z']]))], // prettier-ignore
    ['nir/unsayable', 'different delays', file(chain({ a: input(20), d: node('Delay', { delay: numbers(Array.from({ length: 20 }, (_, index) => index / 100)) }), b: lif(20), z: output(20) }))], // prettier-ignore
    ['nir/unclear-time', 'seconds as well as milliseconds', file(broken({ tau: numbers([0.5, 0.6]) }))],
  ])('%s: %s', (code, words, root) => {
    const { network, codes, messages } = importTree(root);
    expect(network).toBeUndefined();
    expect(codes).toContain(code);
    expect(messages.join('\n')).toContain(words);
  });

  it('leaves out fields that mean nothing, and says so', () => {
    const { network, codes, messages } = importTree(file(broken({ v_treshold: ones(2) })));
    expect(network).toBeDefined();
    expect(codes).toEqual(['nir/unknown-field']);
    expect(messages[0]).toContain('`v_treshold`');
  });
});

describe('the unit of time', () => {
  const times = (tau: readonly number[], fields: Readonly<Record<string, Hdf5Item>> = {}): Hdf5Group =>
    file(chain({ a: input(2), b: lif(2, { tau: numbers(tau), ...fields }), z: output(2) }));

  it.each<readonly [string, readonly number[], string, number]>([
    ['seconds', [0.01, 0.02], 's', 1],
    ['milliseconds', [10, 20], 'ms', 1e-3],
    ['steps, from decays of 0.9 and 0.95', [-1 / Math.log(0.9), -1 / Math.log(0.95)], 'steps', 1e-3],
  ])('is inferred: %s', (_, tau, unit, seconds) => {
    const { network } = importTree(times(tau));
    expect(network?.time).toMatchObject({ unit, seconds });
    expect(network?.time.reasons[0]).toMatch(/^the unit of time is a .*: time constants are/);
  });

  it('is what the user says', () => {
    const { network } = importTree(times([10, 20]), { time: { unit: 'steps', dt: 1e-4 } });
    expect(network?.text).toContain('tau from "net-b-tau.csv"');
    expect(network?.tables[0]?.text).toBe('0.001\n0.002\n');
    expect(network?.time.reasons).toEqual([
      'the unit of time is a time step: `--time-unit` says so',
      'a step lasts 100 µs: `--dt` says so',
    ]);
  });

  it('tells the step that all gains follow from', () => {
    const gains = {
      tau_syn: numbers([4e-4, 4e-4]),
      tau_mem: numbers([1e-3, 1e-3]),
      r: numbers([10, 10]),
      w_in: numbers([4, 4]),
    };
    const root = file(chain({ a: input(2), b: { ...cuba(2), items: new Map([...cuba(2).items, ...Object.entries(gains)]) }, z: output(2) })); // prettier-ignore
    expect(importTree(root).network?.time).toMatchObject({ unit: 's', dt: 1e-4 });
  });
});
