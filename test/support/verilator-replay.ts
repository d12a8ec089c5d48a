/**
 * Recorded runs replayed by a Verilated model in a C++ program: whether the outputs are equal clock by clock, whether
 * an assertion breaks, what was covered, and which mutants show.
 */
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ModelSource } from '../../src/cosim/engine.js';
import { cacheKey, findEntry, storeEntry } from '../../src/cosim/engines/cache.js';
import { traceSide, type PortTrace, type TracedPort, type TraceSide } from './port-trace.js';
import { rowWords } from './read-log.js';
import { REPLAY_LOOP } from './replay-loop.js';
import { wordsToBytes } from './trace-store.js';
import { inWorkFolder, mustRunIn, runIn, type CommandEnd } from './work-folder.js';

export interface ReplayBuild {
  readonly source: ModelSource;
  /** Files beyond those of the source, which Verilator reads last. */
  readonly moreFiles?: readonly { readonly name: string; readonly text: string }[];
  /** Options of Verilator beyond the usual ones. */
  readonly flags?: readonly string[];
  /** For models that are larger than their runs: compiled quickly, run slowly. */
  readonly isBrief?: boolean;
  /** Input of the model that chooses a mutant; zero is the design as it is. */
  readonly selector?: string;
}

/** A program that replays runs, in a folder of its own. */
export interface ReplayProgram {
  readonly folder: string;
  readonly source: ModelSource;
}

const MODEL = 'Vreplay';
const RUNTIME = ['verilated', 'verilated_cov', 'verilated_threads'] as const;
const COMPILE = ['-std=c++17', '-w', '-DVM_COVERAGE=1', '-DVM_TRACE=0', '-DVM_SC=0'];

/** Builds the program in `folder`. */
export function buildReplay(folder: string, build: ReplayBuild): ReplayProgram {
  const { source, moreFiles = [], flags = [], isBrief = false } = build;
  const files = [...source.files, ...moreFiles];
  for (const { name, text } of files) writeFileSync(path.join(folder, name), text);
  const designs = files.map(({ name }) => name).filter((name) => /\.s?v$/.test(name));
  const options = [
    '--cc',
    '-O3',
    '--x-assign',
    'fast',
    '--x-initial',
    'fast',
    '--no-timing',
    '-Wno-fatal',
    '-Wno-lint',
  ];
  const names = ['-Wno-style', '--prefix', MODEL, '--Mdir', 'obj', '--top-module', source.top];
  mustRunIn(folder, 'verilator', [...options, ...names, ...flags, ...designs]);
  const models = readdirSync(path.join(folder, 'obj')).filter((name) => name.endsWith('.cpp'));
  writeFileSync(path.join(folder, 'replay.cpp'), replaySource(build, models.sort()));
  const include = path.join(mustRunIn(folder, 'verilator', ['--getenv', 'VERILATOR_ROOT']).trim(), 'include');
  const includes = [`-I${include}`, `-I${path.join(include, 'vltstd')}`, '-Iobj'];
  const objects = runtimeObjects(include);
  mustRunIn(folder, 'g++', [
    ...COMPILE,
    isBrief ? '-O0' : '-O1',
    ...includes,
    'replay.cpp',
    ...objects,
    '-o',
    'replay',
    '-lpthread',
  ]);
  return { folder, source };
}

/** What a replay found: nothing, or the first clock and output that differ. */
export interface ReplayDifference {
  readonly trace: number;
  readonly clock: number;
  readonly port: string;
}

/** Replays runs and compares; throws where the model stops itself, as a broken assertion does. */
export function replayTraces(program: ReplayProgram, traces: readonly PortTrace[]): ReplayDifference | undefined {
  const { isGood, output } = runReplay(program, traces, ['compare']);
  if (!isGood) throw new Error(`the replay stopped: ${output.slice(0, 1000)}`);
  return firstDifference(program.source, output);
}

/** Replays runs without comparing: for what the model itself says about them. */
export function exerciseTraces(program: ReplayProgram, traces: readonly PortTrace[]): CommandEnd {
  return runReplay(program, traces, ['exercise']);
}

/** Which of the mutants differ from the runs in an output that the test read after that very clock. */
export function shownMutants(
  program: ReplayProgram,
  traces: readonly PortTrace[],
  mutants: readonly number[],
): ReadonlySet<number> {
  writeFileSync(path.join(program.folder, 'mutants'), wordsToBytes([Uint32Array.from(mutants)]));
  const { isGood, output } = runReplay(program, traces, ['mutants']);
  if (!isGood) throw new Error(`the replay of mutants stopped: ${output.slice(0, 1000)}`);
  return new Set([...output.matchAll(/^shown (\d+)$/gm)].map(([, mutant]) => Number(mutant)));
}

function runReplay(program: ReplayProgram, traces: readonly PortTrace[], args: readonly string[]): CommandEnd {
  const lists = traces.flatMap(({ clocks, inputs, outputs, reads }) => [
    Uint32Array.of(clocks),
    inputs,
    outputs,
    reads,
  ]);
  writeFileSync(path.join(program.folder, 'traces'), wordsToBytes(lists));
  return runIn(program.folder, './replay', args);
}

function firstDifference(source: ModelSource, output: string): ReplayDifference | undefined {
  const found = /^difference (\d+) (\d+) (\d+)$/m.exec(output);
  if (!found) return undefined;
  const [trace = 0, clock = 0, word = 0] = found.slice(1).map(Number);
  const port = traceSide(source.ports, 'output').ports.findLast(({ offset }) => offset <= word);
  return { trace, clock, port: port?.name ?? '' };
}

/** Verilator's runtime with coverage, compiled once for each version. */
function runtimeObjects(include: string): readonly string[] {
  const version = readFileSync(path.join(include, 'verilated_config.h'), 'utf8');
  const key = cacheKey(['replay-runtime', version, COMPILE]);
  const entry = findEntry(key) ?? inWorkFolder((folder) => compileRuntime(folder, include, key));
  return RUNTIME.map((name) => path.join(entry, `${name}.o`));
}

function compileRuntime(folder: string, include: string, key: string): string {
  for (const name of RUNTIME) {
    copyFileSync(path.join(include, `${name}.cpp`), path.join(folder, `${name}.cpp`));
    const includes = [`-I${include}`, `-I${path.join(include, 'vltstd')}`];
    mustRunIn(folder, 'g++', [...COMPILE, '-O1', ...includes, '-c', `${name}.cpp`, '-o', `${name}.o`]);
  }
  return storeEntry(
    key,
    RUNTIME.map((name) => ({ name: `${name}.o`, bytes: readFileSync(path.join(folder, `${name}.o`)) })),
  );
}

function replaySource({ source, selector }: ReplayBuild, models: readonly string[]): string {
  const inputs = traceSide(source.ports, 'input');
  const outputs = traceSide(source.ports, 'output');
  const strobes = inputs.ports.filter(({ name }) => source.strobes.includes(name));
  return `${models.map((name) => `#include "${name}"`).join('\n')}
#include "verilated.h"
#include "verilated_cov.h"
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

namespace {
constexpr uint32_t input_words = ${String(inputs.words)};
constexpr uint32_t output_words = ${String(outputs.words)};
constexpr uint32_t read_words = ${String(rowWords(outputs.words))};

void load(${MODEL}& model, const uint32_t* io) {
${inputs.ports.map(loadPort).join('\n')}
}

void store(const ${MODEL}& model, uint32_t* io) {
${outputs.ports.map(storePort).join('\n')}
}

void clear_strobes(${MODEL}& model) {
${strobes.map(clearPort).join('\n')}
}

// A reset that is active from the start on has no edge by itself; assertions hold from it on
void wake(VerilatedContext* context, ${MODEL}& model) {
  context->assertOn(false);
  model.${source.reset} = 1;
  model.eval();
  model.${source.reset} = 0;
  model.eval();
  context->assertOn(true);
}

void choose(${MODEL}& model, uint32_t mutant) {
${selector === undefined ? '' : `  model.${selector} = mutant;`}
}

${REPLAY_LOOP}`;
}

type Side = TraceSide['ports'][number];

/** Set bits of the uppermost word of a port, as a C++ literal. */
function topMask({ width, words }: TracedPort): string {
  return `0x${(2 ** (width - 32 * (words - 1)) - 1).toString(16)}u`;
}

function loadPort({ name, offset, words, width, ...port }: Side): string {
  const top = `(io[${String(offset + words - 1)}] & ${topMask({ name, offset, words, width, ...port })})`;
  if (words === 1) return `  model.${name} = ${top};`;
  if (width <= 64) return `  model.${name} = (uint64_t{${top}} << 32) | io[${String(offset)}];`;
  return `  for (int i = 0; i < ${String(words - 1)}; ++i) model.${name}[i] = io[${String(offset)} + i];
  model.${name}[${String(words - 1)}] = ${top};`;
}

function storePort({ name, offset, words, width }: Side): string {
  if (words === 1) return `  io[${String(offset)}] = model.${name};`;
  if (width <= 64)
    return `  io[${String(offset)}] = static_cast<uint32_t>(model.${name});
  io[${String(offset + 1)}] = static_cast<uint32_t>(model.${name} >> 32);`;
  return `  for (int i = 0; i < ${String(words)}; ++i) io[${String(offset)} + i] = model.${name}[i];`;
}

function clearPort({ name, words, width }: Side): string {
  if (width <= 64) return `  model.${name} = 0;`;
  return `  for (int i = 0; i < ${String(words)}; ++i) model.${name}[i] = 0;`;
}
