/** View of the register file. */
import { unreachable } from '../../core/invariant.js';
import type { LegalModule, Register } from '../../ir/legal.js';
import { sourceName } from './comment-text.js';
import { alignPairs, assignSignals, declarePorts, hexLiteral, type DeclaredPort } from './declaration.js';
import { registerSignals, registerWidth, resetOf } from './register-signals.js';
import type { Line, RegsView } from './views.js';

const BUS_PORTS: readonly DeclaredPort[] = [
  { name: 'ahead_req_i', direction: 'input', width: 1 },
  { name: 'ahead_addr_i', direction: 'input', width: 16 },
  { name: 'req_i', direction: 'input', width: 1 },
  { name: 'we_i', direction: 'input', width: 1 },
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
      { title: 'Internal bus: the address a clock ahead, one access a clock, answered in the next', ports: BUS_PORTS },
      { title: 'States that lock registers', ports: [input('busy_i'), input('armed_i')] },
      { title: 'Values and strobes', ports: registerSignals(registers) },
    ]),
    addresses: alignPairs(
      registers.map((register) => ({
        left: `localparam logic [15:0] ${addressName(register)}`,
        right: `= ${hexLiteral(register.offset, 16)};`,
      })),
    ),
    hits: registers.map(({ name }) => ({ text: `logic ${hitName(name)};` })),
    clearedHits: alignPairs(registers.map(({ name }) => ({ left: hitName(name), right: "<= 1'b0;" }))),
    takenHits: alignPairs(
      registers.map((register) => ({
        left: hitName(register.name),
        right: `<= ahead_addr_i == ${addressName(register)};`,
      })),
    ),
    strobes: assignSignals(registers.flatMap(strobesOf)),
    reads: orTerms(registers.flatMap(readTerm)),
    known: orTerms(registers.map(({ name }) => hitName(name))),
    refused: orTerms(refusalTerms(registers)),
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

/** The flop that tells that a request means a register. */
function hitName(name: string): string {
  return `${name}_hit_q`;
}

/** One term to a line, in parentheses of its own; the last one ends the statement. */
function orTerms(terms: readonly string[]): readonly Line[] {
  return terms.map((term, index) => ({
    text: `${index === 0 ? '  ' : '| '}${term}${index === terms.length - 1 ? ';' : ''}`,
  }));
}

/** What a register adds to the data of a read; nothing where it reads as zero. */
function readTerm(register: Register): readonly string[] {
  const value = readValue(register);
  return value === undefined ? [] : [`({32{${hitName(register.name)}}} & ${value})`];
}

function readValue(register: Register): string | undefined {
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
      return undefined;
    default:
      return unreachable(access);
  }
}

/** Registers that refuse writes, those of one reason together. */
function refusalTerms(registers: readonly Register[]): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const register of registers) {
    const reason = refusal(register);
    if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), hitName(register.name)]);
  }
  return [...byReason].flatMap(([reason, hits]) =>
    hits.map((hit) => (reason === ALWAYS ? hit : `(${reason} & ${hit})`)),
  );
}

const ALWAYS = "1'b1";

/** Condition under which a write is refused, or undefined where none is. */
function refusal({ access, lockedWhile }: Register): string | undefined {
  if (access === 'ro') return ALWAYS;
  return lockedWhile && `${lockedWhile}_i`;
}

function writeCondition(register: Register): string {
  const lock = register.lockedWhile ? ` & ~${register.lockedWhile}_i` : '';
  return `write & ${hitName(register.name)}${lock}`;
}

function strobesOf(register: Register): readonly { readonly name: string; readonly value: string }[] {
  const { access, name, from, freezesOnRead } = register;
  const writes = access === 'wo' || access === 'rw1c' || (access === 'rw' && from === 'hardware');
  return [
    ...(writes ? [{ name: `${name}_we_o`, value: writeCondition(register) }] : []),
    ...(freezesOnRead === true ? [{ name: `${name}_re_o`, value: `req_i & ~we_i & ${hitName(register.name)}` }] : []),
  ];
}
