/** Device equations to running code: the generated text becomes functions of this process. */
import { exponentialChange } from '../numerics/exponential.js';
import { integrate } from '../numerics/integrate.js';
import type { DeviceModel } from './device-model.js';
import { JAVASCRIPT } from './kernel-names.js';
import { planKernel } from './kernel-plan.js';
import { physicsText } from './kernel-source.js';
import type { TileKernel, TileSetup } from './kernel.js';
import type { CellPhysics } from './tile-physics.js';
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

/** Runs generated statements that return a function of type `Made`; they hold numbers and names of ours only. */
export function evaluateText<Made>(text: string): Made {
  const make = new Function('exponentialChange', 'integrate', text);
  // What generated code returns is known to its generator only.
  return make(exponentialChange, integrate) as Made;
}
