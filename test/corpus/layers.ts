/** Neurons behind the sums: a product, activations, the next product; and neurons that fire. */
import { PLAIN_BLOCKS } from '../../src/ir/blocks/controller-blocks.js';
import type { NeuronConfig } from '../../src/ir/blocks/neuron.js';
import type { CommandUnit } from '../../src/ir/microcode.js';
import { dataSetOf, dwellOf, loopOf, segmentOf, waitFor } from '../../src/ir/modes/mode-program.js';
import type { PulseOperation, SampleMode } from '../../src/ir/scheduled.js';
import { ARRAY, corpusEntry, RAILS, type CorpusEntry } from './corpus-entry.js';

const { origin } = ARRAY;

/** First plane that the corner turn writes. */
const HIDDEN = 4;

const NEURONS: Omit<NeuronConfig, 'settings' | 'sends' | 'returns'> = {
  stateBits: 14,
  accumulatorBits: 16,
  activationBits: 3,
  refractoryBits: 3,
};

function product(plane: number, mode: SampleMode): PulseOperation {
  return segmentOf(origin, {
    row: { kind: 'plane', source: { kind: 'fixed', plane } },
    railSet: RAILS.read,
    dwell: dwellOf(2),
    samples: { mode, negate: false },
  });
}

function tell(unit: CommandUnit, argument = 0): PulseOperation {
  return { kind: 'command', unit, argument, origin };
}

/** Planes of two-bit inputs, and room for those of the activations. */
function inputs(high: readonly number[], low: readonly number[]) {
  return dataSetOf(origin, 'input', { rowPlanes: [high, low, [], [], [], [], []] });
}

export const LAYERS: readonly CorpusEntry[] = [
  corpusEntry({
    title: 'Two layers',
    summary:
      'Products become activations, rectified; the corner turn writes them as planes of rows, and the next product reads these.',
    mode: {
      operations: [
        product(0, 'first'),
        product(1, 'double'),
        tell('neuron'),
        waitFor(origin, 'neuron'),
        tell('turn', HIDDEN),
        waitFor(origin, 'turn'),
        product(HIDDEN, 'first'),
        product(HIDDEN + 1, 'double'),
        product(HIDDEN + 2, 'double'),
      ],
      dataSets: [inputs([0, 2], [1, 2, 3]), inputs([1, 3], [0])],
    },
    program: {
      blocks: {
        ...PLAIN_BLOCKS,
        accumulate: { resultBits: 16, offset: 0 },
        neuron: {
          ...NEURONS,
          settings: { kind: 'rectify', subtracts: false, leak: 2, threshold: 8, refractory: 0 },
          sends: false,
          returns: false,
        },
        turn: { isPresent: true },
      },
    },
    plan: { code: (row, column) => (3 * row + 5 * column + 1) % 8 },
    diagram: { from: 0, clocks: 130 },
  }),
  corpusEntry({
    title: 'Neurons that fire',
    summary:
      'Each tick the columns that fired in the last one get a pulse, all rows are read, and the neurons take the sums; spikes also leave as address events.',
    mode: {
      operations: [
        loopOf(origin, 0, 7, [
          waitFor(origin, 'tick'),
          segmentOf(origin, {
            row: { kind: 'all' },
            column: { kind: 'plane', source: { kind: 'age', ticks: 1 } },
            railSet: RAILS.write,
            dwell: dwellOf(3),
            fires: true,
            rest: 'always',
          }),
          segmentOf(origin, {
            row: { kind: 'all' },
            railSet: RAILS.read,
            dwell: dwellOf(2),
            samples: { mode: 'first', negate: false },
          }),
          tell('neuron'),
          waitFor(origin, 'neuron'),
        ]),
      ],
      dataSets: [dataSetOf(origin, 'spikes', {})],
    },
    program: {
      blocks: {
        ...PLAIN_BLOCKS,
        accumulate: { resultBits: 16, offset: 0 },
        spikes: { planes: 4, tickClocks: 120, refractoryTicks: 0, tickBits: 16 },
        neuron: {
          ...NEURONS,
          settings: { kind: 'fire', subtracts: true, leak: 2, threshold: 30, refractory: 1 },
          sends: true,
          returns: true,
        },
      },
    },
    plan: { code: (_row, column, pulses) => 1 + column + pulses, ticks: { clocks: 120, spikes: [] } },
    diagram: { from: -10, clocks: 140 },
  }),
];
