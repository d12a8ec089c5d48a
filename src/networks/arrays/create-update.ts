/** The method by which the cells of an array follow the rule of their projection. */
import type { DeviceModel } from '../../devices/device-model.js';
import type { MappedLearning } from '../../ir/mapped-network.js';
import { HeldCells } from './held-cells.js';
import { changePerProduct, OuterProductUpdate, weightStepOf } from './outer-product-update.js';
import { ProgrammingUpdate } from './programming-update.js';
import type { PulseVolts } from './pulse-volts.js';
import { realizationOf, settingOf } from './realization.js';
import { compileSampleRule, type SampleRule } from './sample-rule.js';
import { stepInverse, type KnownSpread } from './step-inverse.js';
import type { UpdateMethod } from './update-method.js';
import type { WeightCells } from './weight-cells.js';

export interface UpdateSetup {
  readonly cells: WeightCells;
  readonly device: DeviceModel;
  readonly learning: readonly MappedLearning[];
  /** What pulses of the host bring to cells. */
  readonly volts: PulseVolts;
  /** Widths of pulses are multiples of this [s]; any where it is 0. */
  readonly tickSeconds: number;
  readonly seed: number;
  /** Where weights start (rows x columns). */
  readonly weights: Float32Array;
  /** Per-device values that a calibration has found, which widths of pulses then follow. */
  readonly known?: KnownSpread | undefined;
}

/** Why cells cannot follow a rule in the way that it asks for. */
export interface UpdateRefusal {
  readonly kind: 'refused';
  readonly reason: string;
}

/** The method, or why there is none. */
export function createUpdate(setup: UpdateSetup): UpdateMethod | UpdateRefusal {
  const { learning, cells, weights } = setup;
  if (learning.length === 0) return new HeldCells(cells, weights);
  const rule = compileSampleRule(learning, cells);
  if ('kind' in rule) return rule;
  const method = realizationOf(learning) ?? 'host';
  switch (method) {
    case 'outerProduct':
      return outerProduct(setup, rule);
    case 'programming':
    case 'host':
      return programming(setup, rule);
    default:
      return refused(`\`realize ${method}\` is not how cells that follow the voltage are programmed`);
  }
}

function outerProduct({ cells, device, learning, seed, weights }: UpdateSetup, rule: SampleRule) {
  if (changePerProduct(rule) === undefined) {
    return refused('trains change weights in proportion to `pre.value * post.error` only');
  }
  const weightStep = weightStepOf(device, cells);
  return new OuterProductUpdate({
    ...{ cells, rule, weightStep, learning, seed, weights },
    pulseSeconds: device.pulse.seconds,
  });
}

function programming(setup: UpdateSetup, rule: SampleRule): UpdateMethod {
  const { cells, device, learning, volts, tickSeconds, weights, known } = setup;
  const inverse = stepInverse(device, cells.window, volts, known);
  const attempts = settingOf(learning, 'attempts') ?? 1;
  return new ProgrammingUpdate({ cells, inverse, attempts, tickSeconds, rule, weights });
}

function refused(reason: string): UpdateRefusal {
  return { kind: 'refused', reason };
}
