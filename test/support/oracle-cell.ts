/** A cell by interpretation, with the bookkeeping of a tile written a second time: what kernels are compared with. */
import type { DeviceModel } from '../../src/devices/device-model.js';
import {
  applyPulseSteps,
  exposeCell,
  initialValues,
  valueOf,
  type AppliedVoltage,
  type Values,
} from '../../src/devices/interpret-device.js';

/** Steps of an exposure: fine enough for moderate rates over moderate times. */
const STEPS = 400;

interface OpenPulse {
  readonly volts: number;
  readonly seconds: number;
  readonly before: Values;
  /** At its end, before its step. */
  readonly unstepped: Values;
  readonly energy: number;
}

export class OracleCell {
  readonly #device: DeviceModel;
  #values: Map<string, number>;
  #open: OpenPulse | undefined;
  pulseEnergy = 0;
  holdEnergy = 0;

  constructor(device: DeviceModel, window: { readonly low: number; readonly high: number }) {
    this.#device = device;
    this.#values = initialValues(device, window);
  }

  state(name: string): number {
    return this.#values.get(name) ?? NaN;
  }

  modulate(name: string, value: number): void {
    this.#values.set(name, value);
  }

  currentAt(volts: number): number {
    return valueOf(this.#device.current, new Map(this.#values).set('v', volts));
  }

  rest(seconds: number): void {
    this.#open = undefined;
    const { values, powerEnergy } = exposeCell(this.#device, this.#values, { voltsAt: () => 0, seconds }, STEPS);
    this.#values = values;
    this.holdEnergy += powerEnergy;
  }

  pulse(volts: number, seconds: number, continues: boolean): void {
    if (volts === 0) {
      this.rest(seconds);
      return;
    }
    const goesOn = this.#device.pulseSteps.length > 0 && continues && this.#open?.volts === volts;
    const open = goesOn ? this.#open : undefined;
    const before = open?.before ?? this.#values;
    const unstepped = this.#expose(open?.unstepped ?? this.#values, { voltsAt: () => volts, seconds });
    const duration = (open?.seconds ?? 0) + seconds;
    const energy = this.#finish(before, unstepped, { volts, seconds: duration });
    this.pulseEnergy += energy - (open?.energy ?? 0);
    this.#open = { volts, seconds: duration, before, unstepped, energy };
  }

  /** A ramp in a device whose pulses are not counted. */
  ramp(from: number, to: number, seconds: number): void {
    const before = this.#values;
    const voltsAt = (t: number): number => from + ((to - from) * t) / seconds;
    this.#values = this.#expose(before, { voltsAt, seconds });
    this.pulseEnergy += this.#price(before, this.#values, { volts: (from + to) / 2, seconds });
    this.#open = undefined;
  }

  #expose(values: Values, voltage: AppliedVoltage): Map<string, number> {
    return exposeCell(this.#device, values, voltage, STEPS).values;
  }

  /** Does the step of a pulse; returns the energy of the pulse. */
  #finish(before: Values, unstepped: Values, pulse: { readonly volts: number; readonly seconds: number }): number {
    this.#values = applyPulseSteps(this.#device, unstepped, pulse);
    return this.#price(before, this.#values, pulse);
  }

  #price(
    before: Values,
    after: Values,
    { volts, seconds }: { readonly volts: number; readonly seconds: number },
  ): number {
    const values = new Map(before).set('v', volts).set('duration', seconds);
    for (const { name } of this.#device.states) {
      values.set(`change.${name}`, (after.get(name) ?? NaN) - (before.get(name) ?? NaN));
    }
    return valueOf(this.#device.pulseEnergy, values);
  }
}
