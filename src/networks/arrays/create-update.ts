/** The method by which the cells of an array follow the rule of their projection. */
import type { DeviceModel } from '../../devices/device-model.js';
import type { MappedLearning } from '../../ir/mapped-network.js';
import type { RealizationMethod } from '../../ir/rule.js';
import { CountedUpdate } from './counted-update.js';
import { createTrains, pulseOn, trainsSetup, weightStepOf } from './create-trains.js';
import { HeldCells } from './held-cells.js';
import { OuterProductUpdate } from './outer-product-update.js';
import { changePerProduct, NOT_PROPORTIONAL } from './product-change.js';
import { ProgrammedCells, type Programming } from './programmed-cells.js';
import { ProgrammingUpdate } from './programming-update.js';
import type { PulseVolts } from './pulse-volts.js';
import { RandomTrains } from './random-trains.js';
import { choiceOf, realizationOf, settingOf } from './realization.js';
import { compileSampleRule, type SampleRule } from './sample-rule.js';
import { nominalStep, stepInverse, type KnownSpread } from './step-inverse.js';
import { TikiTakaUpdate } from './tiki-taka-update.js';
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
  /** How cells that nothing teaches are programmed; they begin at their weights where absent. */
  readonly programming?: Programming | undefined;
}

/** Why cells cannot follow a rule in the way that it asks for. */
export interface UpdateRefusal {
  readonly kind: 'refused';
  readonly reason: string;
}

/** Whether a method writes cells that follow the voltage from samples. */
export function writesFromSamples(method: RealizationMethod | undefined): boolean {
  return method !== undefined && method !== 'superposition' && method !== 'bias';
}

/** The method, or why there is none. */
export function createUpdate(setup: UpdateSetup): UpdateMethod | UpdateRefusal {
  const { learning, cells } = setup;
  if (learning.length === 0) return heldCells(setup);
  const method = realizationOf(learning) ?? 'host';
  const isPulsed = method in PULSED;
  const rule = compileSampleRule(isPulsed ? learning.map(withoutRange) : learning, cells);
  if ('kind' in rule) return rule;
  switch (method) {
    case 'outerProduct':
    case 'pulses':
    case 'tikiTaka': {
      const reason = pulseObstacle(setup, rule);
      return reason === undefined ? PULSED[method](setup, rule) : { kind: 'refused', reason };
    }
    case 'programming':
    case 'host':
      return programming(setup, rule);
    default:
      return {
        kind: 'refused',
        reason: `\`realize ${method}\` is not how cells that follow the voltage are programmed`,
      };
  }
}

function heldCells({ cells, device, volts, tickSeconds, weights, known, programming }: UpdateSetup): UpdateMethod {
  if (!programming) return new HeldCells(cells, weights);
  const inverse = stepInverse(device, cells.window, volts, known);
  return new ProgrammedCells({ cells, inverse, tickSeconds, ...programming }, weights);
}

/** Pulses stop at the ends of the window, whatever range the rule gives its weight. */
function withoutRange(learning: MappedLearning): MappedLearning {
  const { bounds: _, ...weight } = learning.rule.weight;
  return { ...learning, rule: { ...learning.rule, weight } };
}

/** Why nominal pulses cannot carry out a rule; undefined where they can. */
function pulseObstacle({ cells, device, learning }: UpdateSetup, rule: SampleRule): string | undefined {
  if (changePerProduct(rule, cells) === undefined) return NOT_PROPORTIONAL;
  if (settingOf(learning, 'refresh') !== undefined) return 'cells that move both ways are not set anew (`refresh`)';
  const { low, high } = cells.window;
  return nominalStep(device, cells.window, (low + high) / 2) > (high - low) / 2
    ? `a pulse moves \`${device.name}\` through more than half its window`
    : undefined;
}

type Create = (setup: UpdateSetup, rule: SampleRule) => UpdateMethod;

const PULSED: Readonly<Record<'outerProduct' | 'pulses' | 'tikiTaka', Create>> = {
  outerProduct: (setup, rule) => {
    const { cells, weights } = setup;
    return new OuterProductUpdate({ cells, rule, trains: createTrains(setup), weights });
  },
  pulses: ({ cells, device, learning, tickSeconds, seed, weights }, rule) =>
    new CountedUpdate({
      ...{ cells, rule, seed, weights, tickSeconds, weightStep: weightStepOf(device, cells) },
      pulseSeconds: pulseOn(device, tickSeconds),
      fraction: settingOf(learning, 'fraction') ?? 0,
      isStochastic: settingOf(learning, 'stochastic') === 1,
    }),
  tikiTaka: (setup, rule) => {
    const { cells, learning, weights } = setup;
    const trains = trainsSetup(setup);
    return new TikiTakaUpdate({
      ...{
        cells,
        rule,
        weights,
        weightStep: trains.weightStep,
        pulseSeconds: trains.pulseSeconds,
        slots: trains.slots,
      },
      version: settingOf(learning, 'version') === 1 ? 1 : 2,
      every: settingOf(learning, 'every') ?? 1,
      transferRate: settingOf(learning, 'rate') ?? 0,
      pairs: settingOf(learning, 'pairs') ?? 0,
      trains: new RandomTrains(trains),
    });
  },
};

function programming(setup: UpdateSetup, rule: SampleRule): UpdateMethod {
  const { cells, device, learning, volts, tickSeconds, weights, known } = setup;
  const inverse = stepInverse(device, cells.window, volts, known);
  const attempts = settingOf(learning, 'attempts') ?? 1;
  const by = choiceOf(learning, 'by') === 'rows' ? 'rows' : 'cells';
  return new ProgrammingUpdate({ cells, inverse, attempts, tickSeconds, by, rule, weights });
}
