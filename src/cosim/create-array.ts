/** The array of a run, with the history that it has when its first data set starts. */
import { compileKernel } from '../devices/compile-kernel.js';
import { behindWires } from '../devices/wired-tile.js';
import { AnalogArray } from '../ir/analog-array.js';
import { startTile } from '../ir/calibrate.js';
import type { DataSet } from '../ir/scheduled.js';
import type { SeedJob } from './job.js';

/** A fresh array of the seed of `run`: two of them that are driven alike have the same bits. */
export function createArray({ scheduled, start, seed }: SeedJob): AnalogArray {
  const { mapped, program } = scheduled;
  const createTile = behindWires((setup) => compileKernel(mapped.device, setup), mapped);
  return new AnalogArray(startTile(mapped, start, seed, createTile), program);
}

/** Sets what is outside of the array as it is during a data set. */
export function setModulators({ kernel }: AnalogArray, { modulators = [] }: DataSet): void {
  for (const { modulator, value } of modulators) kernel.modulate(modulator, value);
}
