/** The rows of `npm run bench`: what is measured, in which unit, beside what. */
import { cosimulateExperiment, loadNetwork, mapExperiment } from '../../src/compiler.js';
import { DiagnosticBag } from '../../src/core/diagnostic.js';
import { createDiskHost } from '../../src/core/disk.js';
import type { CosimResult } from '../../src/cosim/cosimulate.js';
import type { EngineName, ModelSession, ModelSource } from '../../src/cosim/engine.js';
import type { MappedModule } from '../../src/ir/mapped.js';
import { openOnCocotb, openOnIcarus } from '../support/model-fixture.js';
import { measureEcramEvents } from './ecram-bench.js';
import { measureBuild } from './build-bench.js';
import { benchCheck } from './check-bench.js';
import { measureCompile } from './compile-bench.js';
import {
  benchCoroutines,
  benchPureCpp,
  benchSimulator,
  benchVerilator,
  benchWasm,
  recordModel,
  type BenchModel,
  type EngineSpeed,
} from './engine-bench.js';
import {
  measureClocksPerSegment,
  measureControllerLuts,
  measureControllerSpeed,
  measureLutPerLine,
} from './controller-rows.js';
import { measureImport } from './import-bench.js';
import { benchKernel } from './kernel-bench.js';
import { measureLineClocks } from './line-rows.js';
import { benchKeystrokes } from './lsp-bench.js';
import { measureMagnetoEpoch } from './magneto-epoch.js';
import type { BenchRow, Measurement } from './measurement.js';
import { measureSuperposition, measureUpdate } from './device-rows.js';
import { measureEpoch } from './neurosim-epoch.js';
import { measureOuterProduct } from './outer-product-rows.js';
import { peerFields, type PeerFields } from './peers.js';
import { measureNoisyRead, measureRead } from './read-bench.js';
import { measureSweep } from './sweep-bench.js';
import { measureSinhSolve, measureSolve } from './solve-rows.js';

const EXAMPLE = 'examples/ecram-image/image.ion';

export const ROWS: readonly BenchRow[] = [
  { name: 'cosim-verilator-events', unit: 'events/s', measure: () => measureEngine(benchVerilator) },
  { name: 'cosim-wasm-events', unit: 'events/s', measure: () => measureEngine(benchWasm) },
  { name: 'cosim-icarus-events', unit: 'events/s', measure: () => measureSimulator(openOnIcarus, 'icarus') },
  { name: 'cosim-cocotb-events', unit: 'events/s', measure: () => measureSimulator(openOnCocotb, 'verilator') },
  { name: 'cosim-ecram-events', unit: 'events/s', measure: measureEcramEvents },
  { name: 'cosim-1024-lines-clocks', unit: 'clocks/s', measure: () => measureLineClocks(1024) },
  { name: 'evaluated-clocks-per-pulse', unit: 'clocks', measure: measureClocksPerPulse },
  { name: 'controller-clocks-per-segment', unit: 'clocks', measure: measureClocksPerSegment },
  { name: 'controller-lut-per-line', unit: 'LUT4', measure: measureLutPerLine },
  { name: 'controller-lut-64x64', unit: 'LUT4', measure: measureControllerLuts },
  { name: 'controller-fmax-64x64', unit: 'MHz', measure: measureControllerSpeed },
  { name: 'cold-start-wasm', unit: 's', measure: () => measureBuild('wasm', 'cold') },
  { name: 'warm-start-wasm', unit: 's', measure: () => measureBuild('wasm', 'warm') },
  { name: 'cached-start-wasm', unit: 's', measure: () => measureBuild('wasm', 'cached') },
  { name: 'cold-start-verilator', unit: 's', measure: () => measureBuild('verilator', 'cold') },
  { name: 'warm-start-verilator', unit: 's', measure: () => measureBuild('verilator', 'warm') },
  { name: 'cached-start-verilator', unit: 's', measure: () => measureBuild('verilator', 'cached') },
  { name: 'kernel-pulses-64x64', unit: 'pulses/s', measure: () => measureKernel(64) },
  { name: 'update-constantstep-512-bl31', unit: 'devices/s', measure: () => measureUpdate('constantStep', 31) },
  { name: 'update-constantstep-512-bl10', unit: 'devices/s', measure: () => measureUpdate('constantStep', 10) },
  { name: 'update-softbounds-512-bl31', unit: 'devices/s', measure: () => measureUpdate('softBounds', 31) },
  { name: 'update-expstep-512-bl31', unit: 'devices/s', measure: () => measureUpdate('expStep', 31) },
  { name: 'outer-product-rms-bl31', unit: 'counts', measure: () => measureOuterProduct(31) },
  { name: 'solve-128', unit: 's', measure: () => measureSolve(128) },
  { name: 'solve-256', unit: 's', measure: () => measureSolve(256) },
  { name: 'solve-512', unit: 's', measure: () => measureSolve(512) },
  { name: 'solve-sinh-128', unit: 's', measure: () => measureSinhSolve(128) },
  { name: 'stdp-superposition-64', unit: 'cell-segments/s', measure: measureSuperposition },
  { name: 'read-256', unit: 'reads/s', measure: () => measureRead(256) },
  { name: 'read-1024', unit: 'reads/s', measure: () => measureRead(1024) },
  { name: 'read-noisy-256', unit: 'reads/s', measure: () => measureNoisyRead(256) },
  { name: 'epoch-neurosim-400-100-10', unit: 's', measure: measureEpoch },
  { name: 'train-magneto-epoch', unit: 's', measure: measureMagnetoEpoch },
  { name: 'check-50-lines', unit: 's', measure: () => measureCheck(50, 20) },
  { name: 'import-nir-1mb', unit: 's', measure: () => measureImport(7) },
  { name: 'check-10000-lines', unit: 's', measure: () => measureCheck(10_000, 7) },
  { name: 'compile-100-crossbars', unit: 's', measure: () => measureCompile(640, 1) },
  { name: 'compile-4096x4096', unit: 's', measure: () => measureCompile(4096, 2) },
  { name: 'lsp-keystroke-2000-lines', unit: 's', measure: () => measureKeystroke(2000, 100) },
  { name: 'sweep-1000-points', unit: 's', measure: () => measureSweep(1000) },
];

/** Lines on a side of the tile on which engines are compared. */
const ENGINE_LINES = 64;

let recorded: Promise<{ readonly model: BenchModel; readonly limit: EngineSpeed }> | undefined;

/** A recorded run and the speed of the plain C++ test bench on it, measured once for all rows of this process. */
async function recordOnce(): Promise<{ readonly model: BenchModel; readonly limit: EngineSpeed }> {
  const model = await recordModel(ENGINE_LINES);
  return { model, limit: await benchPureCpp(model) };
}

/** An engine beside plain C++ on the same tape; all of them must have shown the same. */
async function measureEngine(bench: (model: BenchModel) => Promise<EngineSpeed>): Promise<Measurement> {
  recorded ??= recordOnce();
  const { model, limit } = await recorded;
  const speed = await bench(model);
  if (speed.hash !== limit.hash) throw new Error('the engine and the C++ test bench disagree');
  const millions = [speed, limit].map(({ clocksPerSecond }) => (clocksPerSecond / 1e6).toPrecision(3));
  const note = `${ENGINE_LINES} x ${ENGINE_LINES}; ${millions[0] ?? ''} M clocks/s, C++ ${millions[1] ?? ''} M`;
  return {
    ours: speed.eventsPerSecond,
    limit: limit.eventsPerSecond,
    ...withNote(note, coroutines(model, 'verilator')),
  };
}

/** An engine that asks a simulator of others, beside the same run under cocotb with a coroutine that awaits the clock. */
async function measureSimulator(
  open: (source: ModelSource) => Promise<ModelSession>,
  simulator: 'icarus' | 'verilator',
): Promise<Measurement> {
  recorded ??= recordOnce();
  const { model } = await recorded;
  const { eventsPerSecond } = await benchSimulator(model, open);
  return {
    ours: eventsPerSecond,
    ...withNote(`${ENGINE_LINES} x ${ENGINE_LINES}, wall clock`, coroutines(model, simulator)),
  };
}

const played = new Map<string, PeerFields>();

/** Events a second under cocotb, measured once for all rows of this process. */
function coroutines(model: BenchModel, simulator: 'icarus' | 'verilator'): PeerFields {
  const known = played.get(simulator);
  if (known) return known;
  const fields = peerFields(`coroutines, ${simulator}, cocotb`, benchCoroutines(model, simulator), 'rate');
  played.set(simulator, fields);
  return fields;
}

function withNote(note: string, fields: PeerFields): PeerFields & { readonly note: string } {
  return { ...fields, note: 'note' in fields ? `${note}; ${fields.note}` : note };
}

/** The first experiment of the example. */
function loadExample(): MappedModule {
  const diagnostics = new DiagnosticBag();
  const network = loadNetwork(EXAMPLE, createDiskHost(), new Map(), diagnostics);
  const [experiment] = network?.experiments ?? [];
  const mapped = network && experiment && mapExperiment(network, experiment, diagnostics);
  if (!mapped) throw new Error(`${EXAMPLE}: ${messagesOf(diagnostics)}`);
  return mapped;
}

async function runExample(engine: EngineName, mapped = loadExample()): Promise<CosimResult> {
  const diagnostics = new DiagnosticBag();
  const result = await cosimulateExperiment(mapped, { engine }, createDiskHost(), diagnostics);
  if (!result) throw new Error(messagesOf(diagnostics));
  return result;
}

function messagesOf(diagnostics: DiagnosticBag): string {
  return diagnostics.all.map(({ message }) => message).join('; ');
}

/** Writing alone: a pulse and the rest after it, whatever their lengths. */
async function measureClocksPerPulse(): Promise<Measurement> {
  const mapped = loadExample();
  const { experiment } = mapped;
  const { readBack: _readBack, ...program } = experiment.program;
  const { evaluatedClocks, pulses } = await runExample('wasm', { ...mapped, experiment: { ...experiment, program } });
  return {
    ours: evaluatedClocks / pulses,
    note: 'the example without reading back: pulses of up to 10 s, each with its rest',
  };
}

function measureKernel(size: number): Promise<Measurement> {
  const { pulsesPerSecond, cellUpdatesPerSecond } = benchKernel(loadExample().device, size);
  const note = `V/2, all spreads on; ${cellUpdatesPerSecond.toPrecision(3)} cell updates/s`;
  return Promise.resolve({ ours: pulsesPerSecond, note });
}

function measureCheck(lines: number, runs: number): Promise<Measurement> {
  const { seconds, emptySeconds } = benchCheck(lines, runs);
  const note = `whole process, median of ${runs}; devices and chained parameters; limit: node -e 0`;
  return Promise.resolve({ ours: seconds, limit: emptySeconds, note });
}

async function measureKeystroke(lines: number, count: number): Promise<Measurement> {
  const { seconds, longestSeconds } = await benchKeystrokes(lines, count);
  const longest = (longestSeconds * 1000).toPrecision(3);
  const note = `change to diagnostics over stdio, median of ${count}, longest ${longest} ms; devices and chained parameters`;
  return { ours: seconds, note };
}
