/** Device equations to running code: the generated text becomes functions of this process. */
import { exponentialChange } from '../numerics/exponential.js';
import { integrate } from '../numerics/integrate.js';
import { interpolate } from '../numerics/interpolate.js';
import { remainder } from '../numerics/remainder.js';
import { roundHalfAwayFromZero } from '../numerics/rounding.js';
import type { DeviceModel } from './device-model.js';
import { JAVASCRIPT, type RUNTIME_MODULES } from './kernel-names.js';
import { planKernel, type KernelPlan } from './kernel-plan.js';
import { physicsText, rateText } from './kernel-source.js';
import type { TileKernel, TileSetup } from './kernel.js';
import type { CellPhysics, TileStorage } from './tile-physics.js';
import { createTileKernel } from './tile.js';

/** A tile of `device` in its initial state. */
export function compileKernel(device: DeviceModel, setup: TileSetup): TileKernel {
  return createTileKernel(setup, compilePhysics(device));
}

// An experiment makes tiles of one device for every seed; compiling once keeps the engine's optimized code.
const physicsByDevice = new WeakMap<DeviceModel, CellPhysics>();

/** The compiled equations of `device`; the same object for the same model. */
export function compilePhysics(device: DeviceModel): CellPhysics {
  const known = physicsByDevice.get(device);
  if (known) return known;
  const plan = planKernel(device);
  const text = `'use strict';\n${physicsText(plan, JAVASCRIPT)}\nreturn createPhysics;`;
  const createPhysics = evaluateText<CellPhysics['createPhysics']>(text);
  const physics: CellPhysics = { spreads: device.spreads, stateCount: plan.states.length, createPhysics };
  physicsByDevice.set(device, physics);
  return physics;
}

/** Rate of the conductance of a single cell [S/s], and its derivative by the conductance [1/s]. */
export interface CellRate {
  rate(siemens: number, volts: number): number;
  /** NaN where it depends on the conductance. */
  slope(volts: number): number;
}

/** Makes the rate of the one cell that a storage holds. */
export function compileRate(plan: KernelPlan): (storage: TileStorage) => CellRate {
  return evaluateText(`'use strict';\n${rateText(plan)}\nreturn createRate;`);
}

const RUNTIME: Readonly<Record<keyof typeof RUNTIME_MODULES, unknown>> = {
  exponentialChange,
  integrate,
  interpolate,
  remainder,
  roundHalfAwayFromZero,
};

/** Runs generated statements that return a function of type `Made`; they hold numbers and names of ours only. */
function evaluateText<Made>(text: string): Made {
  const make = new Function(...Object.keys(RUNTIME), text);
  // What generated code returns is known to its generator only.
  return make(...Object.values(RUNTIME)) as Made;
}
