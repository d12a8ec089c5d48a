/** A program and a fast array of the same devices, and some steps of training on either. */
import type { Batch, SynapseArray } from '../../src/networks/arrays/synapse-array.js';
import { createProgramArray } from '../../src/networks/programs/program-array.js';
import { deviceArray, DIFFERENTIAL, learnt } from './device-array.js';
import { libraryDevice, spreadsOf } from './library-tile.js';
import { drawFrom } from './pulse-program.js';

const YSZ = libraryDevice('yszEcram');
export const [ROWS, COLUMNS] = [4, 3];

function values(count: number, seed: number, span = 1): Float32Array {
  const draw = drawFrom(seed);
  return Float32Array.from({ length: count }, () => (span * (draw(2001) - 1000)) / 1000);
}

function batch(count: number, width: number, seed: number): Batch {
  return { count, width, values: values(count * width, seed) };
}

/** A program and a fast array of the same devices; on a tile of 8 x 8. */
export function bothArrays(realization: string, without: readonly string[] = spreadsOf(YSZ)) {
  const { chip: wide, learning } = learnt(realization, 0.5);
  const chip = { ...wide, tile: { ...wide.tile, rows: 8, columns: 8 } };
  const setup = {
    ...{ rows: ROWS, columns: COLUMNS, device: YSZ, encoding: DIFFERENTIAL, learning, chip, seed: 3, without },
    ...{ weights: values(ROWS * COLUMNS, 9), inputBits: 3 },
  };
  const program = createProgramArray({ ...setup, source: 'test.ion', name: 'first' });
  if ('kind' in program) throw new Error(program.reason);
  return { program, fast: deviceArray(setup) };
}

/**
 * Steps of forward, backward and learn; what came out, and the weights behind. Errors follow the outputs, or are the
 * same whatever was read, so that two arrays take the same steps.
 */
export function train(
  array: SynapseArray,
  steps: number,
  given = false,
  count = 2,
): { outputs: number[]; weights: number[] } {
  const outputs: number[] = [];
  for (let step = 0; step < steps; step++) {
    const inputs = batch(count, ROWS, 10 + step);
    const out = batch(count, COLUMNS, 0);
    array.forward(inputs, out);
    const errors = given
      ? batch(count, COLUMNS, 50 + step)
      : { ...out, values: out.values.map((value) => 0.3 * value) };
    const back = batch(count, ROWS, 0);
    array.backward(errors, back);
    outputs.push(...out.values, ...back.values);
    array.learn(inputs, errors);
  }
  return { outputs, weights: [...array.weights()] };
}
