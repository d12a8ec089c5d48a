/** What drives an experiment on a network: spikes, or samples that a training or a test shows. */
import type { NeuronModel } from './graph.js';
import type { MappedNetwork } from './mapped-network.js';
import type { ScheduleStep } from './study.js';

/** Whether an experiment is about games that an agent plays. */
export function isGame({ games = [] }: Pick<MappedNetwork, 'games'>): boolean {
  return games.length > 0;
}

/** Populations that tell spikes. */
const SPIKING: ReadonlySet<string> = new Set(['spikes', 'lif', 'cubaLif', 'integrateFire', 'threshold']);

/** Whether an experiment is one of spikes: all populations spike, and no samples are shown. */
export function isSpiking({ populations, study }: Pick<MappedNetwork, 'populations' | 'study'>): boolean {
  return populations.every(({ model }) => SPIKING.has(model)) && !study.schedule.some(showsSamples);
}

/** Models that follow an equation from step to step. */
const DYNAMIC: ReadonlySet<NeuronModel> = new Set([
  'lif',
  'cubaLif',
  'integrateFire',
  'threshold',
  'leakyIntegrator',
  'cubaLeakyIntegrator',
  'integrator',
] as const);

/** Whether neurons of a model follow an equation from step to step. */
export function hasOwnDynamics(model: NeuronModel): boolean {
  return DYNAMIC.has(model);
}

/** Whether an experiment shows samples to neurons that follow equations in time. */
export function isInference({ populations, study }: Pick<MappedNetwork, 'populations' | 'study'>): boolean {
  return populations.some(({ model }) => hasOwnDynamics(model)) && study.schedule.some(showsSamples);
}

/** Whether an experiment trains, which may take hours. */
export function isTraining({ study }: Pick<MappedNetwork, 'study'>): boolean {
  const trains = (step: ScheduleStep): boolean =>
    step.kind === 'train' || (step.kind === 'phase' && step.steps.some(trains));
  return study.schedule.some(trains);
}

function showsSamples(step: ScheduleStep): boolean {
  switch (step.kind) {
    case 'train':
    case 'test':
      return true;
    case 'stimulate':
      return step.pattern.kind === 'samples';
    case 'phase':
      return step.steps.some(showsSamples);
    case 'pair':
    case 'modulate':
    case 'program':
    case 'wait':
      return false;
  }
}
