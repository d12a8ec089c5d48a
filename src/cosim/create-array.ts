/** The array of a run, with the history that it has when its first data set starts. */
import { compileKernel } from '../devices/compile-kernel.js';
import { behindWires } from '../devices/wired-tile.js';
import { AnalogArray } from '../ir/analog-array.js';
import { prepareTile } from '../ir/calibrate.js';
import type { SeedJob } from './job.js';

/** A fresh array of the seed of `run`: two of them that are driven alike have the same bits. */
export function createArray({ scheduled, start, seed }: SeedJob): AnalogArray {
  const { mapped, program } = scheduled;
  const createTile = behindWires((setup) => compileKernel(mapped.device, setup), mapped);
  return new AnalogArray(prepareTile(mapped, start, seed, createTile).kernel, program);
}
