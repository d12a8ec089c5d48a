/** View of the register file. */
import { unreachable } from '../../core/invariant.js';
import type { LegalModule, Register } from '../../ir/legal.js';
import { sourceName } from './comment-text.js';
import { alignPairs, assignSignals, declarePorts, hexLiteral, type DeclaredPort } from './declaration.js';
import { registerSignals, registerWidth, resetOf } from './register-signals.js';
import type { RegsView } from './views.js';

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
    addresses: alignPairs(
      registers.map((register) => ({
        left: `localparam logic [15:0] ${addressName(register)}`,
        right: `= ${hexLiteral(register.offset, 16)};`,
      })),
    ),
    strobes: assignSignals(registers.flatMap(strobesOf)),
    reads: alignPairs(
      registers.map((register) => ({
        left: `${addressName(register)}:`,
        right: `rdata_d = ${readValue(register)};`,
      })),
    ),
    refusals: alignPairs(
      registers.flatMap((register) => {
        const reason = refusal(register);
        return reason === undefined ? [] : [{ left: `${addressName(register)}:`, right: `refused = ${reason};` }];
      }),
    ),
    kept: registers
      .filter((register) => register.access === 'rw' && register.from !== 'hardware')
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
      if (from === 'hardware') return `${name}_i`;
      return registerWidth(register) === 32 ? `${name}_o` : `32'(${name}_o)`;
    case 'rw1c':
      return `${name}_i`;
    case 'wo':
      return "32'h0";
    default:
      return unreachable(access);
  }
}

/** Condition under which a write is refused, or undefined where none is. */
function refusal({ access, lockedWhile }: Register): string | undefined {
  if (access === 'ro') return "1'b1";
  return lockedWhile && `${lockedWhile}_i`;
}

function writeCondition(register: Register): string {
  const lock = register.lockedWhile ? ` & ~${register.lockedWhile}_i` : '';
  return `write & (addr_i == ${addressName(register)})${lock}`;
}

function strobesOf(register: Register): readonly { readonly name: string; readonly value: string }[] {
  const { access, name, from, freezesOnRead } = register;
  const writes = access === 'wo' || access === 'rw1c' || (access === 'rw' && from === 'hardware');
  return [
    ...(writes ? [{ name: `${name}_we_o`, value: writeCondition(register) }] : []),
    ...(freezesOnRead === true
      ? [{ name: `${name}_re_o`, value: `req_i & ~we_i & (addr_i == ${addressName(register)})` }]
      : []),
  ];
}
