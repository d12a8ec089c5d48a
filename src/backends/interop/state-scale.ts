/** Where the voltages of state nodes begin and what a volt of them means, so that ngspice's tolerances hold. */
import type { ConductanceWindow, DeviceModel, StateVariable } from '../../devices/device-model.js';
import { applyPulseSteps, initialValues, valueOf, type Values } from '../../devices/interpret-device.js';

/** Nominal pulses that move a state by one span. */
const PULSES_OF_SPAN = 100;

/** A state on a node: value = start + span * volts. */
export interface StateScale {
  readonly state: StateVariable;
  readonly start: number;
  readonly span: number;
}

/** Scales of all states of `device` as it starts in `window`: a span is what a hundred nominal pulses change. */
export function stateScales(device: DeviceModel, window: ConductanceWindow | undefined): readonly StateScale[] {
  const initial = initialValues(device, window);
  const changes = [device.pulse.volts, -device.pulse.volts].map((volts) => changesBy(device, initial, volts));
  return device.states.map((state, index) => {
    const range = state.max - state.min;
    const change = PULSES_OF_SPAN * Math.max(...changes.map((all) => Math.abs(all[index] ?? 0)));
    // A state that does not move at its start is measured by its range
    const span = change > 0 && change < range ? roundedSpan(change) : range;
    return { state, start: initial.get(state.name) ?? NaN, span };
  });
}

/** Two digits are enough for a scale. */
function roundedSpan(span: number): number {
  return Number(span.toPrecision(2));
}

function changesBy(device: DeviceModel, initial: Values, volts: number): readonly number[] {
  const { seconds } = device.pulse;
  const during = new Map(initial).set('v', volts);
  const after = applyPulseSteps(device, initial, { volts, seconds });
  return device.states.map(({ name, rate }) => {
    const evolved = rate ? valueOf(rate, during) * seconds : 0;
    const change = Math.abs(evolved) + Math.abs((after.get(name) ?? NaN) - (initial.get(name) ?? NaN));
    return Number.isFinite(change) ? change : 0;
  });
}
