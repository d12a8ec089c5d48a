/** Values that an experiment and the place of use give to parameters of rules and devices. */
import { invariant } from '../../core/invariant.js';
import type { DeviceModel } from '../../devices/device-model.js';
import type { Learning } from '../graph.js';
import type { LearningRule, NamedNumber } from '../rule.js';

/** Values by dotted name, `rule.parameter`: those of the experiment, over them those of the point. */
export class ParameterValues {
  readonly #values: ReadonlyMap<string, number>;

  constructor(settings: readonly NamedNumber[], point: readonly NamedNumber[]) {
    this.#values = new Map([...settings, ...point].map(({ name, value }) => [name, value]));
  }

  /** The device with the values of the experiment. */
  ofDevice(device: DeviceModel): DeviceModel {
    return { ...device, parameters: device.parameters.map((each) => this.#set(device.name, each)) };
  }

  /** The rule with the values of the experiment, over them those of the place where it is used. */
  ofRule(rule: LearningRule, { settings }: Pick<Learning, 'settings'>): LearningRule {
    const own = new Map(settings.map(({ name, value }) => [name, value]));
    const parameters = rule.parameters.map((each) => {
      const value = own.get(each.name);
      return value === undefined ? this.#set(rule.name, each) : { ...each, value };
    });
    return { ...rule, parameters };
  }

  #set<Parameter extends { readonly name: string; readonly value: number }>(
    owner: string,
    parameter: Parameter,
  ): Parameter {
    const value = this.#values.get(`${owner}.${parameter.name}`);
    return value === undefined ? parameter : { ...parameter, value };
  }
}

/** What of a network is called by name. */
export function named<Item extends { readonly name: string }>(items: readonly Item[], name: string): Item {
  const found = items.find((item) => item.name === name);
  invariant(found, `\`${name}\`, which something refers to, exists`);
  return found;
}
