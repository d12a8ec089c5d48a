/** View of the register file. */
import { unreachable } from '../../core/invariant.js';
import type { LegalModule, Register } from '../../ir/legal.js';
import { sourceName } from './comment-text.js';
import { declarePorts, hexLiteral, type DeclaredPort } from './declaration.js';
import { registerSignals, registerWidth } from './register-signals.js';
import type { RegisterView, RegsView } from './views.js';

const BUS_PORTS: readonly DeclaredPort[] = [
  { name: 'req_i', direction: 'input', width: 1 },
  { name: 'we_i', direction: 'input', width: 1 },
  { name: 'addr_i', direction: 'input', width: 16 },
  { name: 'wdata_i', direction: 'input', width: 32 },
  { name: 'rdata_o', direction: 'output', width: 32 },
  { name: 'error_o', direction: 'output', width: 1 },
];

/** The register file of `module`. */
export function regsView(module: LegalModule): RegsView {
  const { registers } = module;
  return {
    source: sourceName(module.source),
    top: module.name,
    name: `${module.name}_regs`,
    portGroups: declarePorts([
      { title: 'Clock and asynchronous reset', ports: [input('clk_i'), input('rst_ni')] },
      { title: 'Internal bus: one access a clock, answered in the next', ports: BUS_PORTS },
      { title: 'States that lock registers', ports: [input('busy_i'), input('armed_i')] },
      { title: 'Values and strobes', ports: registerSignals(registers) },
    ]),
    registers: registers.map(registerView),
    strobes: registers.flatMap(strobesOf),
    kept: registers
      .filter((register) => register.access === 'rw')
      .map((register) => {
        const width = registerWidth(register);
        return {
          name: register.name,
          width,
          msb: width - 1,
          reset: hexLiteral(resetOf(register), width),
          condition: writeCondition(register),
        };
      }),
  };
}

function input(name: string): DeclaredPort {
  return { name, direction: 'input', width: 1 };
}

function registerView(register: Register): RegisterView {
  return {
    constant: addressName(register),
    address: hexLiteral(register.offset, 16),
    summary: register.summary.replaceAll('`', ''),
    readValue: readValue(register),
    refuse: refusal(register),
  };
}

/** `spec_hash` becomes `SpecHashAddr`. */
function addressName({ name }: Register): string {
  const words = name.split('_').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return `${words.join('')}Addr`;
}

function readValue(register: Register): string {
  const { access, name, from } = register;
  switch (access) {
    case 'ro':
      return from === 'constant' ? hexLiteral(resetOf(register), 32) : `${name}_i`;
    case 'rw':
      return registerWidth(register) === 32 ? `${name}_o` : `32'(${name}_o)`;
    case 'rw1c':
      return `${name}_i`;
    case 'wo':
      return "32'h0";
    default:
      return unreachable(access);
  }
}

function refusal({ access, lockedWhile }: Register): string {
  if (access === 'ro') return 'we_i';
  return lockedWhile ? `we_i & ${lockedWhile}_i` : "1'b0";
}

function writeCondition(register: Register): string {
  const lock = register.lockedWhile ? ` & ~${register.lockedWhile}_i` : '';
  return `write & (addr_i == ${addressName(register)})${lock}`;
}

function strobesOf(register: Register): RegsView['strobes'] {
  const { access, name, freezesOnRead } = register;
  const writes = access === 'wo' || access === 'rw1c';
  return [
    ...(writes ? [{ signal: `${name}_we_o`, condition: writeCondition(register) }] : []),
    ...(freezesOnRead === true
      ? [{ signal: `${name}_re_o`, condition: `req_i & ~we_i & (addr_i == ${addressName(register)})` }]
      : []),
  ];
}

function resetOf({ fields }: Register): number {
  return fields.reduce((word, field) => word + field.reset * 2 ** field.lsb, 0);
}
