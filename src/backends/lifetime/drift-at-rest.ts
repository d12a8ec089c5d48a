/** How long a cell keeps its value by the equations of its device. */
import { compileKernel } from '../../devices/compile-kernel.js';
import type { DeviceModel } from '../../devices/device-model.js';

/** Times that are looked at [s]: a microsecond to some 30,000 years. */
const SHORTEST = 1e-6;
const LONGEST = 1e12;
/** Halvings of the logarithm of time between two decades: the time is found to a thousandth. */
const HALVINGS = 12;

/**
 * Seconds after which a cell at rest that began at an end of the window has moved by `allowed`, the sooner end;
 * undefined where it has not after {@link LONGEST}. Spreads stay at their means.
 */
export function driftAtRest(
  device: DeviceModel,
  window: { readonly low: number; readonly high: number },
  allowed: number,
): number | undefined {
  const times = [window.low, window.high].map((start) => timeToMove(device, { window, start, allowed }));
  const known = times.filter((time) => time !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

interface Resting {
  readonly window: { readonly low: number; readonly high: number };
  readonly start: number;
  readonly allowed: number;
}

function timeToMove(device: DeviceModel, { window, start, allowed }: Resting): number | undefined {
  const without = device.spreads.map(({ name }) => name);
  const kernel = compileKernel(device, { rows: 1, columns: 1, window, seed: 1, without });
  const hasMoved = (seconds: number): boolean => {
    kernel.reset();
    kernel.conductance[0] = start;
    kernel.rest(seconds);
    return Math.abs((kernel.conductance[0] ?? NaN) - start) >= allowed;
  };
  let high = SHORTEST;
  while (!hasMoved(high)) {
    high *= 10;
    if (high > LONGEST) return undefined;
  }
  let low = high / 10;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = Math.sqrt(low * high);
    if (hasMoved(middle)) high = middle;
    else low = middle;
  }
  return high;
}
