/** Speed of the co-simulation engines on the flagship's controller at other sizes, beside a test bench in plain C++. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readHardwareSources } from '../../src/backends/systemverilog/hardware-sources.js';
import { emitSystemVerilog } from '../../src/backends/systemverilog/emit.js';
import { legalize, loadNetwork, mapExperiment, scheduleFirstSeed } from '../../src/compiler.js';
import { DiagnosticBag } from '../../src/core/diagnostic.js';
import { createDiskHost } from '../../src/core/disk.js';
import { controllerModel } from '../../src/cosim/controller-model.js';
import type { ModelSession, ModelSource } from '../../src/cosim/engine.js';
import { runTool } from '../../src/cosim/engines/child-process.js';
import { openAddon } from '../../src/cosim/engines/verilator/addon-session.js';
import { clockLoop, includeLines } from '../../src/cosim/engines/verilator/addon-source.js';
import { ADDON_FILE, buildAddon, modelFilesIn, verilate } from '../../src/cosim/engines/verilator/build-addon.js';
import { findClockMemory } from '../../src/cosim/engines/verilator/clock-memory.js';
import { compileStep, prepareRuntime } from '../../src/cosim/engines/verilator/kept-parts.js';
import { findToolchain, type Toolchain } from '../../src/cosim/engines/verilator/toolchain.js';
import { prepareWasmModule } from '../../src/cosim/engines/wasm/prepare-module.js';
import { openWasmModel } from '../../src/cosim/engines/wasm/session.js';
import { layoutPorts } from '../../src/cosim/io-layout.js';
import { executeJob } from '../../src/cosim/execute.js';
import type { SeedJob } from '../../src/cosim/job.js';
import { startOf } from '../../src/ir/calibrate.js';
import { runPeer, type PeerResult } from './peers.js';
import { HASHED_EVERY, RecordingSession, replay, tapeToWords, type Replay, type Tape } from './stimulus-tape.js';

/** A controller and a recorded run of it. */
export interface BenchModel {
  readonly source: ModelSource;
  readonly tape: Tape;
}

export interface EngineSpeed {
  readonly clocksPerSecond: number;
  readonly eventsPerSecond: number;
  /** Hash of everything that the model showed: equal on all engines. */
  readonly hash: number;
}

const EXAMPLE = 'examples/ecram-image/image.ion';

/** The example's experiment on a tile of `lines` x `lines` with short pulses, recorded on the embedded engine. */
export async function recordModel(lines: number): Promise<BenchModel> {
  const diagnostics = new DiagnosticBag();
  const run = scheduleSquare(lines, diagnostics);
  const source = sourceOf(run);
  const module = await prepareWasmModule(source, diagnostics);
  if (!module) throw new Error(messagesOf(diagnostics));
  const session = new RecordingSession(openWasmModel(module, source));
  const { mismatches } = executeJob(session, { runs: [run] });
  if (mismatches !== 0) throw new Error(`${mismatches} mismatches while recording`);
  return { source, tape: session.tape };
}

/** The design that {@link recordModel} records. */
export function squareSource(lines: number): ModelSource {
  return sourceOf(scheduleSquare(lines, new DiagnosticBag()));
}

/** The design of a run. */
export function sourceOf({ legal }: SeedJob): ModelSource {
  return controllerModel(legal, emitSystemVerilog(legal, readHardwareSources(createDiskHost())));
}

/** The run that {@link recordModel} records. */
export function scheduleSquare(lines: number, diagnostics: DiagnosticBag): SeedJob {
  const folder = mkdtempSync(path.join(tmpdir(), 'ionloom-bench-'));
  try {
    const picture = Array.from({ length: lines }, (_, row) =>
      Array.from({ length: lines }, (__, column) => ((row * 7 + column * 3) % 11) / 100).join(','),
    );
    writeFileSync(path.join(folder, 'picture.csv'), `${picture.join('\n')}\n`);
    const file = path.join(folder, 'bench.ion');
    writeFileSync(file, squareExperiment(readFileSync(EXAMPLE, 'utf8'), lines));
    const network = loadNetwork(file, createDiskHost(), new Map(), diagnostics);
    const [experiment] = network?.experiments ?? [];
    const mapped = network && experiment && mapExperiment(network, experiment, diagnostics);
    const scheduled = mapped && scheduleFirstSeed(mapped, diagnostics);
    if (!scheduled) throw new Error(messagesOf(diagnostics));
    return { scheduled, legal: legalize(scheduled), seed: 1, start: startOf(mapped.experiment) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The example with one generated picture on a larger tile; its disturb is not what is measured. */
function squareExperiment(text: string, lines: number): string {
  return text
    .replace(/tile \d+ x \d+/, `tile ${lines} x ${lines}`)
    .replace(/shared by \d+/, 'shared by 16')
    .replace(/\n {2}from "[^]*?(?=\n {2}write)/, '\n  from "picture.csv"')
    .replace(/disturb at most [^\n]*/, 'disturb at most 100 %')
    .replace(/read after each\n/, '')
    .replace(/seeds \d+ from 1/g, 'seeds 1 from 1');
}

function messagesOf(diagnostics: DiagnosticBag): string {
  return diagnostics.all.map(({ code, message }) => `${code}: ${message}`).join('; ');
}

/** Of some 2 ms each: what others on the machine take from one is not taken from the best. */
const ROUNDS = 400;

export async function benchWasm({ source, tape }: BenchModel): Promise<EngineSpeed> {
  const diagnostics = new DiagnosticBag();
  const module = await prepareWasmModule(source, diagnostics);
  if (!module) throw new Error(messagesOf(diagnostics));
  const session = openWasmModel(module, source);
  replay(session, tape, ROUNDS / 4);
  return speedOf(replay(openWasmModel(module, source), tape, ROUNDS));
}

/** The addon in this process, which is as fast as in the child that real runs use. */
export async function benchVerilator({ source, tape }: BenchModel): Promise<EngineSpeed> {
  const diagnostics = new DiagnosticBag();
  const folder = await buildAddon(source, await toolchain(), diagnostics);
  if (folder === undefined) throw new Error(messagesOf(diagnostics));
  return speedOf(replay(openAddon(path.join(folder, ADDON_FILE), source.ports), tape, ROUNDS));
}

/** Events that simulators of others play: they take milliseconds for what the engines above do in microseconds. */
const SIMULATED_EVENTS = 2000;

/** A model in a simulator beside this process; of the wall clock, for two processes take turns. */
export async function benchSimulator(
  { source, tape }: BenchModel,
  open: (source: ModelSource) => Promise<ModelSession>,
): Promise<EngineSpeed> {
  const session = await open(source);
  const short = { setup: tape.setup, events: tape.events.slice(0, SIMULATED_EVENTS) };
  for (const { changes, maxClocks } of short.setup) playEntry(session, changes, maxClocks);
  let clocks = 0;
  const begin = performance.now();
  for (const { changes, maxClocks } of short.events) clocks += playEntry(session, changes, maxClocks);
  const seconds = (performance.now() - begin) / 1000;
  session.close();
  return speedOf({ events: short.events.length, clocks, seconds, hash: 0 });
}

function playEntry(session: ModelSession, changes: Uint32Array, maxClocks: number): number {
  for (let index = 0; index < changes.length; index += 2) session.io[changes[index]!] = changes[index + 1]!;
  return session.runUntil(maxClocks);
}

/** The same run under cocotb as people write it, a coroutine that awaits the clock: events and clocks per second. */
export function benchCoroutines({ source, tape }: BenchModel, simulator: 'verilator' | 'icarus'): PeerResult {
  const folder = mkdtempSync(path.join(tmpdir(), 'ionloombench'));
  try {
    const { slots, words } = layoutPorts(source.ports);
    const { files, top, clock, watch, strobes } = source;
    for (const { name, text } of files) writeFileSync(path.join(folder, name), text);
    const ports = source.ports.map((port) => ({ ...port, offset: slots.get(port.name)?.offset }));
    const designFiles = files.map(({ name }) => name).filter((name) => /\.s?v$/.test(name));
    const run = { files: designFiles, top, clock, watch, strobes, ports, words, events: SIMULATED_EVENTS };
    writeFileSync(path.join(folder, 'run.json'), JSON.stringify(run));
    writeFileSync(path.join(folder, 'tape'), tapeToWords(tape, 1));
    return runPeer('cocotb_coroutines.py', [folder, simulator], {}, 'cocotb');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same Verilated model in a C++ program that plays the tape: nothing of ours can be faster. */
export async function benchPureCpp({ source, tape }: BenchModel): Promise<EngineSpeed> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ionloombench'));
  try {
    const diagnostics = new DiagnosticBag();
    const tools = await toolchain();
    const runtime = await prepareRuntime(tools, diagnostics);
    if (runtime === undefined || !(await verilate(source, tools, folder, diagnostics)))
      throw new Error(messagesOf(diagnostics));
    const { clocked, starting } = modelFilesIn(path.join(folder, 'obj'));
    const text = [
      includeLines([...clocked, ...starting]),
      '#include "verilated.h"',
      '#include <cstdint>',
      '#include <string>',
      clockLoop(source, findClockMemory(path.join(folder, 'obj'), source)),
      TAPE_PLAYER,
    ];
    writeFileSync(path.join(folder, 'bench.cpp'), text.join('\n'));
    writeFileSync(path.join(folder, 'tape'), tapeToWords(tape, ROUNDS));
    await mustRun(tools.compiler, compileStep(tools, 'bench.cpp', 'bench.o', ['-Iobj']), folder);
    await mustRun(tools.compiler, ['bench.o', ...runtime, '-o', 'bench', '-lpthread'], folder);
    const [clocks, seconds, hash] = (await mustRun('./bench', [], folder)).split(' ').map(Number);
    return speedOf({
      events: ROUNDS * tape.events.length,
      clocks: clocks ?? 0,
      seconds: seconds ?? 0,
      hash: hash ?? 0,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function speedOf({ events, clocks, seconds, hash }: Replay): EngineSpeed {
  return { clocksPerSecond: clocks / seconds, eventsPerSecond: events / seconds, hash };
}

async function toolchain(): Promise<Toolchain> {
  const diagnostics = new DiagnosticBag();
  const found = await findToolchain(diagnostics);
  if (!found) throw new Error(messagesOf(diagnostics));
  return found;
}

async function mustRun(command: string, args: readonly string[], folder: string): Promise<string> {
  const end = await runTool(command, args, { folder, limitSeconds: 600 });
  if (end.kind !== 'exited' || end.status !== 0) throw new Error(`${command}: ${JSON.stringify(end)}`);
  return end.output;
}

const TAPE_PLAYER = `
#include <ctime>
#include <cstdio>
#include <vector>

const uint32_t* play(const uint32_t* entry, uint64_t& clocks) {
  const uint32_t count = entry[1];
  const uint32_t* change = entry + 2;
  for (uint32_t i = 0; i < count; ++i, change += 2) io[change[0]] = change[1];
  clocks += run_until(entry[0]);
  return change;
}

int main() {
  std::vector<uint32_t> tape;
  uint32_t word;
  std::FILE* file = std::fopen("tape", "rb");
  while (std::fread(&word, 4, 1, file) == 1) tape.push_back(word);
  const uint32_t setup = tape[0], events = tape[1], rounds = tape[2];
  uint32_t hash = 0x811c9dc5u;
  uint64_t clocks = 0, unused = 0;
  double best = 1e9;
  for (uint32_t round = 0; round < rounds; ++round) {
    const uint32_t* entry = tape.data() + 3;
    for (uint32_t i = 0; i < setup; ++i) entry = play(entry, unused);
    const std::clock_t begin = std::clock();
    for (uint32_t i = 0; i < events; ++i) {
      entry = play(entry, clocks);
      if (i % ${HASHED_EVERY} != 0) continue;
      for (int k = 0; k < io_words; ++k) hash = (hash ^ io[k]) * 0x01000193u;
    }
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    if (seconds < best) best = seconds;
  }
  std::printf("%llu %.9f %u\\n", static_cast<unsigned long long>(clocks), rounds * best, hash);
}
`;
