/**
 * What the controller's share of an energy estimate rests on: cells of a synthesis to gates, and how many flip-flops
 * toggle in a clock in which the controller works.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DiagnosticBag } from '../../src/core/diagnostic.js';
import { ControllerHost } from '../../src/cosim/controller-host.js';
import type { ModelSession, ModelSource } from '../../src/cosim/engine.js';
import { emitModule } from '../../src/cosim/engines/wasm/emit-module.js';
import { mapMemory } from '../../src/cosim/engines/wasm/memory-map.js';
import { readCircuit } from '../../src/cosim/engines/wasm/read-circuit.js';
import { foldLiveResets, groupResets } from '../../src/cosim/engines/wasm/reset-groups.js';
import { openWasmModel } from '../../src/cosim/engines/wasm/session.js';
import { compileWasm } from '../../src/cosim/engines/wasm/webassembly.js';
import { readNetlist } from '../../src/cosim/engines/wasm/yosys.js';
import type { LegalModule } from '../../src/ir/legal.js';
import { modelOf, testCodes } from './controller-run.js';
import { TracingSession, type PortTrace } from './port-trace.js';
import { SteppingSession } from './stepping-session.js';
import { inWorkFolder, mustRunIn } from './work-folder.js';

/** Cells of a controller; memories apart. */
export interface ControllerCells {
  readonly flipFlops: number;
  /** Transistors of the gates between the flip-flops, over four. */
  readonly gateEquivalents: number;
}

/** What the flip-flops did while programs ran. */
export interface ControllerToggles {
  /** Clocks that were evaluated: those in which more than counters can change. */
  readonly clocks: number;
  readonly toggles: number;
  /** All of it, with what goes on before and between programs, to be replayed on gates. */
  readonly trace: PortTrace;
  /** Clocks of the trace, from and before, in which programs ran. */
  readonly running: readonly (readonly [from: number, before: number])[];
}

/** A controller as two-input gates and flip-flops. */
export interface ControllerGates {
  readonly cells: ControllerCells;
  /** Verilog: instances of Yosys's cells, and memories. */
  readonly text: string;
}

/** To two-input gates and flip-flops with a reset; memories stay as they are. */
const SYNTHESIS = [
  'opt -fast -full; opt -undriven -fine; techmap; opt -fast',
  'dfflegalize -cell $_DFF_P_ 01 -cell $_DFF_PN0_ 01 -cell $_DFF_PN1_ 01',
  'techmap; abc -fast -g AND,NAND,OR,NOR,XOR,XNOR,MUX; opt_clean; tee -o stat.json stat -json -tech cmos',
  'write_verilog -noexpr -noattr gates.v',
];

/** Synthesises the controller. */
export function synthesizeGates(source: ModelSource): ControllerGates {
  return inWorkFolder((folder) => {
    for (const { name, text } of source.files) writeFileSync(path.join(folder, name), text);
    const names = source.files.map(({ name }) => name).filter((name) => /\.s?v$/.test(name));
    const read = `read_verilog -sv ${names.join(' ')}; synth -flatten -top ${source.top} -run begin:fine`;
    mustRunIn(folder, 'yosys', ['-q', '-p', [read, ...SYNTHESIS].join('; ')]);
    const [stat = '', text = ''] = ['stat.json', 'gates.v'].map((file) =>
      readFileSync(path.join(folder, file), 'utf8'),
    );
    return { cells: readCells(stat), text };
  });
}

/** Transistors of static CMOS gates, by Yosys's cells. */
export const TRANSISTORS: Readonly<Record<string, number>> = {
  $_NOT_: 2,
  $_NAND_: 4,
  $_NOR_: 4,
  $_AND_: 6,
  $_OR_: 6,
  $_XOR_: 12,
  $_XNOR_: 12,
  $_MUX_: 12,
};

function readCells(text: string): ControllerCells {
  // Yosys writes a line of its own before the document
  const { design } = JSON.parse(text.slice(text.indexOf('{'))) as {
    readonly design: { readonly num_cells_by_type: Readonly<Record<string, number>> };
  };
  let [flipFlops, transistors] = [0, 0];
  for (const [type, count] of Object.entries(design.num_cells_by_type)) {
    if (type.startsWith('$_DFF')) flipFlops += count;
    else if (type.startsWith('$_')) transistors += count * (TRANSISTORS[type] ?? NaN);
  }
  return { flipFlops, gateEquivalents: Math.round(transistors / 4) };
}

/** Clocks that are recorded, at most. */
const MAX_CLOCKS = 1e6;

/** Runs all data sets, skipping clocks in which only counters move, and counts the bits of registers that change. */
export async function countToggles(legal: LegalModule): Promise<ControllerToggles> {
  const source = modelOf(legal);
  const session = await openToggling(source);
  const tracing = new TracingSession(session, source, MAX_CLOCKS);
  const host = new ControllerHost(tracing, legal);
  host.start();
  const running = [...legal.dataSets.keys()].map((index) => {
    host.loadDataSet(index);
    const from = tracing.clocks;
    session.isCounting = true;
    host.run({ commit: () => undefined, sample: ({ share }) => testCodes(legal, share) });
    session.isCounting = false;
    return [from, tracing.clocks] as const;
  });
  const { clocks, toggles } = session;
  return { clocks, toggles, trace: tracing.trace, running };
}

/** The embedded engine's model of `source`, with its registers in sight. */
async function openToggling(source: ModelSource): Promise<TogglingSession> {
  const diagnostics = new DiagnosticBag();
  const netlist = await readNetlist(source, diagnostics);
  const circuit = netlist && readCircuit(netlist, source, diagnostics);
  const resets = circuit && groupResets(circuit);
  if (!circuit || !resets || 'circle' in resets) throw new Error('the controller does not become a model');
  const model = openWasmModel(await compileWasm(emitModule(foldLiveResets(circuit, resets), resets)), source);
  // A word of state is 64 bits
  const state = new Uint32Array(model.io.buffer, mapMemory(circuit).stateBase, 2 * circuit.stateWords);
  return new TogglingSession(model, state, source);
}

/** Looks at the state of the embedded engine's model after every clock. */
class TogglingSession extends SteppingSession {
  readonly #state: Uint32Array;
  readonly #before: Uint32Array;
  isCounting = false;
  clocks = 0;
  toggles = 0;

  constructor(inner: ModelSession, state: Uint32Array, { watch }: ModelSource) {
    super(inner, watch);
    this.#state = state;
    this.#before = state.slice();
  }

  step(): void {
    this.#before.set(this.#state);
    this.inner.step();
    if (!this.isCounting) return;
    this.clocks += 1;
    this.#state.forEach((word, index) => {
      this.toggles += bitCount(word ^ (this.#before[index] ?? 0));
    });
  }
}

function bitCount(word: number): number {
  let count = 0;
  for (let rest = word >>> 0; rest !== 0; rest = (rest & (rest - 1)) >>> 0) count++;
  return count;
}
