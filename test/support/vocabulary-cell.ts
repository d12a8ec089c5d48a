/** Single cells of library devices for tests: known draws, counted pulses, by interpretation. */
import { createDiskHost } from '../../src/core/disk.js';
import type { DeviceModel } from '../../src/devices/device-model.js';
import type { Expression } from '../../src/devices/expression.js';
import { applyPulseSteps, initialValues, valueOf, type Values } from '../../src/devices/interpret-device.js';
import { loadLibraryDevice } from '../../src/dsl/front-end.js';
import { LIBRARY_DEVICES } from '../../src/dsl/standard-library.js';
import { compileDevice } from './device-text.js';

/** The library's device `name`, or one that extends it by `clauses`. */
export function vocabularyDevice(name: string, clauses: readonly string[] = []): DeviceModel {
  if (clauses.length === 0) return loadLibraryDevice(name, createDiskHost());
  const module = LIBRARY_DEVICES.get(name)?.module ?? '';
  return compileDevice(
    `import device ${name} from "${module}"\n\ndevice cell extends ${name} {\n${clauses.join('\n')}\n}\n`,
  );
}

/** `param NAME = VALUE` with an origin. */
export function parameterClause(name: string, value: number, unit = ''): string {
  return `  param ${name} = ${String(value)}${unit} source "test" confidence estimate`;
}

/** The number of a parameter. */
export function parameterOf({ name: device, parameters }: DeviceModel, name: string): number {
  const parameter = parameters.find((candidate) => candidate.name === name);
  if (!parameter) throw new Error(`${device} has no parameter ${name}`);
  return parameter.value;
}

/** Values of spreads by name. */
export type Draws = Readonly<Record<string, number>>;

/** A cell that takes one pulse after the other. */
export class VocabularyCell {
  readonly #device: DeviceModel;
  #values: Values;

  /** @param draws  spreads per device; the others are at their means */
  constructor(device: DeviceModel, draws: Draws = {}) {
    this.#device = device;
    const values = initialValues(device);
    for (const [name, value] of Object.entries(draws)) this.#set(values, name, value);
    this.#values = values;
  }

  /** One pulse of the nominal amplitude and width; `cycle` are spreads per pulse. */
  pulse(sign: number, cycle: Draws = {}, widths = 1): void {
    const { volts, seconds } = this.#device.pulse;
    const values = new Map(this.#values);
    for (const [name, value] of Object.entries(cycle)) this.#set(values, name, value);
    this.#values = applyPulseSteps(this.#device, values, { volts: sign * volts, seconds: seconds * widths });
  }

  /** The value of a state. */
  state(name = 'w'): number {
    return this.#values.get(name) ?? NaN;
  }

  /** Sets a state. */
  place(value: number, name = 'w'): void {
    const values = new Map(this.#values);
    this.#set(values, name, value);
    this.#values = values;
  }

  /** Current at `volts` [A]. */
  current(volts: number): number {
    return this.valueOf(this.#device.current, volts);
  }

  /** The value of an equation at `volts`. */
  valueOf(equation: Expression, volts = 0): number {
    return valueOf(equation, new Map(this.#values).set('v', volts));
  }

  #set(values: Map<string, number>, name: string, value: number): void {
    if (!values.has(name)) throw new Error(`${this.#device.name} has no ${name}`);
    values.set(name, value);
  }
}
