/** Diagnostics of experiments on networks. */
import { entry } from '../../core/diagnostic.js';
import { formatCount } from '../../units/format-quantity.js';

export const STUDY_ENTRIES = {
  'clause-not-for': entry<{ clause: string; name: string; kind: 'program' | 'network' }>({
    severity: 'error',
    message: ({ clause, name, kind }) => `\`${clause}\` makes no sense here: \`${name}\` is a ${kind}`,
    explain:
      'An experiment runs a program or a network. Programs write pictures: they take `from`, `calibrate` and expectations of metrics. ' +
      'Networks are stimulated, trained and recorded. `seeds`, `without` and `expect` belong to both.',
  }),
  'no-place': entry<{ name: string; reason: string }>({
    severity: 'error',
    message: ({ name, reason }) => `\`${name}\` cannot stand here: ${reason}`,
    explain:
      'A stimulus needs a population that takes it: spikes can be sent to inputs and to spiking neurons, samples to inputs only. ' +
      'An array of modules needs an index, a population of one does not.',
  }),
  'pair-unjoined': entry<{ pre: string; post: string; isReversed: boolean }>({
    severity: 'warning',
    message: ({ pre, post }) =>
      `no projection leads from \`${pre}\` to \`${post}\`: pairs of their spikes change nothing`,
    help: ({ pre, post, isReversed }) =>
      isReversed ? `one leads from \`${post}\` to \`${pre}\`: write \`pair ${post} with ${pre}\`` : undefined,
    explain:
      '`pair a with b` makes neurons of `a` and `b` fire at given times of one another, for the synapses between them. ' +
      'The population that is named first stands before the synapses, the other one behind them.',
  }),
  'sample-target': entry<{ clause: string; inputs: readonly string[] }>({
    severity: 'error',
    message: ({ clause, inputs }) =>
      `\`${clause}\` shows samples to the input of the network, ` +
      (inputs.length === 0
        ? 'and it has none'
        : `and it has several: ${inputs.map((name) => `\`${name}\``).join(', ')}`),
    explain:
      'Training and testing present samples to the one population of `rates` or `spikes` that no projection leads to. ' +
      'A network with several inputs is driven with `stimulate`.',
  }),
  'sample-size': entry<{ data: string; shape: readonly number[]; population: string; size: number }>({
    severity: 'error',
    message: ({ data, shape, population, size }) =>
      `a sample of \`${data}\` has ${sizeText(shape)}, but \`${population}\` has ${size} neurons`,
    explain:
      'Every number of a sample goes to one neuron. Choose the size of the population accordingly, choose columns with `features`, or `pad` the pictures.',
  }),
  'no-labels': entry<{ data: string; use: string }>({
    severity: 'error',
    message: ({ data, use }) => `${use} needs labels, and \`${data}\` has none`,
    help: () => 'say where they are with `labels "file"` or `labels column 0`',
    explain: 'A loss and an accuracy compare what the network says with the label of each sample.',
  }),
  'sweep-size': entry<{ count: string; limit: number }>({
    severity: 'error',
    message: ({ count, limit }) => `this asks for ${count} values, more than ${formatCount(limit)}`,
    explain: 'Sweeps and series of pairs are run value by value. Use a larger step or a narrower range.',
  }),
  'sweep-step': entry<{ text: string }>({
    severity: 'error',
    message: ({ text }) => text,
    help: () => 'write `sweep x in 1 .. 5 step 1` or `sweep x in [1, 2, 5]`',
    explain: 'A sweep over a range needs the step from one value to the next; a list of values is complete by itself.',
  }),
  'setting-out-of-bounds': entry<{ name: string; found: string; low: string; high: string }>({
    severity: 'error',
    message: ({ name, found, low, high }) => `\`${name}\` lies in ${low} .. ${high}, found ${found}`,
    explain: 'The parameter is declared with a range (`in`), which holds for every value that an experiment gives it.',
  }),
  'not-settable': entry<{ name: string; reason: string }>({
    severity: 'error',
    message: ({ name, reason }) => `\`${name}\` cannot be set here: ${reason}`,
    explain:
      'An experiment sets and sweeps parameters of the file (`rate`), of the network it runs (`Net.size`), and of the rules and devices of that network (`stdp.tau`).',
  }),
  'coil-range': entry<{ modulator: string; found: string; chip: string; reason: string }>({
    severity: 'error',
    message: ({ modulator, found, chip, reason }) =>
      `chip \`${chip}\` cannot bring \`${modulator}\` to ${found}: ${reason}`,
    explain: 'A magnetic field is applied by the `coil` of the chip, within its range.',
  }),
  'measure-operand': entry<{ measure: string; expected: string }>({
    severity: 'error',
    message: ({ measure, expected }) => `\`${measure}\` takes ${expected}`,
    explain:
      'Measures take names, not expressions: `accuracy(data.part)`, `correlation(projection.dw, rule.kernel)`, `rate(population)`, `energy(share)`, `mean(projection.w)`.',
  }),
  'signal-not-reduced': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `\`${name}\` has many values, and an expectation is about one`,
    help: ({ name }) => `write \`mean(${name})\`, \`min(${name})\` or \`max(${name})\``,
    explain:
      'A signal has a value for every neuron or synapse and every moment. An expectation compares a single figure of it; an `invariant` holds for all of them.',
  }),
  'measures-nothing': entry<{ what: string; hint: string }>({
    severity: 'error',
    message: ({ what }) => `${what} does not depend on what the experiment measures`,
    help: ({ hint }) => hint,
    explain: 'A condition on literals, parameters and baselines alone is true or false before anything runs.',
  }),
};

function sizeText(shape: readonly number[]): string {
  const count = shape.reduce((product, side) => product * side, 1);
  return shape.length > 1 ? `${count} numbers (${shape.join(' x ')})` : `${count} number${count === 1 ? '' : 's'}`;
}
