/** What there is to say about NIR files; a file is binary, so that nodes are named in place of lines. */
import { defineCatalogue, entry } from '../core/diagnostic.js';
import { REPAIR_ENTRIES } from './catalogue-repairs.js';

interface Place {
  readonly file: string;
  /** Names of the graphs and the node, `lif1/lif`. */
  readonly node: string;
}

const suggestion = (nearest: string | undefined): string | undefined =>
  nearest === undefined ? undefined : `did you mean \`${nearest}\`?`;

/** Diagnostics `nir/…`. */
export const NIR_CATALOGUE = defineCatalogue('nir', {
  'unreadable-file': entry<{ file: string; reason: string }>({
    severity: 'error',
    message: ({ file, reason }) => `\`${file}\` cannot be read as HDF5: ${reason}`,
    explain:
      'A NIR graph is an HDF5 file. This one is damaged, no HDF5 file, or larger than what is read: at most 100,000 groups and datasets, 32 deep, with 256 MiB of numbers. Write it again, or compare it with its original.',
  }),
  'not-a-graph': entry<{ file: string; reason: string }>({
    severity: 'error',
    message: ({ file, reason }) => `\`${file}\` holds no NIR graph: ${reason}`,
    explain:
      'A NIR file has a group `node` of type `NIRGraph` with groups `nodes` and a list `edges` of pairs of their names. Files of recorded data (`NIRGraphData`) and other HDF5 files have not.',
  }),
  'malformed-node': entry<Place & { reason: string }>({
    severity: 'error',
    message: ({ file, node, reason }) => `node \`${node}\` of \`${file}\`: ${reason}`,
    explain:
      'A node lacks a field of its type, or the field holds something else than its type says: another rank, strings for numbers, numbers that are not finite, time constants that are not positive. `docs/nir.md` lists the fields of every type.',
  }),
  'unknown-type': entry<Place & { type: string; nearest: string | undefined }>({
    severity: 'error',
    message: ({ file, node, type }) => `node \`${node}\` of \`${file}\` has the unknown type \`${type}\``,
    help: ({ nearest }) => suggestion(nearest),
    explain:
      'Node types are those of NIR 1.0, in the same spelling. Nothing is known about what a node of another type computes, so the network cannot be imported without it.',
  }),
  'unknown-field': entry<Place & { field: string; nearest: string | undefined }>({
    severity: 'warning',
    message: ({ file, node, field }) =>
      `node \`${node}\` of \`${file}\` has a field \`${field}\` that means nothing here`,
    help: ({ nearest }) => suggestion(nearest),
    explain:
      'A field that the type of the node does not have is left out. Things that belong to a framework go into the group `metadata`.',
  }),
  'dangling-edge': entry<{ file: string; from: string; to: string; end: string }>({
    severity: 'error',
    message: ({ file, from, to, end }) =>
      `the edge from \`${from}\` to \`${to}\` of \`${file}\` names no node: there is no \`${end}\``,
    explain:
      'Every end of an edge is the name of a node of the same graph. Where a node was renamed and exactly one node without edges is left for it, or one with nearly the same name, the import repairs it; here there are none or several.',
  }),
  'shape-mismatch': entry<{ file: string; from: string; to: string; found: string; expected: string }>({
    severity: 'error',
    message: ({ file, from, to, found, expected }) =>
      `\`${from}\` of \`${file}\` makes ${found}, and \`${to}\` takes ${expected}`,
    explain:
      'The signal along an edge has one shape. Sizes of one (unit axes) are added and dropped by a repair; other shapes are not guessed.',
  }),
  'no-shape': entry<Place>({
    severity: 'error',
    message: ({ file, node }) => `the shape of what \`${node}\` of \`${file}\` takes is nowhere said`,
    explain:
      'Shapes follow from `Input` nodes, weights and parameters of neurons. Nothing of these leads to this node: it is connected to no input, or stands in a loop of nodes without a shape of their own.',
  }),
  unsayable: entry<Place & { type: string; reason: string }>({
    severity: 'error',
    message: ({ file, node, type, reason }) =>
      `the language cannot say node \`${node}\` of \`${file}\`, a \`${type}\`: ${reason}`,
    explain:
      'The node is understood, and no population or projection of the language computes the same. `docs/nir.md` says what becomes of each node type. Replace the node in the framework that made the file, or write that part of the network by hand.',
  }),
  'refused-repair': entry<Place & { repair: string; text: string }>({
    severity: 'error',
    message: ({ file, node, text }) => `node \`${node}\` of \`${file}\` breaks a rule of NIR: ${text}`,
    help: ({ repair }) => `allow the repair \`${repair}\`, or mend the file`,
    explain:
      '`--strict` and `--no-repair` let files through only as they are. This one needs a repair that was refused; without the option it is made, and listed.',
  }),
  'unclear-time': entry<{ file: string; reason: string }>({
    severity: 'error',
    message: ({ file, reason }) => `the unit of time of \`${file}\` is not clear: ${reason}`,
    help: () => 'give `--time-unit s`, `ms` or `steps`',
    explain:
      'NIR files say nothing about the unit of their time constants: seconds, milliseconds and time steps all occur. The import infers it from their sizes and from how gains follow from them, and says why; where these contradict one another it asks.',
  }),
  unexportable: entry<{ what: string; reason: string }>({
    severity: 'error',
    message: ({ what, reason }) => `NIR cannot say ${what}: ${reason}`,
    explain:
      'NIR has spiking and leaky neurons, matrices, convolutions, pooling and delays. It has no learning, no devices, no activation functions of rate networks. Devices and rules are left out with what they are, conductances become the weights that they stand for; what a network computes must not change, so everything else is refused.',
  }),
  'no-network': entry<{ file: string; known: readonly string[]; name: string | undefined }>({
    severity: 'error',
    message: ({ file, known, name }) =>
      name === undefined
        ? `\`${file}\` declares ${known.length === 0 ? 'no network' : `several networks: ${list(known)}`}`
        : `\`${file}\` declares no network \`${name}\`; it has ${list(known)}`,
    help: ({ known }) => (known.length === 0 ? undefined : 'choose one with `--network`'),
    explain: '`ionloom export nir` writes one network. Where the file declares several, `--network` names it.',
  }),
  'left-out': entry<{ projection: string; what: string }>({
    severity: 'warning',
    message: ({ projection, what }) => `\`${projection}\` is exported without ${what}`,
    explain:
      'NIR says what a network computes, not how hardware holds or changes it. Devices, encodings and learning rules are left out of the graph; the names of device and rules are kept in the metadata of its node.',
  }),
  ...REPAIR_ENTRIES,
});

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `\`${name}\``).join(', ');
}
