/** Diagnostics of carrying out learning rules: a rule that is well written but that its hardware cannot follow. */
import { defineCatalogue, entry } from '../../core/diagnostic.js';
import { formatApart } from '../../units/format-quantity.js';

export const REALIZE_CATALOGUE = defineCatalogue('realize', {
  'cannot-superpose': entry<{ rule: string; device: string; reason: string }>({
    severity: 'error',
    message: (p) => `\`${p.rule}\` cannot be superposed on \`${p.device}\`: ${p.reason}`,
    help: () => 'write `realize pulses` to have the host compute each change and count pulses',
    explain:
      'Superposed waveforms become a kernel of spike timing where the rate of the device is an odd, rising function of the voltage, steeper than linear, times a factor that may follow the weight. ' +
      'A kernel must be a function of time alone and die out within the memory of spikes. All rules of an array share one sampler, and lines of one side only can play waveforms of different rules.',
  }),
  'superposition-chip': entry<{ rule: string; chip: string; reason: string }>({
    severity: 'error',
    message: (p) => `chip \`${p.chip}\` cannot play the waveforms of \`${p.rule}\`: ${p.reason}`,
    explain:
      'Waveforms need a converter on every line (`dac`) that takes a sample each `sampler`, and a clock in which a tick of the controller, a clock for each step of the staircase and word of a plane and five more, is no longer than a sample.',
  }),
  'kernel-too-large': entry<{ rule: string; wanted: number; reachable: number; unit: string }>({
    severity: 'error',
    message: (p) => {
      const [wanted, reachable] = formatApart([p.wanted, p.reachable], p.unit);
      return `a pair of spikes can change the weight by ${reachable} at most, and the kernel of \`${p.rule}\` wants ${wanted}`;
    },
    help: () => 'lengthen `sampler`, widen `dac`, or let the rule learn more slowly',
    explain:
      'The sampler and the waveform of the rule add up to at most the `maximum voltage` of the device and what the converters reach, for two samples. What that changes is the largest value that the kernel may have.',
  }),
  'spikes-not-run': entry<{ what: string; reason: string }>({
    severity: 'error',
    message: (p) => `${p.what} cannot be run: ${p.reason}`,
    explain:
      'Experiments on spiking networks drive populations with `stimulate` and `pair`, and watch the synapses between them learn. Neurons that fire by themselves are not simulated there.',
  }),
});
