/** What everything in a device is called in its subcircuit. */
import type { DeviceModel } from '../../devices/device-model.js';
import { initialValues } from '../../devices/interpret-device.js';
import type { Expression } from '../../devices/expression.js';
import { SpiceNames } from './spice-names.js';
import { spiceText } from './spice-expression.js';

/** Names of the nodes and parameters that belong to a state. */
export interface StateNames {
  /** Snake case, without a prefix of ours. */
  readonly base: string;
  /** Value of the state: a function of its node. */
  readonly value: string;
}

/** Names of a subcircuit, and equations written with them. */
export interface DeviceVocabulary {
  readonly nameOf: (name: string) => string;
  readonly stateOf: (name: string) => StateNames;
  /** Text for a `.param` line. */
  readonly parameterText: (expression: Expression) => string;
  /** Text for a source; `v` and `duration` are texts of the voltage [V] and, in handlers, the pulse's length [s]. */
  readonly sourceText: (expression: Expression, inputs: { readonly v: string; readonly duration?: string }) => string;
}

const FIXED_NAMES = ['pulse.voltage', 'pulse.width', 'read.voltage', 'window.low', 'window.high'];

/** The vocabulary of `device`. */
export function deviceVocabulary(device: DeviceModel): DeviceVocabulary {
  const names = new SpiceNames();
  const constants = new Map<string, string>(FIXED_NAMES.map((name) => [name, name.replace('.', '_')]));
  const claim = (prefix: string, all: readonly { readonly name: string }[]): void => {
    for (const { name } of all) constants.set(name, names.claim(prefix, name));
  };
  claim('p_', device.parameters);
  claim('d_', device.derived);
  claim('m_', device.modulators);
  claim('r_', device.spreads);
  const states = new Map(device.states.map(({ name }) => [name, stateNames(names.claim('', name))]));
  const valueByName = new Map([...initialValues(device, device.windows[0])].filter(([name]) => constants.has(name)));
  const withStates = new Map([...constants, ...Array.from(states, ([name, { value }]) => [name, value] as const)]);
  return {
    nameOf: (name) => constants.get(name) ?? name,
    stateOf: (name) => states.get(name) ?? stateNames(name),
    parameterText: (expression) => spiceText(expression, { textByName: constants, valueByName, place: 'parameter' }),
    sourceText: (expression, { v, duration }) => {
      const textByName = new Map(withStates).set('v', v);
      if (duration !== undefined) textByName.set('duration', duration);
      return spiceText(expression, { textByName, valueByName, place: 'source' });
    },
  };
}

function stateNames(base: string): StateNames {
  return { base, value: `value_${base}(v(x_${base}))` };
}
