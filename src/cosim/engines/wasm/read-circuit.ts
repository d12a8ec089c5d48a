/** From a flat Yosys netlist to a circuit in words. Anything that is not understood is a diagnostic. */
import type { DiagnosticBag } from '../../../core/diagnostic.js';
import { COSIM_CATALOGUE } from '../../catalogue.js';
import type { ModelSource, PortSlot } from '../../engine.js';
import { layoutPorts } from '../../io-layout.js';
import { BitSources } from './bit-sources.js';
import { CellView } from './cell-view.js';
import type { Circuit, Memory, OutputWord, Register } from './circuit.js';
import { lowerCell } from './lower-cell.js';
import { declareMemory, type DeclaredMemory } from './read-memory.js';
import { declareRegister, isRegister, type DeclaredRegister } from './read-register.js';
import { orderSteps, type Step } from './order-steps.js';
import { anyBit, vectorOf } from './vector.js';
import { WordGraph, type NodeId } from './word-graph.js';
import type { SignalBit, YosysCell, YosysModule, YosysPort } from './yosys-json.js';

/** The circuit of `module`, or undefined after reporting what it cannot be. */
export function readCircuit(module: YosysModule, source: ModelSource, diagnostics: DiagnosticBag): Circuit | undefined {
  if (!portsAgree(module, source, diagnostics)) return undefined;
  const reader = new CircuitReader(module, source, diagnostics);
  return reader.read();
}

function portsAgree(module: YosysModule, source: ModelSource, diagnostics: DiagnosticBag): boolean {
  const expected = [...source.ports, { name: source.clock, direction: 'input', width: 1 }];
  const describe = (port: { direction: string; width: number }): string =>
    `${port.direction} of ${String(port.width)} bit`;
  let agree = true;
  for (const port of expected) {
    const found = module.ports[port.name];
    const text = found ? describe({ direction: found.direction, width: found.bits.length }) : 'no such port';
    if (text === describe(port)) continue;
    diagnostics.report(COSIM_CATALOGUE, 'port-mismatch', { port: port.name, expected: describe(port), found: text });
    agree = false;
  }
  return agree;
}

class CircuitReader {
  readonly #graph = new WordGraph();
  readonly #sources = new BitSources(this.#graph);
  readonly #module: YosysModule;
  readonly #source: ModelSource;
  readonly #diagnostics: DiagnosticBag;
  readonly #registers: DeclaredRegister[] = [];
  readonly #memories: DeclaredMemory[] = [];
  #failed = false;

  constructor(module: YosysModule, source: ModelSource, diagnostics: DiagnosticBag) {
    this.#module = module;
    this.#source = source;
    this.#diagnostics = diagnostics;
  }

  read(): Circuit | undefined {
    const layout = layoutPorts(this.#source.ports);
    for (const [name, slot] of layout.slots) this.#declareInput(this.#port(name), slot);
    const steps = Object.entries(this.#module.cells).flatMap(([name, cell]) => this.#declareCell(name, cell));
    const order = orderSteps(steps);
    if (order.kind === 'loop') {
      this.#diagnostics.report(COSIM_CATALOGUE, 'combinational-loop', { cells: order.cells.slice(0, 8) });
      return undefined;
    }
    for (const step of order.steps) this.#lower(step);
    if (this.#failed) return undefined;
    const circuit = this.#finish(layout);
    return this.#failed ? undefined : circuit;
  }

  #port(name: string): YosysPort {
    return this.#module.ports[name] ?? { direction: 'input', bits: [] };
  }

  #declareInput(port: YosysPort, slot: PortSlot): void {
    if (port.direction !== 'input') return;
    const vector = vectorOf(slot.width, (index, bits) => this.#graph.input(4 * slot.offset + 8 * index, bits));
    this.#sources.drive(port.bits, vector);
  }

  /** Registers and memories drive their nets at once; all else becomes steps to be ordered. */
  #declareCell(name: string, cell: YosysCell): Step[] {
    if (isRegister(cell)) {
      const register = declareRegister(name, cell, {
        module: this.#module,
        graph: this.#graph,
        firstState: this.#stateWords(),
      });
      this.#sources.drive(cell.connections['Q'] ?? [], register.vector);
      this.#registers.push(register);
      this.#requireClock(name, cell, cell.connections['CLK'] ?? []);
      return [];
    }
    if (cell.type === '$mem_v2') {
      const memory = declareMemory(name, cell, this.#memories.length);
      this.#memories.push(memory);
      if (memory.problem !== undefined) this.#refuse(name, cell.type, memory.problem);
      if (memory.writes.length > 0) this.#requireClock(name, cell, memory.writeClocks);
      return memory.reads.map((read) => ({
        name,
        type: cell.type,
        inputs: read.address,
        outputs: read.data,
        lower: () => memory.lowerRead(this.#graph, this.#sources.vector(read.address)),
      }));
    }
    return [this.#combinationalStep(name, cell)];
  }

  #combinationalStep(name: string, cell: YosysCell): Step {
    const inputs = Object.entries(cell.connections).flatMap(([port, bits]) => (port === 'Y' ? [] : bits));
    const view = new CellView(this.#graph, cell, (port) => this.#sources.vector(cell.connections[port] ?? []));
    return { name, type: cell.type, inputs, outputs: cell.connections['Y'] ?? [], lower: () => lowerCell(view) };
  }

  #lower(step: Step): void {
    const result = step.lower();
    if (typeof result === 'string') this.#refuse(step.name, step.type, result);
    else this.#sources.drive(step.outputs, result);
  }

  #requireClock(name: string, cell: YosysCell, clocks: readonly SignalBit[]): void {
    const [clock] = this.#module.ports[this.#source.clock]?.bits ?? [];
    const polarity = cell.parameters['CLK_POLARITY'] ?? cell.parameters['WR_CLK_POLARITY'] ?? '';
    if (clocks.some((bit) => bit !== clock))
      this.#refuse(name, cell.type, `its clock is not \`${this.#source.clock}\``);
    else if (polarity.slice(-clocks.length).includes('0'))
      this.#refuse(name, cell.type, 'it works on the falling edge');
  }

  #refuse(cell: string, type: string, reason: string): void {
    this.#failed = true;
    this.#diagnostics.report(COSIM_CATALOGUE, 'unsupported-cell', { cell, type, reason });
  }

  #stateWords(): number {
    return this.#registers.reduce((sum, register) => sum + register.vector.words.length, 0);
  }

  #finish({ slots, words }: { slots: ReadonlyMap<string, PortSlot>; words: number }): Circuit {
    const resolve = (bits: readonly SignalBit[]) => this.#sources.vector(bits);
    const registers: Register[] = this.#registers.map((register) => register.connect(resolve));
    const memories: Memory[] = this.#memories.map((memory) => memory.connect(this.#graph, resolve));
    const watchBits = this.#source.watch.flatMap((name) => this.#port(name).bits);
    const strobeWords = this.#source.strobes.flatMap((name) => wordsOf(slots.get(name)));
    return {
      graph: this.#graph,
      ioWords: words,
      stateWords: this.#stateWords(),
      registers,
      memories,
      outputs: [...slots].flatMap(([name, slot]) => this.#outputWords(this.#port(name), slot)),
      watched: this.#anyOf(watchBits),
      strobeWords,
    };
  }

  #anyOf(bits: readonly SignalBit[]): NodeId {
    return bits.length === 0 ? this.#graph.constant(1, 0n) : anyBit(this.#graph, this.#sources.vector(bits));
  }

  #outputWords(port: YosysPort, slot: PortSlot): OutputWord[] {
    if (port.direction !== 'output') return [];
    return this.#sources
      .vector(port.bits)
      .words.map((node, index) => ({ byteOffset: 4 * slot.offset + 8 * index, node }));
  }
}

function wordsOf(slot: PortSlot | undefined): number[] {
  return slot ? Array.from({ length: slot.words }, (_, index) => slot.offset + index) : [];
}
