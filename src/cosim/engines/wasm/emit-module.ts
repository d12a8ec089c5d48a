/** The WebAssembly module of a circuit: `step`, `runUntil` and the memory that both share with the host. */
import { invariant } from '../../../core/invariant.js';
import { encodeModule, type FunctionType } from '../../../numerics/wasm-binary.js';
import type { Circuit, MemoryWrite, Register } from './circuit.js';
import { FunctionEmitter } from './emit-function.js';
import { emitEntryAddress, entryAccess, entryOffset, typeOf } from './emit-operation.js';
import { FunctionWriter, type ValueType } from './encoder.js';
import { initialData, mapMemory, type MemoryMap } from './memory-map.js';
import type { Task } from './placement.js';
import type { ResetGroup } from './reset-groups.js';
import type { NodeId } from './word-graph.js';
import { ones } from './word-width.js';

const NO_PARAMETERS: FunctionType = { parameters: [], results: [] };
const RETURNS_FLAG: FunctionType = { parameters: [], results: ['i32'] };

/** A task and the stores that follow when all tasks of the function are computed. */
interface Commit {
  readonly task: Task;
  readonly store: (emitter: FunctionEmitter) => void;
}

/**
 * Exports `step()` and `runUntil(maxClocks) -> clocks`. A clock computes all next values from the old state, then
 * stores them; outputs are computed once, when control returns to the host.
 */
export function emitModule(circuit: Circuit, resets: readonly ResetGroup[]): Uint8Array {
  const context: Context = { circuit, map: mapMemory(circuit) };
  const resetFunctions = resets.map((group) => emitReset(context, group));
  const advance = emitAdvance(context);
  const watched = emitWatched(context);
  const settle = emitSettle(context);
  const first = resetFunctions.length;
  const runUntil = emitRunUntil(context, resets, { advance: first, watched: first + 1, settle: first + 2 });
  const step = new FunctionWriter(NO_PARAMETERS);
  step.constant('i32', 1n);
  step.indexed('call', first + 3);
  step.op('drop');
  return encodeModule({
    functions: [...resetFunctions, advance, watched, settle, runUntil, step],
    exports: new Map([
      ['runUntil', first + 3],
      ['step', first + 4],
    ]),
    memory: { kind: 'own', bytes: context.map.bytes },
    data: initialData(circuit, context.map),
  });
}

interface Context {
  readonly circuit: Circuit;
  readonly map: MemoryMap;
}

function emitTasks({ circuit, map }: Context, code: FunctionWriter, commits: readonly Commit[]): FunctionEmitter {
  const tasks = commits.map((commit) => commit.task);
  const emitter = new FunctionEmitter(code, { graph: circuit.graph, map }, tasks);
  emitter.computeTasks();
  for (const { task, store } of commits) {
    if (task.condition !== undefined) {
      emitter.push(task.condition);
      code.open('if');
    }
    store(emitter);
    if (task.condition !== undefined) code.op('end');
  }
  return emitter;
}

function storeState(emitter: FunctionEmitter, index: number, width: number, value: NodeId): void {
  emitter.code.constant('i32', 0n);
  emitter.push(value);
  emitter.code.memory(`${typeOf(width)}.store`, emitter.map.stateBase + 8 * index);
}

/** Loads the reset values of a group where its reset is active, and says whether it is. */
function emitReset(context: Context, group: ResetGroup): FunctionWriter {
  const code = new FunctionWriter(RETURNS_FLAG);
  const words = group.registers.flatMap((register) => register.words);
  const values = words.flatMap(({ reset }) => reset ?? []);
  const emitter = emitTasks(context, code, [
    {
      task: { condition: group.active, values },
      store: (target) => {
        for (const { state, width, reset } of words) if (reset !== undefined) storeState(target, state, width, reset);
      },
    },
  ]);
  emitter.push(group.active);
  return code;
}

/** One clock edge without asynchronous resets. */
function emitAdvance(context: Context): FunctionWriter {
  const code = new FunctionWriter(NO_PARAMETERS);
  const registers = registerCommits(context.circuit.registers);
  const writes = context.circuit.memories.flatMap((memory, index) =>
    memory.writes.map((write) => memoryCommit(index, memory.width, write)),
  );
  emitTasks(context, code, [...registers, ...writes]);
  return code;
}

/** Registers with the same enable are one task. */
function registerCommits(registers: readonly Register[]): Commit[] {
  const byEnable = new Map<NodeId | undefined, Register[]>();
  for (const register of registers) {
    byEnable.set(register.enable, [...(byEnable.get(register.enable) ?? []), register]);
  }
  return [...byEnable].map(([condition, group]): Commit => {
    const words = group.flatMap((register) => register.words);
    return {
      task: { values: words.map((word) => word.next), ...(condition !== undefined && { condition }) },
      store: (emitter) => {
        for (const { state, width, next } of words) storeState(emitter, state, width, next);
      },
    };
  });
}

function memoryCommit(memory: number, width: number, write: MemoryWrite): Commit {
  return {
    task: {
      condition: write.enable,
      values: [write.address, ...write.words.flatMap(({ data, mask }) => [data, mask])],
    },
    store: (emitter) => {
      write.words.forEach((word, index) => {
        storeEntryWord(
          emitter,
          { memory, word: index, width: Math.min(64, width - 64 * index) },
          { ...word, address: write.address },
        );
      });
    },
  };
}

/** Stores the masked bits of a word: all of them, or merged with the old ones. */
function storeEntryWord(
  emitter: FunctionEmitter,
  place: { memory: number; word: number; width: number },
  { data, mask, address }: { data: NodeId; mask: NodeId; address: NodeId },
): void {
  const { code, graph, map } = emitter;
  const type = typeOf(place.width);
  const offset = entryOffset(map, place);
  emitEntryAddress(emitter, place.memory, address);
  emitter.push(data);
  if (graph.constantOf(mask) !== ones(place.width)) {
    emitter.push(mask);
    code.op(`${type}.and`);
    emitEntryAddress(emitter, place.memory, address);
    code.memory(entryAccess('load', map, place), offset);
    emitter.push(mask);
    code.constant(type, -1n);
    code.op(`${type}.xor`);
    code.op(`${type}.and`);
    code.op(`${type}.or`);
  }
  code.memory(entryAccess('store', map, place), offset);
}

function emitWatched(context: Context): FunctionWriter {
  const code = new FunctionWriter(RETURNS_FLAG);
  const { watched } = context.circuit;
  const emitter = emitTasks(context, code, [{ task: { values: [watched] }, store: () => undefined }]);
  emitter.push(watched);
  return code;
}

function emitSettle(context: Context): FunctionWriter {
  const code = new FunctionWriter(NO_PARAMETERS);
  const { outputs, graph } = context.circuit;
  emitTasks(context, code, [
    {
      task: { values: outputs.map((output) => output.node) },
      store: (emitter) => {
        for (const { byteOffset, node } of outputs) {
          code.constant('i32', 0n);
          emitter.push(node);
          code.memory(`${typeOf(graph.widthOf(node))}.store`, context.map.ioBase + byteOffset);
        }
      },
    },
  ]);
  return code;
}

interface Callees {
  readonly advance: number;
  readonly watched: number;
  readonly settle: number;
}

/** The clock loop; see the comments for the order of things within a clock. */
function emitRunUntil({ circuit, map }: Context, resets: readonly ResetGroup[], callees: Callees): FunctionWriter {
  const code = new FunctionWriter({ parameters: ['i32'], results: ['i32'] });
  const i32: ValueType = 'i32';
  const [maxClocks, clocks, isResetting] = [0, code.local(i32), code.local(i32)];
  // A reset that is active before the first edge takes effect before it
  callResets(code, resets);
  code.indexed('local.set', isResetting);
  code.open('block');
  code.open('loop');
  code.indexed('local.get', clocks);
  code.indexed('local.get', maxClocks);
  code.op('i32.ge_u');
  code.indexed('br_if', 1);
  code.indexed('call', callees.advance);
  applyResets(code, resets, isResetting);
  clearStrobes(code, circuit, map, clocks);
  code.indexed('local.get', clocks);
  code.constant(i32, 1n);
  code.op('i32.add');
  code.indexed('local.set', clocks);
  code.indexed('call', callees.watched);
  code.indexed('br_if', 1);
  code.indexed('br', 0);
  code.op('end');
  code.op('end');
  code.indexed('call', callees.settle);
  code.indexed('local.get', clocks);
  return code;
}

/** Pushes whether any reset is active after loading the reset values. */
function callResets(code: FunctionWriter, resets: readonly ResetGroup[]): void {
  code.constant('i32', 0n);
  resets.forEach((_, index) => {
    code.indexed('call', index);
    code.op('i32.or');
  });
}

/** After an edge: resets that only depend on inputs matter only if they were active before it. */
function applyResets(code: FunctionWriter, resets: readonly ResetGroup[], isResetting: number): void {
  if (resets.length === 0) return;
  const isLive = resets.some((group) => group.followsState);
  if (!isLive) {
    code.indexed('local.get', isResetting);
    code.open('if');
  }
  callResets(code, resets);
  code.op('drop');
  if (!isLive) code.op('end');
}

/** After the first edge. */
function clearStrobes(code: FunctionWriter, circuit: Circuit, map: MemoryMap, clocks: number): void {
  if (circuit.strobeWords.length === 0) return;
  code.indexed('local.get', clocks);
  code.op('i32.eqz');
  code.open('if');
  for (const word of circuit.strobeWords) {
    invariant(word < circuit.ioWords, 'a strobe lies in the I/O block');
    code.constant('i32', 0n);
    code.constant('i32', 0n);
    code.memory('i32.store', map.ioBase + 4 * word);
  }
  code.op('end');
}
