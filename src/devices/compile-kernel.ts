/** Device equations to running code: the generated text becomes functions of this process. */
import { invariant } from '../core/invariant.js';
import { exponentialArea, exponentialChange } from '../numerics/exponential.js';
import { createFlow } from '../numerics/flow.js';
import { integrate } from '../numerics/integrate.js';
import { interpolate } from '../numerics/interpolate.js';
import { interpolateGrid } from '../numerics/interpolate-grid.js';
import { curvatureOfLabel } from '../numerics/nonlinearity-label.js';
import { remainder } from '../numerics/remainder.js';
import { roundHalfAwayFromZero } from '../numerics/rounding.js';
import type { DeviceModel } from './device-model.js';
import { listName, type RUNTIME_MODULES } from './kernel-names.js';
import { planKernel, type KernelPlan } from './kernel-plan.js';
import { numberNames, sharedPhysicsText } from './kernel-source.js';
import type { TileKernel, TileSetup } from './kernel.js';
import { sharedRateText } from './read-text.js';
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
  const createPhysics = evaluateText<CellPhysics['createPhysics']>(plan, sharedPhysicsText);
  const { spreads, modulators } = device;
  const physics: CellPhysics = { spreads, states: plan.states.map(({ name }) => name), modulators, createPhysics };
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
  return evaluateText(plan, sharedRateText);
}

const RUNTIME: Readonly<Record<keyof typeof RUNTIME_MODULES, unknown>> = {
  createFlow,
  exponentialArea,
  curvatureOfLabel,
  exponentialChange,
  integrate,
  interpolate,
  interpolateGrid,
  remainder,
  roundHalfAwayFromZero,
};

type Maker = (...values: readonly unknown[]) => unknown;

/** Devices of the same equations share their code, the engine's work on it, and the work of writing it. */
const makers = new Map<string, Maker>();

/** Makers that are remembered, at most: an editor asks for a new one with every keystroke in an equation. */
const MAX_MAKERS = 256;

/** What generated statements of `plan` return: a function of type `Made`. They hold numbers and names of ours only. */
function evaluateText<Made>(plan: KernelPlan, write: (plan: KernelPlan) => string): Made {
  const key = write.name + equationsOf(plan);
  let make = makers.get(key);
  if (!make) {
    const names = [...Object.keys(RUNTIME), ...numberNames(plan), ...plan.lists.map((_, index) => listName(index))];
    // A function of values is what the constructor makes.
    make = new Function(...names, `'use strict';\n${write(plan)}`) as Maker;
    if (makers.size >= MAX_MAKERS) makers.clear();
    makers.set(key, make);
  }
  const values = plan.numbers.map(({ value }) => value);
  for (const value of values) invariant(Number.isFinite(value), `kernels hold finite numbers, not ${String(value)}`);
  // What generated code returns is known to its generator only.
  return make(...Object.values(RUNTIME), ...values, ...plan.lists) as Made;
}

/** All of a plan that generated text depends on: everything but the values of its numbers and long lists. */
function equationsOf({ device, numbers, lists, builtIn: _, ...equations }: KernelPlan): string {
  const names = new Map<unknown, string>(lists.map((list, index) => [list, listName(index)]));
  const spreads = device.spreads.map(({ name, per }) => [name, per]);
  const modulators = device.modulators.map(({ name }) => name);
  return JSON.stringify([numbers.map(({ name }) => name), equations, spreads, modulators], (key, value: unknown) =>
    key === 'origin' ? undefined : (names.get(value) ?? value),
  );
}
