/** Diagnostics of networks: shapes, places, connections, learning and modules. */
import { entry } from '../../core/diagnostic.js';

export const NETWORK_ENTRIES = {
  'population-too-large': entry<{ name: string; shape: string; limit: number }>({
    severity: 'error',
    message: ({ name, shape, limit }) => `\`${name}\` of ${shape} has more than ${limit} neurons`,
    explain: 'A population has at most 2^31 neurons. Divide it, or use an array of modules.',
  }),
  'index-missing': entry<{ name: string; count: number }>({
    severity: 'error',
    message: ({ name, count }) => `\`${name}\` is an array of ${count}: one of them must be chosen`,
    help: ({ name }) => `for example \`${name}[0]\``,
    explain: 'An array of modules is used one by one: the name is followed by a single index in brackets.',
  }),
  'index-unexpected': entry<{ name: string; what: string }>({
    severity: 'error',
    message: ({ name, what }) => `\`${name}\` is ${what} and takes no index`,
    explain: 'Only populations, ports and arrays of modules are indexed; a single module, used without `[…]`, is not.',
  }),
  'index-out-of-range': entry<{ name: string; found: string; count: number }>({
    severity: 'error',
    message: ({ name, found, count }) => `index of \`${name}\` is ${found}, expected an integer from 0 to ${count - 1}`,
    explain:
      'Indices count from 0. In loops, every value that the index takes must exist, for the first and the last round, too.',
  }),
  'index-unproven': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `cannot show that every index of \`${name}\` exists`,
    help: () => 'write the index as a sum of multiples of loop indices, for example `2 * i + 1`',
    explain:
      'An index that is a sum of multiples of loop indices is checked for loops of any length. ' +
      'Any other index is tried for every round, which is done for up to 4096 rounds only.',
  }),
  'size-mismatch': entry<{ what: string; from: string; to: string; reason: string }>({
    severity: 'error',
    message: ({ what, from, to, reason }) => `${what} cannot connect ${from} to ${to}: ${reason}`,
    explain:
      'One-to-one needs as many neurons before as behind. A convolution or a pooling maps a grid [rows, columns] or [channels, rows, columns] ' +
      'to one whose rows and columns are (size + 2 * padding - window) / stride + 1, rounded down; pooling keeps the channels.',
  }),
  'port-mismatch': entry<{ from: string; fromType: string; port: string; portType: string }>({
    severity: 'error',
    message: ({ from, fromType, port, portType }) => `\`${from}\` is ${fromType}, but \`${port}\` takes ${portType}`,
    explain:
      'A port takes spikes or values (`rates`) of a fixed shape, and what is connected to it must send the same.',
  }),
  'port-driven-twice': entry<{ port: string }>({
    severity: 'error',
    message: ({ port }) => `\`${port}\` is driven twice`,
    explain: 'One connection drives a port. To add up several sources, use projections to a population.',
  }),
  'undriven-port': entry<{ port: string; others: number }>({
    severity: 'warning',
    message: ({ port, others }) =>
      `nothing drives \`${port}\`${others === 0 ? '' : ` (and ${others} more of the same)`}`,
    help: () => 'connect a population or an output to it',
    explain: 'An input of a module that nothing drives stays silent, and what is behind it has nothing to do.',
  }),
  unconnected: entry<{ what: string; name: string }>({
    severity: 'warning',
    message: ({ what, name }) => `${what} \`${name}\` is never connected`,
    explain: 'No projection, connection or output refers to it, which is often a forgotten line.',
  }),
  'module-cycle': entry<{ chain: readonly string[] }>({
    severity: 'error',
    message: ({ chain }) => `modules contain each other: ${chain.join(' -> ')}`,
    explain: 'A module cannot be a part of itself, directly or through others: the network would be infinite.',
  }),
  'too-many-modules': entry<{ limit: number; what: string }>({
    severity: 'error',
    message: ({ limit, what }) => `more than ${limit} ${what}`,
    help: () => 'use an array of modules with the same settings',
    explain:
      'A module is elaborated once for each combination of settings, at most 1000 times in one network, and 64 modules may lie inside one another.',
  }),
  'parameter-spread': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `parameter \`${name}\` cannot have a spread here`,
    help: () => 'draw the weights with `weights ~ …`, or give the device the spread',
    explain:
      'Parameters of networks and modules decide on structure, so they are numbers. Devices and weights can vary.',
  }),
  'empty-loop': entry<{ low: number; high: number }>({
    severity: 'error',
    message: ({ low, high }) => `loop runs from ${low} to ${high}: the first must not be the larger one`,
    explain:
      'Both ends of a loop are included. A loop that never runs is written with an end one below its start, as happens in modules with a size of 1.',
  }),
  'pairs-file': entry<{ path: string; line: number; reason: string }>({
    severity: 'error',
    message: ({ path, line, reason }) => `cannot use \`${path}\`${line === 0 ? '' : `, line ${line}`}: ${reason}`,
    explain:
      'A file of connections has one pair `pre,post` a line: the indices of the neurons before and behind, counted from 0. `#` begins a comment.',
  }),
  'setting-file': entry<{ path: string; reason: string }>({
    severity: 'error',
    message: ({ path, reason }) => `cannot use \`${path}\` for a setting: ${reason}`,
    explain:
      'A setting of a population may come from a file with one number for each neuron, in SI units and in the order of the ' +
      'neurons: one a line, or several. `#` begins a comment. Neurons that follow an equation in time have such settings; ' +
      'paths are relative to the file that names them.',
  }),
  'nothing-to-unroll': entry({
    severity: 'error',
    message: () => 'only a convolution has a window that can be unrolled',
    explain:
      'The matrix of a convolution is that of its window, which is read once for every place on the grid. With `unrolled` ' +
      'every place has cells of its own, and one read goes through all of them. Other connectivity has one matrix.',
  }),
  'weights-file': entry<{ path: string; reason: string }>({
    severity: 'error',
    message: ({ path, reason }) => `cannot use weights of \`${path}\`: ${reason}`,
    explain:
      'Weights come from a CSV file with a row for each neuron before and a column for each behind (`dense`: and a last row of ' +
      'biases; `one-to-one`: one column), or with `from nir` from a node of an NIR graph. ' +
      'Paths are relative to the file that names them.',
  }),
  'no-weights': entry<{ clause: string; what: string }>({
    severity: 'error',
    message: ({ clause, what }) => `${what} has no weights, so \`${clause}\` means nothing`,
    explain:
      'Pooling takes the largest or the average value of a window. There is nothing to learn, to store in devices or to start from.',
  }),
  'rule-quantities': entry<{ rule: string; quantity: string; other: string; otherQuantity: string }>({
    severity: 'error',
    message: ({ rule, quantity, other, otherQuantity }) =>
      `\`${rule}\` learns ${quantity}, but \`${other}\` learns ${otherQuantity}`,
    explain: 'The rules of one projection change the same weights, so their weights have one dimension.',
  }),
  'unreachable-rule': entry<{ rule: string; reason: string }>({
    severity: 'error',
    message: ({ rule, reason }) => `\`${rule}\` is never used: ${reason}`,
    explain:
      'Every synapse learns by the first `learn` whose condition holds for it. This one comes behind one that holds wherever it does.',
  }),
  'weight-encoding': entry<{ reason: string; hint: string }>({
    severity: 'error',
    message: ({ reason }) => reason,
    help: ({ hint }) => hint,
    explain:
      'A device holds a conductance. A rule may change it directly (its weight in S, or Ohm for the resistance); ' +
      'plain numbers need `encode … scale`, the conductance of a weight of one. Without a device there is nothing to encode.',
  }),
  'missing-device': entry<{ clause: string }>({
    severity: 'error',
    message: ({ clause }) => `\`${clause}\` needs a device`,
    help: () => 'say `on` and a device behind the connectivity',
    explain: 'A projection without `on` has ideal synapses, which hold any number and have no modulators.',
  }),
};
