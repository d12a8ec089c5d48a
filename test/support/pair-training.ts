/** Pairs under counted pulses as a program on a tile and as a fast array, with the same rule on the same devices. */
import { createDiskHost } from '../../src/core/disk.js';
import { invariant } from '../../src/core/invariant.js';
import { loadLibraryDevice } from '../../src/dsl/front-end.js';
import type { Chip } from '../../src/ir/chip.js';
import type { MappedNetwork } from '../../src/ir/mapped-network.js';
import { pairsOf } from '../../src/networks/arrays/pair-setup.js';
import { createPulsePairArray, PulsePairArray } from '../../src/networks/arrays/pulse-pair-array.js';
import type { Batch, SynapseArray } from '../../src/networks/arrays/synapse-array.js';
import { createPairProgramArray, PairProgramArray } from '../../src/networks/programs/pair-program-array.js';
import { keyOfSeed } from '../../src/numerics/normal.js';
import { mapTraining } from './trained-network.js';

export const HALL = loadLibraryDevice('magnetoIonic', createDiskHost());
export const QUIET = HALL.spreads.map(({ name }) => name);

export interface PairText {
  readonly encode?: string;
  /** Pulses for a change of an ohm. */
  readonly rate?: number;
  /** What is trained and tested. */
  readonly batches?: string;
}

/** Four neurons before and three behind; the rule counts as `realize` says. */
export function mappedPairs(
  realize: string,
  {
    encode = 'encode differential',
    rate = 2000,
    batches = 'train on points.train { loss = crossEntropy }',
  }: PairText = {},
): MappedNetwork {
  return mapTraining(
    `import device magnetoIonic from "std/devices"
rule depress {
  param rate = ${rate} pulses/Ohm
  weight w : Ohm
  trace up : pulses per synapse
  trace down : pulses per synapse
  on sample {
    let count = rate * abs(post.error * pre.value * 1 Ohm)
    if post.error * pre.value > 0 { down += count } else { up += count }
  }
  realize pulses { ${realize} }
}
network Net {
  population a : rates[4]
  population c : softmax[3]
  projection first : a -> c all-to-all on magnetoIonic { learn depress ${encode} }
}
experiment Try { run Net on Bench ${batches} }
`,
    [4],
    8,
  );
}

export const [ROWS, COLUMNS] = [6, 4];

/** A tile of 8 x 8 cells whose converters take 0 to 160 mA. */
export function tileWith(chip: Chip, bits: number): Chip {
  const { tile } = chip;
  const adc = { ...tile.adc, minAmperes: 0, maxAmperes: 0.16, bits };
  return {
    ...chip,
    tile: { ...tile, rows: 8, columns: 8, adc, rails: { ...tile.rails, minVolts: -2, maxVolts: 2, bits: 8 } },
  };
}

export interface PairChoice {
  readonly without?: readonly string[];
  /** Of the converters. */
  readonly bits?: number;
  /** Weights to begin with run over this times -1 .. 1 [Ohm]. */
  readonly span?: number;
}

/** The program and the fast array. */
export function bothPairs(
  realize: string,
  { without = [], bits = 12, span = 0.3 }: PairChoice = {},
): { readonly program: PairProgramArray; readonly fast: PulsePairArray } {
  const { chip, projections } = mappedPairs(realize);
  const meaning = pairsOf(projections[0]!);
  invariant(!('reason' in meaning), 'the rule counts pulses');
  const weights = Float32Array.from({ length: ROWS * COLUMNS }, (_, pair) => span * Math.sin(2 * pair + 1));
  const size = { rows: ROWS, columns: COLUMNS, without, weights, key: keyOfSeed(5) };
  const place = { chip: tileWith(chip, bits), seed: 5, source: 'test.ion', name: 'first' };
  const program = createPairProgramArray({ ...size, ...place, meaning });
  const fast = createPulsePairArray({ ...size, ...meaning, batch: 4, threads: 1 });
  invariant(program instanceof PairProgramArray && fast instanceof PulsePairArray, JSON.stringify([program, fast]));
  return { program, fast };
}

/** Steps `from` to `to` - 1 with inputs and errors from a formula; weights behind each. */
export function stepPairs(array: SynapseArray, from: number, to: number): readonly Float32Array[] {
  const count = 2;
  return Array.from({ length: to - from }, (_, index) => {
    const step = from + index;
    const inputs = batch(count, ROWS, (at) => (at % ROWS === 3 ? 0 : 3e-2 * Math.cos(at * 1.3 + step)));
    const errors = batch(count, COLUMNS, (at) => 2.5e-1 * Math.sin(at * 2.7 + 3 * step));
    array.forward(
      inputs,
      batch(count, COLUMNS, () => 0),
    );
    array.backward(
      errors,
      batch(count, ROWS, () => 0),
    );
    array.learn(inputs, errors);
    return array.weights().slice();
  });
}

function batch(count: number, width: number, value: (at: number) => number): Batch {
  return { count, width, values: Float32Array.from({ length: count * width }, (_, at) => value(at)) };
}
