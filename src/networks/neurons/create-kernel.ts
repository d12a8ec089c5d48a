/**
 * Steps of the neuron models: the equations of the Neuromorphic Intermediate Representation (NIR; Pedersen et al.,
 * Nature Communications 15, 8122, 2024) by forward Euler. The potential sees the synaptic current of the same step, and
 * neurons reset behind the step in which they fire, as snnTorch's `Synaptic` and `Leaky` with `reset_delay=False` do.
 */
import type { NeuronModel } from '../../ir/graph.js';
import type { MappedPopulation } from '../../ir/mapped-network.js';
import type { NeuronKernel, NeuronModelKernel, NeuronState } from './neuron-kernel.js';

/** Settings of one population as lists, and the time of a step. */
interface KernelSetup {
  readonly size: number;
  /** A setting of every neuron (neurons); 0 where the model has none of that name. */
  readonly each: (name: string) => Float64Array;
  /** A setting that all neurons share. */
  readonly shared: (name: string) => number;
  readonly stepSeconds: number;
}

/** How potentials move in a step: from potential and input of a neuron to its potential behind it. */
type Motion = (state: NeuronState, at: number, neuron: number) => number;

const MOTIONS: Readonly<Partial<Record<NeuronModel, (setup: KernelSetup) => Motion>>> = {
  lif: leaking,
  leakyIntegrator: leaking,
  cubaLif: leakingWithCurrent,
  cubaLeakyIntegrator: leakingWithCurrent,
  integrateFire: adding,
  integrator: adding,
  threshold: following,
  linear: following,
};

const FIRING: ReadonlySet<NeuronModel> = new Set(['lif', 'cubaLif', 'integrateFire', 'threshold']);
const WITH_CURRENT: ReadonlySet<NeuronModel> = new Set(['cubaLif', 'cubaLeakyIntegrator']);

/** Whether neurons of a model decide to fire. */
export function fires(model: NeuronModel): boolean {
  return FIRING.has(model);
}

/** The kernel of a population for steps of `stepSeconds`; undefined for models without an equation in time. */
export function createKernel(
  { model, size, settings, tables = {} }: Pick<MappedPopulation, 'model' | 'size' | 'settings' | 'tables'>,
  stepSeconds: number,
): NeuronModelKernel | undefined {
  const motionOf = MOTIONS[model];
  if (!motionOf) return undefined;
  const shared = (name: string): number => settings[name] ?? 0;
  const each = (name: string): Float64Array =>
    Float64Array.from(tables[name] ?? new Float64Array(size).fill(shared(name)));
  const setup = { size, each, shared, stepSeconds };
  const motion = motionOf(setup);
  return {
    step: fires(model) ? firing(motion, setup) : showing(motion, setup),
    fires: fires(model),
    rest: each('rest'),
    hasCurrent: WITH_CURRENT.has(model),
  };
}

/** `v += dt / tau * (rest - v + gain * x)`. */
function leaking({ each, stepSeconds }: KernelSetup): Motion {
  const [tau, rest, gain] = [each('tau'), each('rest'), each('gain')];
  return ({ potential, inputs }, at, neuron) => {
    const v = potential[at] ?? NaN;
    const drive = (gain[neuron] ?? NaN) * (inputs[at] ?? NaN);
    return v + (stepSeconds / (tau[neuron] ?? NaN)) * ((rest[neuron] ?? NaN) - v + drive);
  };
}

/** `i += dt / tauSynapse * (gain * x - i)`, then `v += dt / tau * (rest - v + resistance * i)`. */
function leakingWithCurrent({ each, stepSeconds }: KernelSetup): Motion {
  const [tau, tauSynapse] = [each('tau'), each('tauSynapse')];
  const [rest, gain, resistance] = [each('rest'), each('gain'), each('resistance')];
  return ({ potential, current, inputs }, at, neuron) => {
    const before = current[at] ?? NaN;
    const arriving = (gain[neuron] ?? NaN) * (inputs[at] ?? NaN);
    const i = before + (stepSeconds / (tauSynapse[neuron] ?? NaN)) * (arriving - before);
    current[at] = i;
    const v = potential[at] ?? NaN;
    const drive = (resistance[neuron] ?? NaN) * i;
    return v + (stepSeconds / (tau[neuron] ?? NaN)) * ((rest[neuron] ?? NaN) - v + drive);
  };
}

/** `v += dt * gain * x`. */
function adding({ each, stepSeconds }: KernelSetup): Motion {
  const gain = each('gain');
  return ({ potential, inputs }, at, neuron) =>
    (potential[at] ?? NaN) + stepSeconds * (gain[neuron] ?? NaN) * (inputs[at] ?? NaN);
}

/** `v = gain * x`. */
function following({ each }: KernelSetup): Motion {
  const gain = each('gain');
  return ({ inputs }, at, neuron) => (gain[neuron] ?? NaN) * (inputs[at] ?? NaN);
}

/** Potentials are what neurons send. */
function showing(motion: Motion, { size }: KernelSetup): NeuronKernel {
  return (state, count) => {
    const { potential, outputs } = state;
    for (let at = 0, end = count * size; at < end; at++) {
      const v = motion(state, at, at % size);
      potential[at] = v;
      outputs[at] = v;
    }
  };
}

/** A neuron fires where its potential is above the threshold, and then rests for whole steps. */
function firing(motion: Motion, { size, each, shared, stepSeconds }: KernelSetup): NeuronKernel {
  const [threshold, reset] = [each('threshold'), each('reset')];
  const rests = each('refractory').map((seconds) => Math.round(seconds / stepSeconds));
  const subtracts = shared('subtract') === 1;
  return (state, count) => {
    const { potential, outputs, resting } = state;
    for (let at = 0, end = count * size; at < end; at++) {
      const neuron = at % size;
      const left = resting[at] ?? 0;
      const before = potential[at] ?? NaN;
      // What arrives at a neuron that rests still reaches its current
      const v = motion(state, at, neuron);
      const limit = threshold[neuron] ?? NaN;
      const isSpike = left === 0 && v > limit;
      outputs[at] = isSpike ? 1 : 0;
      potential[at] = left > 0 ? before : !isSpike ? v : subtracts ? v - limit : (reset[neuron] ?? NaN);
      resting[at] = isSpike ? (rests[neuron] ?? 0) : Math.max(0, left - 1);
    }
  };
}
