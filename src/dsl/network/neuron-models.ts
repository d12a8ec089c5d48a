/** Kinds of populations with their settings; potentials and outputs are plain numbers. */
import { setting, type Setting } from '../settings/setting-table.js';

/** What a neuron sends: spikes, which are events, or a value at every moment. */
export type Signal = 'spikes' | 'values';

/** A kind of population. */
export interface NeuronTable {
  readonly signal: Signal;
  /** One line for people. */
  readonly summary: string;
  readonly settings: readonly Setting[];
}

const SPACING = setting('spacing', 'm', 'distance of neighbours in the grid; without it, neurons have no positions', {
  low: 'positive',
});
const TAU = setting('tau', 's', 'time constant of the membrane', { byDefault: 20e-3, low: 'positive' });
const GAIN = setting('gain', '1', 'factor of the input', { byDefault: 1 });
const NORMALIZE = setting('normalize', '1', 'length to which the inputs are scaled; 0 leaves them as they are', {
  byDefault: 0,
  low: 0,
});
const BATCH_NORM = setting(
  'batchNorm',
  '1',
  'part of a batch in running statistics: inputs are brought to mean 0 and deviation 1 over the batch, in tests by what ran along; absent where they are not',
  { low: 'positive', high: 1 },
);
const NOISE = setting('noise', '1', 'deviation of normal noise on the sum of the inputs', { byDefault: 0, low: 0 });
const REST = setting('rest', '1', 'potential without input', { byDefault: 0 });
const THRESHOLD = setting('threshold', '1', 'potential above which the neuron fires', { byDefault: 1 });
const FIRING = [
  THRESHOLD,
  setting('reset', '1', 'potential after a spike', { byDefault: 0 }),
  setting('subtract', '1', 'whether a spike takes the threshold off the potential: 1, or 0 for going to reset', {
    byDefault: 0,
    low: 0,
    high: 1,
    isInteger: true,
  }),
  setting('refractory', 's', 'time after a spike in which the neuron stays as it is then', { byDefault: 0, low: 0 }),
];
const TAU_SYNAPSE = setting('tauSynapse', 's', 'time constant of the synaptic current', {
  byDefault: 5e-3,
  low: 'positive',
});
const RESISTANCE = setting('resistance', '1', 'potential to which a synaptic current of 1 drives', { byDefault: 1 });
const SPEED = setting('gain', 'Hz', 'how fast an input of 1 changes the potential', { byDefault: 1e3 });
const ACTIVATION = [GAIN, NOISE, BATCH_NORM, NORMALIZE, SPACING];

/** Models by name. */
export const NEURONS = {
  spikes: { signal: 'spikes', summary: 'a source of spikes, driven from outside', settings: [SPACING] },
  rates: { signal: 'values', summary: 'a source of values, driven from outside', settings: [NORMALIZE, SPACING] },
  lif: {
    signal: 'spikes',
    summary: 'leaky integrate and fire: a spike before changes the potential at once',
    settings: [TAU, REST, ...FIRING, GAIN, SPACING],
  },
  cubaLif: {
    signal: 'spikes',
    summary: 'leaky integrate and fire with a synaptic current that decays',
    settings: [TAU, TAU_SYNAPSE, REST, ...FIRING, GAIN, RESISTANCE, SPACING],
  },
  integrateFire: {
    signal: 'spikes',
    summary: 'integrate and fire: nothing leaks',
    settings: [...FIRING, SPEED, SPACING],
  },
  threshold: {
    signal: 'spikes',
    summary: 'fires in every step in which its input is above the threshold',
    settings: [THRESHOLD, GAIN, SPACING],
  },
  leakyIntegrator: {
    signal: 'values',
    summary: 'a potential that leaks and never fires; its output is the potential',
    settings: [TAU, REST, GAIN, SPACING],
  },
  cubaLeakyIntegrator: {
    signal: 'values',
    summary: 'a leaky integrator with a synaptic current that decays',
    settings: [TAU, TAU_SYNAPSE, REST, GAIN, RESISTANCE, SPACING],
  },
  integrator: {
    signal: 'values',
    summary: 'a potential that adds its input up',
    settings: [SPEED, SPACING],
  },
  relu: { signal: 'values', summary: 'max(0, input)', settings: ACTIVATION },
  sigmoid: { signal: 'values', summary: '1 / (1 + exp(-input))', settings: ACTIVATION },
  tanh: { signal: 'values', summary: 'tanh(input)', settings: ACTIVATION },
  linear: { signal: 'values', summary: 'the input itself', settings: ACTIVATION },
  softmax: {
    signal: 'values',
    summary: 'exp(input) over the sum of it; outputs add up to 1',
    settings: [
      setting('temperature', '1', 'what inputs are divided by', { byDefault: 1, low: 'positive' }),
      NOISE,
      BATCH_NORM,
      NORMALIZE,
      SPACING,
    ],
  },
} as const satisfies Readonly<Record<string, NeuronTable>>;

/** The name of a model. */
export type NeuronName = keyof typeof NEURONS;

/** All models; the keys are exactly the names. */
export const NEURON_NAMES = Object.keys(NEURONS) as readonly NeuronName[];

/** What may arrive at a port, by the model that stands for it. */
export const PORT_MODELS = ['spikes', 'rates'] as const satisfies readonly NeuronName[];
