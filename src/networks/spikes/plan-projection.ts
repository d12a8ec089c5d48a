/** How the rules of each projection of a spiking network are carried out, planned once for all seeds. */
import { DiagnosticBag } from '../../core/diagnostic.js';
import type { DeviceModel } from '../../devices/device-model.js';
import type { MappedNetwork, MappedProjection } from '../../ir/mapped-network.js';
import { clocksFor } from '../../ir/passes/operations.js';
import { networkArray } from '../../ir/realize/network-array.js';
import { timingKernel } from '../../ir/realize/rule-kernel.js';
import { ruleMap } from '../../ir/realize/superposition/assign-banks.js';
import { planSuperposition, type SuperpositionPlan } from '../../ir/realize/superposition/plan.js';
import { effectOfPulse } from '../../devices/trains/handler-effect.js';
import { initialValues, valueOf } from '../../devices/interpret-device.js';
import { predict } from '../../ir/realize/superposition/predict.js';
import { formatApart, formatPercent } from '../../units/format-quantity.js';
import { countParts } from '../../ir/tile-parts.js';
import { requireWholeTiles } from '../arrays/faulty-parts.js';
import { ticksFor } from './superposed-learner.js';
import { spikeSchedule } from './spike-schedule.js';
import type { CountedPlan } from './counted-learner.js';
import { RealizationFault, refuseRun, throwFaults } from './realization-fault.js';
import type { TellRefused } from '../study-fault.js';
import { startWeights, windowOfCells } from './start-weights.js';

export type ProjectionPlan =
  | { readonly kind: 'superposition'; readonly plan: SuperpositionPlan }
  | { readonly kind: 'counted'; readonly plan: CountedPlan };

/**
 * Plans of all projections that learn. Where one cannot be carried out, it is left out and `tell` gets to know why, and
 * without it the fault is thrown.
 */
export function planProjections(mapped: MappedNetwork, tell?: TellRefused): readonly ProjectionPlan[] {
  const learning = mapped.projections.filter((each) => each.learning.length > 0);
  if (learning.some(({ device }) => device)) requireWholeTiles(mapped, 'spiking networks');
  return learning.flatMap((each): readonly ProjectionPlan[] => {
    try {
      return [planOf(each, mapped)];
    } catch (error) {
      if (!tell || !(error instanceof RealizationFault)) throw error;
      tell(each, error.reason, error.span);
      return [];
    }
  });
}

function planOf(projection: MappedProjection, mapped: MappedNetwork): ProjectionPlan {
  const { device, learning, name, origin } = projection;
  const methods = [...new Set(learning.map(({ rule }) => rule.realization.method))];
  const [method] = methods;
  if (methods.length > 1) return refuseRun(`\`${name}\``, 'its rules are carried out in different ways', origin);
  if (!device) return refuseRun(`\`${name}\``, 'its synapses are numbers of the host, on no device', origin);
  if (method === 'superposition') {
    const diagnostics = new DiagnosticBag();
    const [weight = 0] = startWeights(projection, mapped);
    const plan = planSuperposition(mapped, projection, weight, diagnostics);
    if (!plan) return throwFaults(diagnostics);
    checkFollows(plan, device);
    checkDuration(plan, device, mapped);
    return { kind: 'superposition', plan };
  }
  if (method === 'pulses' || method === 'host')
    return { kind: 'counted', plan: countedPlan(projection, device, mapped) };
  return refuseRun(`\`realize ${method ?? ''}\``, 'rules of spikes are superposed, or counted in pulses', origin);
}

/** A window that is off by this part of its peak is another rule. */
const MAX_ERROR = 0.1;

/** Refuses rules of which the converters leave too little. */
function checkFollows(plan: SuperpositionPlan, device: DeviceModel): void {
  for (const rule of plan.rules) {
    const { error } = predict(plan, rule);
    if (error <= MAX_ERROR) continue;
    const origin = plan.projection.learning[rule.learning]?.rule.realization.origin;
    const percent = formatPercent(error, 2);
    refuseRun(
      `\`${rule.name}\``,
      `with these converters its window on \`${device.name}\` is off by ${percent}`,
      origin,
    );
  }
}

/** The guard counts a whole run as one pulse, so a rated duration has to cover it. */
function checkDuration(plan: SuperpositionPlan, device: DeviceModel, mapped: MappedNetwork): void {
  const rating = device.ratings.find(({ quantity }) => quantity === 'duration');
  const seconds = ticksFor(plan, spikeSchedule(mapped, mapped.study.firstSeed)) * plan.sampleSeconds;
  if (!rating || seconds <= rating.max) return;
  const [driven, most] = formatApart([seconds, rating.max], 's');
  const reason = `the lines are driven for ${driven}, and the device takes ${most} at a time`;
  refuseRun(`\`${plan.projection.name}\``, reason, rating.origin);
}

function countedPlan(projection: MappedProjection, device: DeviceModel, mapped: MappedNetwork): CountedPlan {
  const { learning, from, to, parts, encoding, origin } = projection;
  const what = `\`${projection.name}\``;
  if (countParts(parts) !== 1) return refuseRun(what, 'its synapses lie on more than one tile', origin);
  if (encoding.scheme !== 'single') return refuseRun(what, 'a weight of a spiking network is one cell', origin);
  const kernels = learning.map(({ rule }) => {
    const kernel = timingKernel(rule);
    return typeof kernel === 'string' ? refuseRun(`\`${rule.name}\``, kernel, rule.origin) : kernel;
  });
  const rules = ruleMap(projection, mapped);
  const array = networkArray(mapped.source, mapped.chip, device);
  const step = nominalStep(projection, device, startWeights(projection, mapped)[0] ?? 0);
  // A change is counted in pulses up; one that goes nowhere has no number of them
  if (!(step > 0)) return refuseRun(`\`${device.name}\``, 'a pulse does not raise it', device.origin);
  const pulseClocks = clocksFor(device.pulse.seconds, mapped.chip.clockHz);
  if (pulseClocks >= 2 ** array.timer.bits) return refuseRun(what, 'its timer cannot count a nominal pulse', origin);
  return {
    projection,
    array,
    kernels: Array.from({ length: from.count * to.count }, (_, synapse) => {
      const rule = rules(Math.floor(synapse / to.count), synapse % to.count);
      return typeof rule === 'number' ? kernels[rule] : undefined;
    }),
    step,
    pulseClocks,
    fractionBits: learning[0]?.rule.realization.settings.find(({ name }) => name === 'fraction')?.value ?? 0,
  };
}

/** What the nominal pulse changes at `weight`: a step, or the rate of its beginning for as long as it lasts [weight]. */
function nominalStep(projection: MappedProjection, device: DeviceModel, weight: number): number {
  const [state] = device.states;
  const values = initialValues(device, windowOfCells(projection, device));
  const { volts, seconds } = device.pulse;
  if (!state) return refuseRun(`\`${device.name}\``, 'nothing says what a pulse does', device.origin);
  values.set(state.name, weight).set('v', volts);
  if (state.rate) return valueOf(state.rate, values) * seconds;
  const after = effectOfPulse(device, volts).get(state.name);
  return after ? valueOf(after, values) - weight : 0;
}
