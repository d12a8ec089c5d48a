/** How the rules of a spiking network are carried out and how well, in sentences and figures. */
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { predict } from '../../ir/realize/superposition/predict.js';
import type { PlannedRule, SuperpositionPlan } from '../../ir/realize/superposition/plan.js';
import type { RealizationNote } from '../../ir/study-result.js';
import type { CountedPlan } from './counted-learner.js';
import { planProjections, type ProjectionPlan } from './plan-projection.js';

/** Notes on all rules; throws a `RealizationFault` where one cannot be carried out. */
export function spikeRealizations(mapped: MappedNetwork): readonly RealizationNote[] {
  return notesOf(planProjections(mapped));
}

/** The same of plans that are there. */
export function notesOf(plans: readonly ProjectionPlan[]): readonly RealizationNote[] {
  return plans.flatMap((each) =>
    each.kind === 'superposition'
      ? each.plan.rules.map((rule) => superpositionNote(each.plan, rule))
      : countedNotes(each.plan),
  );
}

function superpositionNote(plan: SuperpositionPlan, rule: PlannedRule): RealizationNote {
  const { projection, assignment, sampleSeconds, tickClocks, minTickClocks, converter, amplitude, array } = plan;
  const { waveform, learning, name } = rule;
  const [players, samplers] = assignment.player === 'pre' ? ['before', 'behind'] : ['behind', 'before'];
  const { correlation, error, drift, peak } = predict(plan, rule);
  const tail =
    waveform.tail === 0
      ? 'The waveform is balanced: a spike alone changes nothing.'
      : 'A tail behind the waveform takes back what a spike alone would change; pairs that far apart change by a little of the other sign.';
  const followed = plan.response.followsWeight
    ? ['The rate of the device has a factor that follows the weight: the kernel is met at the starting weight.']
    : [];
  return {
    projection: projection.name,
    rule: name,
    method: 'superposition',
    summary: [
      `Neurons ${players} play the waveform of the rule, neurons ${samplers} a biphasic sampler; the cell sees the difference.`,
      `Each spike starts a staircase of ${Math.max(plan.rowSteps.length, plan.columnSteps.length)} steps; codes do not depend on the clock, only the divider of the tick does.`,
      tail,
      ...followed,
    ],
    figures: [
      { name: 'correlation with the kernel', value: correlation, unit: '1' },
      { name: 'root mean square error by the peak', value: error, unit: '1' },
      { name: 'drift of a spike alone by the peak', value: drift, unit: '1' },
      { name: 'largest change of a pair', value: peak, unit: 'S' },
      { name: 'change in the tail by the peak', value: waveform.tailShare, unit: '1' },
      { name: 'length of the tail', value: waveform.tail * sampleSeconds, unit: 's' },
      { name: 'amplitude of the sampler', value: converter.volts(amplitude), unit: 'V' },
      { name: 'waveforms a pair', value: 2, unit: '1' },
      { name: 'length of a waveform', value: plan.length * sampleSeconds, unit: 's' },
      { name: 'time of a sample', value: tickClocks / array.clockHz, unit: 's' },
      { name: 'shortest time of a sample', value: minTickClocks / array.clockHz, unit: 's' },
    ],
    origin: projection.learning[learning]?.rule.realization.origin ?? projection.origin,
  };
}

/** Samples at which a kernel is looked at on either side. */
const PROBES = 1000;

function countedNotes({ projection, kernels, step, pulseClocks, array, fractionBits }: CountedPlan) {
  return projection.learning.map(({ rule }, learning): RealizationNote => {
    const kernel = kernels.find((each) => each !== undefined);
    const span = 100 * (rule.parameters.find(({ unit }) => unit.symbol.endsWith('s'))?.value ?? 1e-3);
    const times = Array.from({ length: 2 * PROBES }, (_, index) => ((index - PROBES + 0.5) / PROBES) * span);
    const largest = kernel ? times.reduce((most, time) => Math.max(most, Math.abs(kernel(time))), 0) : 0;
    const pulses = Math.ceil(largest / Math.abs(step));
    const pulseSeconds = pulseClocks / array.clockHz;
    return {
      projection: projection.name,
      rule: rule.name,
      method: rule.realization.method,
      summary: [
        'The host keeps the times of spikes, evaluates the kernel for every pair and counts the change in nominal pulses.',
        fractionBits > 0
          ? `Parts of pulses down to 2^-${fractionBits} are carried over to the next pair.`
          : 'Changes are rounded to whole pulses.',
      ],
      figures: [
        { name: 'worst error of a change', value: Math.abs(step) / 2, unit: 'S' },
        { name: 'pulses an update at most', value: pulses, unit: 'pulses' },
        { name: 'time of a pulse', value: pulseSeconds, unit: 's' },
        { name: 'time an update at most', value: pulses * (pulseSeconds + array.settleSeconds), unit: 's' },
      ],
      origin: projection.learning[learning]?.rule.realization.origin ?? projection.origin,
    };
  });
}
