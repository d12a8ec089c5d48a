/** From a wanted change of conductance to the width of the pulse that a controller chooses without looking. */
import { createCell, type Cell } from '../../devices/advance.js';
import type { DeviceModel } from '../../devices/device-model.js';
import { planKernel } from '../../devices/kernel-plan.js';
import type { Chip } from '../../ir/chip.js';
import type { Window } from './cell-equations.js';
import type { PulseVolts } from './pulse-volts.js';

/** Signed seconds of one pulse from a conductance to another [S], with the gain of its cell; 0 where none gets there. */
export type StepInverse = (from: number, to: number, cell: number) => number;

/** What is known of single cells: values of a spread per device (rows x columns). */
export interface KnownSpread {
  readonly spread: string;
  readonly values: Float64Array;
}

/**
 * The nominal device turned round: all spreads at their mean but the one that is known. A device that moves at the same
 * rate all over its window is a division; others are asked pulse by pulse, up to their longest pulse.
 */
export function stepInverse(device: DeviceModel, window: Window, volts: PulseVolts, known?: KnownSpread): StepInverse {
  const cell = createCell(device, window);
  const longest = longestPulse(device) ?? Infinity;
  const bounded = (seconds: number): number => Math.min(longest, Math.max(-longest, seconds));
  if (planKernel(device).states[0]?.driven.motion.kind === 'constant') {
    const gains = known ? Array.from(known.values) : [];
    const rates = [volts.up.both, volts.down.both].map((both) => ratesOf(cell, both, { window, known, gains }));
    return (from, to, index) => {
      const rate = (to > from ? rates[0] : rates[1])?.(index) ?? NaN;
      const seconds = (to - from) / rate;
      return seconds > 0 ? bounded(to > from ? seconds : -seconds) : 0;
    };
  }
  return (from, to, index) => {
    if (from === to) return 0;
    const gains = known && new Map([[known.spread, known.values[index] ?? 1]]);
    const seconds = cell.secondsTo(from, to, to > from ? volts.up.both : volts.down.both, gains);
    return seconds === undefined ? 0 : bounded(to > from ? seconds : -seconds);
  };
}

function ratesOf(
  cell: Cell,
  volts: number,
  {
    window,
    known,
    gains,
  }: { readonly window: Window; readonly known: KnownSpread | undefined; readonly gains: readonly number[] },
): (index: number) => number {
  if (!known) {
    const rate = cell.rateAt(window.low, volts);
    return () => rate;
  }
  const rates = gains.map((gain) => cell.rateAt(window.low, volts, new Map([[known.spread, gain]])));
  return (index) => rates[index] ?? NaN;
}

/** Change of a conductance by a nominal pulse, the mean of both polarities [S]. */
export function nominalStep(device: DeviceModel, window: Window, siemens: number): number {
  const cell = createCell(device, window);
  const { volts, seconds } = device.pulse;
  return (cell.advance(siemens, volts, seconds) - cell.advance(siemens, -volts, seconds)) / 2;
}

/** Longest pulse that the device stands [s]; undefined where it has no rating. */
export function longestPulse({ ratings }: DeviceModel): number | undefined {
  return ratings.find(({ quantity }) => quantity === 'duration')?.max;
}

/**
 * Shortest width of a pulse on a chip [s]: the timer counts whole clocks, as many at once as its bits need to cover the
 * longest pulse of the device.
 */
export function tickOf(device: DeviceModel, chip: Pick<Chip, 'clockHz' | 'tile'>): number {
  const longest = longestPulse(device);
  return longest === undefined ? 1 / chip.clockHz : tickOfLongest(longest, chip);
}

/** The same for pulses of `longest` at most [s]. */
export function tickOfLongest(longest: number, { clockHz, tile }: Pick<Chip, 'clockHz' | 'tile'>): number {
  const ticks = Math.max(1, (longest * clockHz) / (2 ** tile.timer.bits - 1));
  return 2 ** Math.ceil(Math.log2(ticks)) / clockHz;
}

/** The width that a timer makes of one [s]: whole ticks; any where `tickSeconds` is 0. */
export function wholeTicks(seconds: number, tickSeconds: number): number {
  return tickSeconds === 0 ? seconds : Math.round(seconds / tickSeconds) * tickSeconds;
}
