/** Diagnostics of learning rules. */
import { entry } from '../../core/diagnostic.js';

export const RULE_ENTRIES = {
  'trace-residence': entry<{ trace: string; per: 'pre' | 'post'; name: string }>({
    severity: 'error',
    message: ({ trace, per, name }) =>
      `\`${trace}\` has one value for each neuron ${per === 'pre' ? 'before' : 'behind'}, ` +
      `but \`${name}\` differs between its synapses`,
    help: () => 'keep the trace `per synapse`, or add to it with `+=`, which sums over the synapses',
    explain:
      'A trace per pre or per post is kept once for a neuron. What it is set to, starts at or evolves with must be one value, too: ' +
      'parameters, modulators and traces that are shared or belong to the same neuron. ' +
      'Only `+=` and `-=` in handlers may add up what differs between the synapses of the neuron.',
  }),
  'realization-form': entry<{ rule: string; method: string; lacks: string }>({
    severity: 'error',
    message: ({ rule, method, lacks }) => `\`${method}\` cannot carry out \`${rule}\`, which has no ${lacks}`,
    help: () => 'leave `realize` out, and the method follows from the form of the rule',
    explain:
      'Superposed waveforms carry out a kernel of spike timing and nothing else; an outer product carries out what happens at samples.',
  }),
  'rule-without-effect': entry<{ rule: string }>({
    severity: 'warning',
    message: ({ rule }) => `rule \`${rule}\` never changes its weight`,
    help: () =>
      'give it a `kernel`, a handler that assigns the weight, or `transmit`; `realize host` has it trained by gradient',
    explain:
      'A learning rule changes its weight by a kernel or in a handler; short-term plasticity passes on another value with `transmit`; ' +
      'with `realize pulses`, traces in pulses are counts of pulses that the devices get. A weight alone with `realize host` is found by training. This rule does none of these.',
  }),
};
