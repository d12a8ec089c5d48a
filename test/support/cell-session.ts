/** One cell of hw/ with chosen parameters on the embedded engine, behind named ports. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosticBag } from '../../src/core/diagnostic.js';
import type { ModelPort, ModelSession, ModelSource } from '../../src/cosim/engine.js';
import { prepareWasmModule } from '../../src/cosim/engines/wasm/prepare-module.js';
import { openWasmModel } from '../../src/cosim/engines/wasm/session.js';
import { PortBlock } from '../../src/cosim/port-block.js';
import { traced } from './port-trace.js';

const HW = join(import.meta.dirname, '..', '..', 'hw');

/** A cell, its parameters and all its ports but clock and reset (`rst_ni` is added). */
export interface CellShape {
  readonly cell: string;
  readonly parameters?: Readonly<Record<string, number | string>>;
  /** Port name -> width; the suffix `_i`, `_ni`, `_o`, `_no` gives the direction. */
  readonly ports: Readonly<Record<string, number>>;
  /** Outputs show the clock that has ended with the inputs that it had, as flops behind them would. */
  readonly isSampled?: true;
}

/** A cell that runs: named ports, one clock at a time. */
export interface Cell {
  readonly session: ModelSession;
  readonly ports: PortBlock;
  /** Sets inputs, then evaluates one clock. */
  step(inputs?: Readonly<Record<string, number>>): void;
  /** Holds reset for two clocks, all inputs zero but those that are active low. */
  reset(): void;
}

/** `shape` as a model: the cell, those of hw/ that it instantiates, and a wrapper that fixes its parameters. */
export function cellModel(shape: CellShape): ModelSource {
  const ports: readonly ModelPort[] = [
    { name: 'rst_ni', direction: 'input', width: 1 },
    ...Object.entries(shape.ports).map(([name, width]): ModelPort => ({ name, direction: directionOf(name), width })),
  ];
  return {
    top: 'cell_under_test',
    files: [...cellFiles(shape.cell), { name: 'cell_under_test.sv', text: wrapper(shape, ports) }],
    clock: 'clk_i',
    reset: 'rst_ni',
    ports,
    strobes: [],
    watch: [],
  };
}

/** Opens `shape`, not yet reset. */
export async function openCell(shape: CellShape): Promise<Cell> {
  const source = cellModel(shape);
  const diagnostics = new DiagnosticBag();
  const module = await prepareWasmModule(source, diagnostics);
  if (!module) throw new Error(diagnostics.all.map((diagnostic) => diagnostic.message).join('\n'));
  const session = traced(openWasmModel(module, source), source);
  const ports = new PortBlock(session);
  const step = (inputs: Readonly<Record<string, number>> = {}): void => {
    for (const [name, value] of Object.entries(inputs)) ports.set(name, value);
    session.step();
  };
  const reset = (): void => {
    for (const { name, direction } of source.ports)
      if (direction === 'input') ports.set(name, Number(name.endsWith('_ni')));
    ports.set('rst_ni', 0);
    step();
    step();
    ports.set('rst_ni', 1);
  };
  return { session, ports, step, reset };
}

/** The text of a cell and, before it, of every cell that it instantiates. */
export function cellFiles(cell: string): readonly { readonly name: string; readonly text: string }[] {
  const known = new Set(readdirSync(HW).flatMap((name) => (name.endsWith('.sv') ? [name.slice(0, -3)] : [])));
  const files = new Map<string, string>();
  const visit = (name: string): void => {
    if (files.has(name)) return;
    const text = readFileSync(join(HW, `${name}.sv`), 'utf8');
    for (const [, used] of text.matchAll(/^\s+(ion_[a-z0-9_]+) (?:#\(|u_)/gm)) if (used && known.has(used)) visit(used);
    files.set(name, text);
  };
  visit(cell);
  return [...files].map(([name, text]) => ({ name: `${name}.sv`, text }));
}

function directionOf(name: string): ModelPort['direction'] {
  return /_n?i$/.test(name) ? 'input' : 'output';
}

function wrapper({ cell, parameters = {}, isSampled }: CellShape, ports: readonly ModelPort[]): string {
  const all: readonly ModelPort[] = [{ name: 'clk_i', direction: 'input', width: 1 }, ...ports];
  const declare = ({ name, direction, width }: ModelPort): string =>
    `  ${direction} logic [${String(width - 1)}:0] ${name}`;
  const sampled = isSampled ? ports.filter(({ direction }) => direction === 'output') : [];
  const netOf = (port: ModelPort): string => (sampled.includes(port) ? `${port.name}_now` : port.name);
  // Some cells know no clock or reset
  const own = readFileSync(join(HW, `${cell}.sv`), 'utf8');
  const isOwn = ({ name }: ModelPort): boolean => (name === 'clk_i' || name === 'rst_ni' ? own.includes(name) : true);
  const values = Object.entries(parameters).map(([name, value]) => `    .${name}(${String(value)})`);
  return [
    '`default_nettype none',
    'module cell_under_test (',
    all.map(declare).join(',\n'),
    ');',
    ...sampled.map((port) => `  logic [${String(port.width - 1)}:0] ${netOf(port)};`),
    ...sampled.map((port) => `  always_ff @(posedge clk_i) ${port.name} <= ${netOf(port)};`),
    `  ${cell} ${values.length > 0 ? `#(\n${values.join(',\n')}\n  ) ` : ''}u_cell (`,
    all
      .filter(isOwn)
      .map((port) => `    .${port.name}(${netOf(port)})`)
      .join(',\n'),
    '  );',
    'endmodule',
    '`default_nettype wire',
    '',
  ].join('\n');
}
