/** Small designs for tests of the co-simulation engines: one file, `clk_i`, `rst_ni`, ports by name. */
import type { ModelPort, ModelSession, ModelSource } from '../../src/cosim/engine.js';
import { DiagnosticBag } from '../../src/core/diagnostic.js';
import { openWasmModel } from '../../src/cosim/engines/wasm/session.js';
import { prepareWasmModule } from '../../src/cosim/engines/wasm/prepare-module.js';
import { openAddon } from '../../src/cosim/engines/verilator/addon-session.js';
import { ADDON_FILE, buildAddon } from '../../src/cosim/engines/verilator/build-addon.js';
import { startSimulator } from '../../src/cosim/engines/child-process.js';
import { buildOnCocotb } from '../../src/cosim/engines/cocotb/engine.js';
import { findRecentVerilator } from '../../src/cosim/engines/cocotb/recent-verilator.js';
import { findCocotb } from '../../src/cosim/engines/cocotb/toolchain.js';
import { buildOnIcarus } from '../../src/cosim/engines/icarus/engine.js';
import { findIcarus, findVpiTools } from '../../src/cosim/engines/icarus/toolchain.js';
import { FrameChannel } from '../../src/cosim/engines/remote/frame-channel.js';
import { openRemoteModel } from '../../src/cosim/engines/remote/remote-session.js';
import { findToolchain } from '../../src/cosim/engines/verilator/toolchain.js';
import path from 'node:path';

/** Widths of the ports besides clock and reset; strobes and watched outputs are marked by `!`. */
export interface DesignPorts {
  readonly inputs: Readonly<Record<string, number>>;
  readonly outputs: Readonly<Record<string, number>>;
}

/** A design whose module `dut` has the given ports and body. */
export function design(
  body: string,
  { inputs, outputs }: DesignPorts,
  memories: ModelSource['files'] = [],
): ModelSource {
  const clean = (name: string): string => name.replace('!', '');
  const declare =
    (direction: string) =>
    ([name, width]: [string, number]) =>
      `  ${direction} logic [${width - 1}:0] ${clean(name)}`;
  const list = [
    '  input logic clk_i',
    '  input logic rst_ni',
    ...Object.entries(inputs).map(declare('input')),
    ...Object.entries(outputs).map(declare('output')),
  ];
  const text = `\`default_nettype none\nmodule dut (\n${list.join(',\n')}\n);\n${body}\nendmodule\n`;
  const ports: ModelPort[] = [
    { name: 'rst_ni', direction: 'input', width: 1 },
    ...Object.entries(inputs).map(([name, width]): ModelPort => ({ name: clean(name), direction: 'input', width })),
    ...Object.entries(outputs).map(([name, width]): ModelPort => ({ name: clean(name), direction: 'output', width })),
  ];
  const marked = (names: object): string[] =>
    Object.keys(names)
      .filter((name) => name.includes('!'))
      .map(clean);
  return {
    ...{ top: 'dut', clock: 'clk_i', reset: 'rst_ni', ports },
    files: [...memories, { name: 'dut.sv', text }],
    strobes: marked(inputs),
    watch: marked(outputs),
  };
}

export async function openOnWasm(source: ModelSource): Promise<ModelSession> {
  const bag = new DiagnosticBag();
  const module = await prepareWasmModule(source, bag);
  if (!module) throw new Error(JSON.stringify(bag.all));
  return openWasmModel(module, source);
}

/** The Verilated model in this process; only for designs that do not end it. */
export async function openOnVerilator(source: ModelSource): Promise<ModelSession> {
  const addon = await buildOnVerilator(source);
  const folder = process.cwd();
  // The model reads its memory files from the working folder, on its first evaluation
  process.chdir(path.dirname(addon));
  const session = openAddon(addon, source.ports);
  session.runUntil(0);
  process.chdir(folder);
  return session;
}

/** Path of the built addon. */
export async function buildOnVerilator(source: ModelSource): Promise<string> {
  const bag = new DiagnosticBag();
  const toolchain = await findToolchain(bag);
  const folder = toolchain && (await buildAddon(source, toolchain, bag));
  if (folder === undefined) throw new Error(JSON.stringify(bag.all));
  return path.join(folder, ADDON_FILE);
}

/** Whether the native engine can be tested here. */
export async function hasVerilator(): Promise<boolean> {
  return (await findToolchain(new DiagnosticBag())) !== undefined;
}

/** The model in Icarus Verilog, beside this process. */
export async function openOnIcarus(source: ModelSource): Promise<ModelSession> {
  return openSimulated(source, buildOnIcarus);
}

/** The model in the simulator that cocotb works with, beside this process. */
export async function openOnCocotb(source: ModelSource): Promise<ModelSession> {
  return openSimulated(source, buildOnCocotb);
}

/** A model in a simulator beside this process. */
async function openSimulated(source: ModelSource, build: typeof buildOnIcarus): Promise<ModelSession> {
  const bag = new DiagnosticBag();
  const model = await build(source, bag);
  if (!model) throw new Error(JSON.stringify(bag.all));
  const { toSimulator, fromSimulator } = startSimulator(model.command);
  return openRemoteModel(new FrameChannel(toSimulator, fromSimulator), source);
}

/** Whether models can be built and run in Icarus Verilog here. */
export async function hasIcarus(): Promise<boolean> {
  const bag = new DiagnosticBag();
  const tools = await findIcarus(bag);
  return tools !== undefined && (await findVpiTools(tools, bag)) !== undefined;
}

/** Whether cocotb and a simulator for it are here. */
export async function hasCocotb(): Promise<boolean> {
  const bag = new DiagnosticBag();
  return (
    (await findCocotb(bag)) !== undefined && ((await findRecentVerilator()) ?? (await findIcarus(bag))) !== undefined
  );
}

export function write(session: ModelSession, port: string, value: bigint): void {
  const slot = session.slots.get(port)!;
  for (let word = 0; word < slot.words; word++) {
    session.io[slot.offset + word] = Number((value >> BigInt(32 * word)) & 0xffffffffn);
  }
}

export function read(session: ModelSession, port: string): bigint {
  const slot = session.slots.get(port)!;
  let value = 0n;
  for (let word = slot.words - 1; word >= 0; word--) value = (value << 32n) | BigInt(session.io[slot.offset + word]!);
  return value;
}

/** A repeatable stream of random numbers: xorshift64*, Vigna 2014. */
export class TestRandom {
  #state: bigint;

  constructor(seed: number) {
    this.#state = BigInt(seed) * 0x9e3779b97f4a7c15n || 1n;
  }

  /** Uniform over `width` bits. */
  bits(width: number): bigint {
    let value = 0n;
    for (let done = 0; done < width; done += 32) value = (value << 32n) | this.#next32();
    return BigInt.asUintN(width, value);
  }

  /** Uniform integer from 0 to `count - 1`. */
  below(count: number): number {
    return Number(this.#next32() % BigInt(count));
  }

  #next32(): bigint {
    let x = BigInt.asUintN(64, this.#state);
    x ^= x >> 12n;
    x = BigInt.asUintN(64, x ^ (x << 25n));
    x ^= x >> 27n;
    this.#state = x;
    return BigInt.asUintN(64, x * 0x2545f4914f6cdd1dn) >> 32n;
  }
}

/** One step's inputs: random, with a bias towards all zeros, all ones and small numbers. */
export function randomInput(random: TestRandom, width: number): bigint {
  switch (random.below(6)) {
    case 0:
      return 0n;
    case 1:
      return (1n << BigInt(width)) - 1n;
    case 2:
      return BigInt.asUintN(width, BigInt(random.below(width + 2)));
    default:
      return random.bits(width);
  }
}

/** What a session shows over a random run: after each step or stretch, the clocks done and all outputs. */
export function randomRun(session: ModelSession, source: ModelSource, seed: number, turns: number): string[] {
  const random = new TestRandom(seed);
  const inputs = source.ports.filter((port) => port.direction === 'input' && port.name !== source.reset);
  const outputs = source.ports.filter((port) => port.direction === 'output');
  const trace: string[] = [];
  for (let turn = 0; turn < turns; turn++) {
    write(session, source.reset, turn < 2 || random.below(64) === 0 ? 0n : 1n);
    for (const { name, width } of inputs) write(session, name, randomInput(random, width));
    if (random.below(4) === 0) session.runUntil(random.below(12));
    else session.step();
    const shown = outputs.map(({ name }) => `${name}=${read(session, name).toString(16)}`);
    trace.push(`${session.evaluatedClocks} ${shown.join(' ')}`);
  }
  return trace;
}
