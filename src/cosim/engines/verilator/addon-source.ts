/** The C++ of a model's Node addon: the I/O block, the clock loop, and hooks for models that want to end the process. */
import type { ModelPort, ModelSource, PortSlot } from '../../engine.js';
import { layoutPorts } from '../../io-layout.js';

/** Error code of the exception that `run` throws when the model stopped itself. */
export const MODEL_STOPPED = 'IONLOOM_MODEL_STOPPED';

/** Class of the Verilated model. */
export const MODEL_CLASS = 'Vmodel';

/**
 * One translation unit; `modelFiles` are the C++ files of Verilator that clocks run, `clockMemory` is as in {@link clockLoop}.
 * The addon exports `io`, an ArrayBuffer
 * over the block and one more word, and `run()`, which takes the largest number of clocks from that word and leaves
 * the number of clocks done there: a call without arguments and result is the cheapest across the border. `openBox`
 * makes memory that is also a file.
 */
export function addonSource(source: ModelSource, modelFiles: readonly string[], clockMemory?: string): string {
  return [includes(modelFiles), clockLoop(source, clockMemory), NODE_BINDING].join('\n');
}

/** Text of a unit that is nothing but these files. */
export function includeLines(modelFiles: readonly string[]): string {
  return modelFiles.map((name) => `#include "${name}"\n`).join('');
}

function includes(modelFiles: readonly string[]): string {
  return `// Made by ionloom; do not edit.
${includeLines(modelFiles)}
#include "verilated.h"
#include <node_api.h>
#include <cstdint>
#include <cstdio>
#include <string>
#ifdef __linux__
#include <signal.h>
#include <sys/prctl.h>
#endif
#ifndef _WIN32
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#endif
`;
}

/**
 * `runUntil` in C++ against the plain class of the model; also the core of a test bench without Node. `clockMemory` is
 * the field in which the model remembers the clock, if it says so.
 */
export function clockLoop(source: ModelSource, clockMemory?: string): string {
  const { slots, words } = layoutPorts(source.ports);
  const ports = source.ports.map((port) => ({ port, slot: slotOf(slots, port.name) }));
  const inputs = ports.filter(({ port }) => port.direction === 'input');
  const outputs = ports.filter(({ port }) => port.direction === 'output');
  const strobes = inputs.filter(({ port }) => source.strobes.includes(port.name));
  const watched = outputs.filter(({ port }) => source.watch.includes(port.name));
  return `namespace {

struct ModelStopped {
  std::string how;
};

std::string place(const char* file, int line) {
  return std::string(file ? file : "?") + ":" + std::to_string(line);
}

constexpr int io_words = ${String(words)};
uint32_t io[io_words + 1];
VerilatedContext context;
${MODEL_CLASS} model{&context, "TOP"};

void load_inputs() {
${inputs.map(loadInput).join('\n')}
}

void store_outputs() {
${outputs.map(storeOutput).join('\n')}
}

void clear_strobes() {
${strobes.map(clearStrobe).join('\n')}
}

bool is_watched() {
  return ${watched.map(isSet).join(' || ') || 'false'};
}

${runUntil(source.clock, clockMemory)}
}  // namespace

void vl_finish(const char* file, int line, const char*) {
  throw ModelStopped{"called $finish at " + place(file, line)};
}
void vl_stop(const char* file, int line, const char*) {
  throw ModelStopped{"called $stop or $fatal, or broke an assertion, at " + place(file, line)};
}
void vl_fatal(const char* file, int line, const char*, const char* text) {
  throw ModelStopped{"failed at " + place(file, line) + ": " + (text ? text : "")};
}
`;
}

/**
 * With `clockMemory` falling edges are written there and not evaluated, but for the first one, behind which strobes have
 * gone: nothing else has changed (measured: 20 to 40 % more clocks/s).
 */
function runUntil(clock: string, clockMemory: string | undefined): string {
  const fall = clockMemory === undefined ? 'model.eval()' : `model.rootp->${clockMemory} = 0`;
  return `// An asynchronous reset takes effect before the first edge; strobes are cleared after it.
uint32_t run_until(uint32_t max_clocks) {
  load_inputs();
  model.${clock} = 0;
  model.eval();
  uint32_t clocks = 0;
  while (clocks < max_clocks) {
    model.${clock} = 1;
    model.eval();
    model.${clock} = 0;
    if (clocks++ == 0) {
      clear_strobes();
      model.eval();
    } else {
      ${fall};
    }
    if (is_watched()) break;
  }
  store_outputs();
  return clocks;
}
`;
}

interface PlacedPort {
  readonly port: ModelPort;
  readonly slot: PortSlot;
}

function slotOf(slots: ReadonlyMap<string, PortSlot>, name: string): PortSlot {
  return slots.get(name) ?? { offset: 0, words: 0, width: 0 };
}

/** Verilator keeps ports of up to 64 bits in integers and wider ones in arrays of 32-bit words. */
function isArray({ slot }: PlacedPort): boolean {
  return slot.width > 64;
}

/** Set bits of the uppermost word of a port, as a C++ literal. */
function topMask({ slot }: PlacedPort): string {
  const bits = slot.width - 32 * (slot.words - 1);
  return `0x${(2 ** bits - 1).toString(16)}u`;
}

function loadInput(placed: PlacedPort): string {
  const { port, slot } = placed;
  const word = (index: number): string => `io[${String(slot.offset + index)}]`;
  const top = `(${word(slot.words - 1)} & ${topMask(placed)})`;
  if (slot.words === 1) return `  model.${port.name} = ${top};`;
  if (!isArray(placed)) return `  model.${port.name} = (static_cast<uint64_t>${top} << 32) | ${word(0)};`;
  const last = String(slot.words - 1);
  return `  for (int i = 0; i < ${last}; ++i) model.${port.name}[i] = io[${String(slot.offset)} + i];
  model.${port.name}[${last}] = ${top};`;
}

function storeOutput(placed: PlacedPort): string {
  const { port, slot } = placed;
  const offset = String(slot.offset);
  if (slot.words === 1) return `  io[${offset}] = model.${port.name};`;
  if (!isArray(placed)) {
    return `  io[${offset}] = static_cast<uint32_t>(model.${port.name});
  io[${String(slot.offset + 1)}] = static_cast<uint32_t>(model.${port.name} >> 32);`;
  }
  return `  for (int i = 0; i < ${String(slot.words)}; ++i) io[${offset} + i] = model.${port.name}[i];`;
}

function clearStrobe(placed: PlacedPort): string {
  const { port, slot } = placed;
  const words = `for (int i = 0; i < ${String(slot.words)}; ++i)`;
  const block = `  ${words} io[${String(slot.offset)} + i] = 0;`;
  return isArray(placed) ? `${block}\n  ${words} model.${port.name}[i] = 0;` : `${block}\n  model.${port.name} = 0;`;
}

function isSet(placed: PlacedPort): string {
  const { port, slot } = placed;
  if (!isArray(placed)) return `model.${port.name} != 0`;
  return Array.from({ length: slot.words }, (_, index) => `model.${port.name}[${String(index)}] != 0`).join(' || ');
}

const NODE_BINDING = `namespace {

// The model may end the run in its own way; that becomes an exception of JavaScript.
napi_value run(napi_env env, napi_callback_info) {
  try {
    io[io_words] = run_until(io[io_words]);
  } catch (const ModelStopped& stopped) {
    std::fflush(stdout);
    napi_throw_error(env, "${MODEL_STOPPED}", stopped.how.c_str());
  } catch (const std::exception& fault) {
    napi_throw_error(env, "${MODEL_STOPPED}", fault.what());
  }
  return nullptr;
}

// Memory that is also the named file: the system writes it, even if this process dies.
napi_value open_box(napi_env env, napi_callback_info info) {
  napi_value block = nullptr;
#ifndef _WIN32
  size_t count = 2;
  napi_value given[2];
  char name[4096];
  uint32_t bytes = 0;
  napi_get_cb_info(env, info, &count, given, nullptr, nullptr);
  napi_get_value_string_utf8(env, given[0], name, sizeof name, nullptr);
  napi_get_value_uint32(env, given[1], &bytes);
  const int file = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
  if (file < 0) return nullptr;
  // Room is taken now: a full disk must not become a fault of the memory later
  if (posix_fallocate(file, 0, bytes) == 0) {
    void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (memory != MAP_FAILED) napi_create_external_arraybuffer(env, memory, bytes, nullptr, nullptr, &block);
  }
  close(file);
#endif
  return block;
}

}  // namespace

NAPI_MODULE_INIT() {
#ifdef __linux__
  // The host must not outlive the process that asked it, however that ends
  if (std::getenv("IONLOOM_MODEL_HOST")) prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  napi_value block = nullptr;
  napi_create_external_arraybuffer(env, io, sizeof io, nullptr, nullptr, &block);
  napi_set_named_property(env, exports, "io", block);
  napi_value function = nullptr;
  napi_create_function(env, "run", NAPI_AUTO_LENGTH, run, nullptr, &function);
  napi_set_named_property(env, exports, "run", function);
  napi_create_function(env, "openBox", NAPI_AUTO_LENGTH, open_box, nullptr, &function);
  napi_set_named_property(env, exports, "openBox", function);
  return exports;
}
`;
