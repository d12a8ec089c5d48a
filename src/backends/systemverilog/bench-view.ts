/** View of the test bench that flows run first: it asks the controller over its bus who it is. */
import { CLOCK_PORT, controllerPorts, RESET_PORT } from '../../ir/controller-ports.js';
import type { LegalModule } from '../../ir/legal.js';
import { busView } from './bus-view.js';
import { sourceName } from './comment-text.js';
import { connectPorts, hexLiteral, typeOf } from './declaration.js';
import type { BusView, Line } from './views.js';

export interface BenchView extends BusView {
  readonly source: string;
  readonly top: string;
  /** Half of the clock's period [ns]. */
  readonly halfPeriod: string;
  readonly inputs: readonly Line[];
  readonly outputs: readonly Line[];
  readonly connections: readonly Line[];
  readonly demands: readonly Line[];
}

/** Registers whose value is the same as long as the hardware is. */
const IDENTITY = ['id', 'cap_lines', 'cap_converters', 'spec_hash'];

/** The bench of `module`. */
export function benchView(module: LegalModule): BenchView {
  const ports = controllerPorts(module).flatMap((group) => group.ports);
  const others = ports.filter(({ name }) => name !== CLOCK_PORT && name !== RESET_PORT);
  const identity = module.registers.filter(({ name, from }) => IDENTITY.includes(name) && from === 'constant');
  return {
    source: sourceName(module.source),
    top: module.name,
    ...busView(module.bus),
    halfPeriod: (5e8 / module.clockHz).toFixed(3),
    inputs: others
      .filter(({ direction }) => direction === 'input')
      .map(({ name, width }) => ({ text: `${typeOf(width)} ${name} = '0;` })),
    outputs: others
      .filter(({ direction }) => direction === 'output')
      .map(({ name, width }) => ({ text: `${typeOf(width)} ${name};` })),
    connections: connectPorts(ports.map(({ name }) => ({ port: name, signal: name }))),
    demands: identity.map(({ offset, fields }) => {
      const value = fields.reduce((word, { lsb, reset }) => word + reset * 2 ** lsb, 0);
      return { text: `demand(${hexLiteral(offset, 20)}, ${hexLiteral(value, 32)});` };
    }),
  };
}
