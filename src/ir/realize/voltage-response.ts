/**
 * How fast a device learns as a function of the voltage across it, and whether spikes can be superposed on it: the rate
 * must be an odd, rising function of the voltage, times a factor that may depend on the weight. The equations are asked,
 * not the device's name.
 */
import { initialValues, valueOf } from '../../devices/interpret-device.js';
import type { ConductanceWindow, DeviceModel } from '../../devices/device-model.js';
import { coupledStates } from '../../devices/kernel-plan.js';

/** Rate of a state as a function of the voltage. */
export interface VoltageResponse {
  /** Change of the weight in a second at `volts` [weight/s], at the weight that was asked for. */
  readonly rate: (volts: number) => number;
  /** Whether the rate has a factor that follows the weight. */
  readonly followsWeight: boolean;
}

/** Part of the largest rate by which equal rates may differ: what rounding leaves. */
const TOLERANCE = 1e-9;

/** Voltages that are tried on either side of 0 V. */
const PROBES = 64;

/**
 * The response of `device` up to `maxVolts`, or in words why waveforms cannot be superposed on it.
 * @param weight  value of the first state at which the rate is asked for
 */
export function voltageResponse(
  device: DeviceModel,
  window: Pick<ConductanceWindow, 'low' | 'high'> | undefined,
  weight: number,
  maxVolts: number,
): VoltageResponse | string {
  const [state] = device.states;
  const equation = state?.rate;
  if (!state || !equation) return 'no `evolve` says how its state follows the voltage';
  if (device.pulseSteps.length > 0) return '`on pulse` counts pulses, and superposed waveforms have none';
  if (coupledStates(device).length > 0) return 'its states depend on one another';
  const values = initialValues(device, window);
  const rateAt = (at: number, volts: number): number => valueOf(equation, values.set(state.name, at).set('v', volts));
  const rate = (volts: number): number => rateAt(weight, volts);
  const fault = faultOf(rate, maxVolts);
  if (fault !== undefined) return fault;
  const { min, max } = state;
  const others = [0.25, 0.5, 0.75].map((share) => min + share * (max - min));
  const factors = others.map((at) => factorAt((volts) => rateAt(at, volts), rate, maxVolts));
  if (factors.includes(undefined)) return 'what a voltage does depends on the weight in more than a factor';
  return { rate, followsWeight: factors.some((factor) => Math.abs((factor ?? 1) - 1) > TOLERANCE) };
}

function faultOf(rate: (volts: number) => number, maxVolts: number): string | undefined {
  const largest = Math.max(Math.abs(rate(maxVolts)), Math.abs(rate(-maxVolts)));
  if (!(largest > 0)) return 'no voltage moves it';
  if (Math.abs(rate(0)) > TOLERANCE * largest) return 'it moves without a voltage';
  let before = 0;
  for (let probe = 1; probe <= PROBES; probe++) {
    const volts = (probe / PROBES) * maxVolts;
    const up = rate(volts);
    if (!(Math.abs(up + rate(-volts)) <= TOLERANCE * largest)) {
      return 'voltages of the two signs do not move it by the same amount, so that a biphasic sampler would change it alone';
    }
    if (up < before) return 'its rate does not rise with the voltage';
    before = up;
  }
  const half = rate(maxVolts / 2);
  if (largest - 2 * half <= TOLERANCE * largest)
    return 'its rate is proportional to the voltage: what two waveforms do together is the sum of what they do alone';
  return undefined;
}

/** The one number by which `rate` is `reference` at all voltages; undefined where there is none. */
function factorAt(
  rate: (volts: number) => number,
  reference: (volts: number) => number,
  maxVolts: number,
): number | undefined {
  const factor = rate(maxVolts) / reference(maxVolts);
  const largest = Math.abs(rate(maxVolts));
  for (let probe = 1; probe <= PROBES; probe++) {
    const volts = (probe / PROBES) * maxVolts;
    if (!(Math.abs(rate(volts) - factor * reference(volts)) <= 1e3 * TOLERANCE * largest)) return undefined;
  }
  return factor;
}
