/** How hardware can carry out a learning rule, with the settings of each method; the first that fits is the default. */
import { setting, type Choice, type Setting } from '../settings/setting-table.js';

/** A method of `realize`. */
export interface RealizationTable {
  /** One line for people. */
  readonly summary: string;
  readonly settings: readonly Setting[];
  /** Settings that are words. */
  readonly choices?: readonly Choice[];
}

/** Lengths of what rules with fast weights work with. */
const LENGTHS: readonly Setting[] = [
  setting('weightLength', '1', 'length to which what passes into each neuron is scaled; 0 leaves it', {
    byDefault: 0,
    low: 0,
  }),
  setting('inputLength', '1', 'length to which the inputs of the rule are scaled; 0 leaves them', {
    byDefault: 0,
    low: 0,
  }),
];

/** Of trains. */
const SLOTS = setting('slots', '1', 'pulses of a train, at most', { byDefault: 31, low: 1, high: 31, isInteger: true });
const SEED = setting('seed', '1', 'seed of the trains', { byDefault: 1, low: 0, high: 2 ** 32 - 1, isInteger: true });
const BITS = setting('bits', 'bit', 'bits of a value in trains that are not random', {
  byDefault: 4,
  low: 1,
  high: 8,
  isInteger: true,
});

/** Methods by name. */
export const REALIZATIONS = {
  superposition: {
    summary: 'waveforms of the neurons before and behind add up to the kernel over the cell',
    settings: [
      setting('sampler', 's', 'time between the samples of a waveform', { low: 'positive' }),
      setting('bank', '1', 'bank of waveform memory that the rule uses', {
        byDefault: 0,
        low: 0,
        high: 15,
        isInteger: true,
      }),
    ],
  },
  pulses: {
    summary: 'each change becomes a counted number of pulses, open loop',
    settings: [
      setting('fraction', 'bit', 'binary places of a number of pulses; a part of a pulse is a shorter one', {
        byDefault: 0,
        low: 0,
        high: 16,
        isInteger: true,
      }),
      setting('stochastic', '1', '1 to round to the last place at random, to the right mean; 0 drops what is beyond', {
        byDefault: 0,
        low: 0,
        high: 1,
        isInteger: true,
      }),
      setting('refresh', 'pulses', 'pulses after which a device is set anew; absent where it never is', {
        low: 1,
        high: 2 ** 32 - 1,
        isInteger: true,
      }),
    ],
  },
  outerProduct: {
    summary: 'pulse trains on rows and columns, which change a cell where they coincide',
    settings: [SLOTS, SEED, BITS],
    choices: [
      {
        name: 'trains',
        words: ['stochastic', 'scheduled', 'exact'],
        summary:
          'lines fire at random in proportion to their values, or by their bits: as many bits as needed meet in each slot, or every pair of bits once for as long as it weighs',
      },
    ],
  },
  tikiTaka: {
    summary: 'trains change a fast array beside the weights, which is read and transferred to them row by row',
    settings: [
      setting('version', '1', '1 transfers by trains, 2 adds up on the host and transfers whole pulses', {
        byDefault: 2,
        low: 1,
        high: 2,
        isInteger: true,
      }),
      setting('every', '1', 'samples after which a row is transferred', {
        byDefault: 1,
        low: 1,
        high: 2 ** 20,
        isInteger: true,
      }),
      setting('rate', '1', 'part of what is read of the fast array that a transfer brings to the weights', {
        byDefault: 0.1,
        low: 'positive',
      }),
      setting('pairs', 'pulses', 'pulses up and down by turns that bring the fast array to where both are as large', {
        byDefault: 0,
        low: 0,
        high: 65_536,
        isInteger: true,
      }),
      SLOTS,
      SEED,
    ],
  },
  bias: {
    summary: 'a bias over the idle array sets how fast the short-term part decays',
    settings: [
      setting('least', '1', 'smallest decay factor in one step', { byDefault: 0, low: 0, high: 1 }),
      setting('most', '1', 'largest decay factor in one step', { byDefault: 1, low: 0, high: 1 }),
      ...LENGTHS,
    ],
  },
  programming: {
    summary: 'changes are collected, and the cells programmed to the new values',
    settings: [
      setting('levels', '1', 'levels between the ends of the range; absent for a continuous value', {
        low: 2,
        high: 65_536,
        isInteger: true,
      }),
      setting('attempts', 'pulses', 'write and verify pulses for one change, at most', {
        byDefault: 1,
        low: 1,
        high: 1000,
        isInteger: true,
      }),
    ],
    choices: [
      {
        name: 'by',
        words: ['cells', 'rows'],
        summary: 'one cell after the other, or all cells of a row at once, each for as long as it needs',
      },
    ],
  },
  host: {
    summary: 'the host computes the changes and writes the array',
    settings: LENGTHS,
  },
} as const satisfies Readonly<Record<string, RealizationTable>>;

/** The name of a method. */
export type RealizationName = keyof typeof REALIZATIONS;

/** All methods; the keys are exactly the names. */
export const REALIZATION_NAMES = Object.keys(REALIZATIONS) as readonly RealizationName[];

/** What the default method is chosen by. */
export interface RuleForm {
  readonly hasKernel: boolean;
  /** Kinds of events that the rule handles. */
  readonly events: readonly string[];
}

/**
 * The method of a rule that names none: a kernel is superposed, a rule that answers spikes or samples counts pulses,
 * and what happens at intervals or with a third factor only is left to the host.
 */
export function defaultRealization({ hasKernel, events }: RuleForm): RealizationName {
  if (hasKernel) return 'superposition';
  return events.some((event) => event === 'pre' || event === 'post' || event === 'sample') ? 'pulses' : 'host';
}

/** What `method` needs and a rule of this form does not have, in words; undefined where nothing is missing. */
export function lackingFor(method: RealizationName, { hasKernel, events }: RuleForm): string | undefined {
  if (method === 'superposition') return hasKernel ? undefined : '`kernel`';
  if (method === 'outerProduct' || method === 'tikiTaka') return events.includes('sample') ? undefined : '`on sample`';
  return undefined;
}
