/** How well a device, however it was made, foretells the readings of a measurement. */
import { createCell } from '../advance.js';
import type { ConductanceWindow, DeviceModel } from '../device-model.js';
import { applyPulseSteps, initialValues } from '../interpret-device.js';
import type { MeasuredPulse, Measurement } from './measurement.js';

/** Of reading minus what the device without noise makes of the reading before [S]. */
export interface DeviceResiduals {
  readonly rms: number;
  readonly max: number;
}

/** The residuals of `device` in its default window; undefined for one without a window or with several states. */
export function deviceResiduals(device: DeviceModel, { series }: Measurement): DeviceResiduals | undefined {
  const window = device.windows.find(({ name }) => name === device.defaultWindow);
  if (!window || device.states.length !== 1) return undefined;
  const predict = device.pulseSteps.length > 0 ? predictCounted(device, window) : predictMoved(device, window);
  let [squares, max, count] = [0, 0, 0];
  for (const { start, pulses } of series) {
    let before = start;
    for (const pulse of pulses) {
      const error = Math.abs(pulse.siemens - predict(before, pulse));
      squares += error * error;
      // Written so that NaN is not lost
      max = max >= error ? max : error;
      count++;
      before = pulse.siemens;
    }
  }
  return { rms: Math.sqrt(squares / count), max };
}

type Predict = (siemens: number, pulse: MeasuredPulse) => number;

function predictCounted(device: DeviceModel, window: ConductanceWindow): Predict {
  const initial = initialValues(device, window);
  const state = device.states[0]?.name ?? '';
  return (siemens, pulse) => {
    let values: ReadonlyMap<string, number> = new Map(initial).set(state, siemens);
    for (let count = 0; count < pulse.count; count++)
      values = applyPulseSteps(device, values, appliedPulse(device, pulse));
    return values.get(state) ?? NaN;
  };
}

function predictMoved(device: DeviceModel, window: ConductanceWindow): Predict {
  const cell = createCell(device, window);
  return (siemens, pulse) => {
    const { volts, seconds } = appliedPulse(device, pulse);
    return cell.advance(siemens, volts, seconds * pulse.count);
  };
}

function appliedPulse({ pulse: nominal }: DeviceModel, { direction, volts, seconds }: MeasuredPulse) {
  return { volts: direction * (volts ?? nominal.volts), seconds: seconds ?? nominal.seconds };
}
