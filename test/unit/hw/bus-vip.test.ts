/** The buses against masters that others have written for cocotb: random accesses, errors and back pressure. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emitSystemVerilog } from '../../../src/backends/systemverilog/emit.js';
import { busPorts } from '../../../src/ir/bus-ports.js';
import { BUS_PROTOCOLS, type BusProtocol } from '../../../src/ir/chip.js';
import type { ControllerPort } from '../../../src/ir/controller-port.js';
import { CLOCK_PORT, controllerPorts, RESET_PORT } from '../../../src/ir/controller-ports.js';
import type { LegalModule } from '../../../src/ir/legal.js';
import { encode } from '../../../src/ir/passes/encode.js';
import { HARDWARE_SOURCES } from '../../support/controller-run.js';
import { hasTool, runTool } from '../../support/external-tool.js';
import { REPOSITORY } from '../../support/golden.js';
import { randomProgram, scheduledModule } from '../../support/pulse-program.js';
import { hasPythonPackages, PYTHON } from '../../support/python.js';

const PACKAGES = ['cocotb_tools', 'cocotbext.axi', 'cocotbext.apb', 'cocotbext.wishbone'];
const isReady = hasTool('iverilog') && hasPythonPackages(...PACKAGES);

const SEED = 1;

/** How the masters call the ports of a controller: `psel_i` is `apb_psel`. */
const PREFIXES: Readonly<Record<BusProtocol, string>> = { apb: 'apb_', axi4lite: 'axil_', wishbone: '' };
const WISHBONE_NAMES: Readonly<Record<string, string>> = { wb_dat_i: 'wb_datwr', wb_dat_o: 'wb_datrd' };

function masterName(bus: BusProtocol, { name }: ControllerPort): string {
  return WISHBONE_NAMES[name] ?? PREFIXES[bus] + name.replace(/_[io]$/, '');
}

/** The controller with its bus in the masters' names, every other input at its idle value. */
function bench(legal: LegalModule, left: readonly string[]): string {
  const bus = busPorts(legal.bus).ports.filter(({ name }) => !left.includes(name));
  const others = controllerPorts(legal)
    .flatMap(({ ports }) => ports)
    .filter(({ name }) => name !== CLOCK_PORT && name !== RESET_PORT && !bus.some((port) => port.name === name));
  // Masters write variables: what they write to nets does not reach everything behind these
  const declared = bus.map((port) => {
    const range = port.width === 1 ? '' : `[${String(port.width - 1)}:0] `;
    const [kind, value] = port.direction === 'input' ? ['logic', " = '0"] : ['wire', ''];
    return `  ${kind} ${range}${masterName(legal.bus, port)}${value};`;
  });
  const connected = [
    `    .${CLOCK_PORT}(clk)`,
    `    .${RESET_PORT}(rst_n)`,
    ...bus.map((port) => `    .${port.name}(${masterName(legal.bus, port)})`),
    ...others.map(({ name, direction, width }) => {
      const idle = `{${String(width)}{1'b${name.endsWith('_ni') ? '1' : '0'}}}`;
      return `    .${name}(${direction === 'input' ? idle : ''})`;
    }),
  ];
  return [
    'module bench;',
    "  logic clk = '0;",
    "  logic rst_n = '0;",
    ...declared,
    `  ${legal.name} u_controller (`,
    connected.join(',\n'),
    '  );',
    'endmodule',
    '',
  ].join('\n');
}

/** Runs the exercise on the controller of `bus`, whose ports in `left` stay open. */
function exercise(bus: BusProtocol, left: readonly string[], edit = (text: string) => text) {
  const scheduled = scheduledModule(randomProgram(10, 10, SEED));
  const legal = encode({ ...scheduled, mapped: { ...scheduled.mapped, bus } });
  const sources = emitSystemVerilog(legal, HARDWARE_SOURCES).filter(({ kind }) => kind === 'systemverilog');
  const files = [...sources.map(({ path }) => path), 'bench.sv'];
  const { program, work } = legal.windows;
  const memories = [program, work];
  const python = ['run.py', 'masters.py', 'exercise.py'];
  return runTool(
    PYTHON,
    ['run.py', '.'],
    [
      ...sources.map(({ path, text }) => ({ path, text: edit(text) })),
      { path: 'bench.sv', text: bench(legal, left) },
      { path: 'model.json', text: JSON.stringify({ bus, seed: SEED, files, memories, registers: legal.registers }) },
      ...python.map((name) => ({ path: name, text: readFileSync(join(REPOSITORY, 'test/vip', name), 'utf8') })),
    ],
  );
}

/** What the simulation tells, without the notes of Icarus about whole vectors in sensitivity lists. */
function relevant(output: string): string {
  return output.replace(/^.*: sorry: constant selects.*\n/gm, '').slice(-6000);
}

/** A classic Wishbone master knows no stall; a pipelined one does. */
const CASES: readonly (readonly [string, BusProtocol, readonly string[]])[] = [
  ...BUS_PROTOCOLS.map((bus) => [bus, bus, []] as const),
  ['classic wishbone', 'wishbone', ['wb_stall_o']],
];

describe.skipIf(!isReady)('foreign bus masters', () => {
  it.each(CASES)('read and write a controller over %s', (_, bus, left) => {
    const { output, isGood } = exercise(bus, left);
    expect(isGood, relevant(output)).toBe(true);
    expect(output).toMatch(/[1-9] tests, 0 failed/);
  });

  it('find a register that keeps the wrong bits', () => {
    const { isGood } = exercise('apb', [], (text) =>
      text.replace('else if (we_i) q <= d_i;', "else if (we_i) q <= d_i ^ Width'(1);"),
    );
    expect(isGood).toBe(false);
  });
});
