/** The trains that a realization asks for. */
import type { DeviceModel } from '../../devices/device-model.js';
import { MAX_SLOTS } from '../../devices/trains/choose-order.js';
import type { MappedLearning } from '../../ir/mapped-network.js';
import { ExactTrains, ScheduledTrains } from './bit-trains.js';
import type { LineTrains, LineTrainsSetup } from './line-trains.js';
import { RandomTrains } from './random-trains.js';
import { choiceOf, settingOf } from './realization.js';
import { longestPulse, nominalStep, wholeTicks } from './step-inverse.js';
import type { WeightCells } from './weight-cells.js';

/** What trains need to know beside the realization. */
export interface TrainsPlace {
  readonly cells: WeightCells;
  readonly device: DeviceModel;
  readonly learning: readonly MappedLearning[];
  readonly tickSeconds: number;
  readonly seed: number;
}

/** Weight change of one coincidence: both cells of a pair take a nominal step at the middle of the window. */
export function weightStepOf(device: DeviceModel, { window, isDifferential, scale }: WeightCells): number {
  return ((isDifferential ? 2 : 1) * nominalStep(device, window, (window.low + window.high) / 2)) / scale;
}

/** Width of a nominal pulse as a timer makes it [s]. */
export function pulseOn({ pulse }: DeviceModel, tickSeconds: number): number {
  return Math.max(tickSeconds, wholeTicks(pulse.seconds, tickSeconds));
}

/** Lengths, bits and seed of trains. */
export function trainsSetup({ cells, device, learning, tickSeconds, seed }: TrainsPlace): LineTrainsSetup {
  return {
    ...{ cells, tickSeconds, weightStep: weightStepOf(device, cells), pulseSeconds: pulseOn(device, tickSeconds) },
    longestSeconds: longestPulse(device) ?? Infinity,
    slots: settingOf(learning, 'slots') ?? MAX_SLOTS,
    bits: settingOf(learning, 'bits') ?? 4,
    seed: seed + (settingOf(learning, 'seed') ?? 1),
  };
}

/** Trains for the outer products of a rule. */
export function createTrains(place: TrainsPlace): LineTrains {
  const setup = trainsSetup(place);
  switch (choiceOf(place.learning, 'trains')) {
    case 'scheduled':
      return new ScheduledTrains(setup);
    case 'exact':
      return new ExactTrains(setup);
    default:
      return new RandomTrains(setup);
  }
}
