/** The conductances between which the cells of a projection are used. */
import { invariant } from '../core/invariant.js';
import type { DeviceModel } from '../devices/device-model.js';
import type { WeightEncoding } from './graph.js';

/** The window of an encoding: its own, else the default one of the device, else all that its first state can be. */
export function windowOf(
  { window }: WeightEncoding,
  { windows, defaultWindow, states }: DeviceModel,
): { readonly low: number; readonly high: number } {
  const chosen = window ?? windows.find(({ name }) => name === defaultWindow) ?? windows[0];
  const [state] = states;
  invariant(chosen ?? state, 'a device has a state');
  return chosen ?? { low: state?.min ?? NaN, high: state?.max ?? NaN };
}
