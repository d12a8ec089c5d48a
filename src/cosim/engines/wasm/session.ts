/** A running WebAssembly model behind the contract of engines. */
import { invariant } from '../../../core/invariant.js';
import type { ModelSession, ModelSource } from '../../engine.js';
import { layoutPorts } from '../../io-layout.js';
import { IO_BASE } from './memory-map.js';
import { instantiateWasm, type WasmModule } from './webassembly.js';

/** A fresh instance of the model, in its start state; outputs are valid after the first `step`. */
export function openWasmModel(module: WasmModule, source: ModelSource): ModelSession {
  const { exports } = instantiateWasm(module);
  const { step, runUntil, memory } = exports;
  invariant(typeof step === 'function' && typeof runUntil === 'function', 'the module exports its entry points');
  invariant(isMemory(memory), 'the module exports its memory');
  const { slots, words } = layoutPorts(source.ports);
  let evaluatedClocks = 0;
  return {
    io: new Uint32Array(memory.buffer, IO_BASE, words),
    slots,
    get evaluatedClocks() {
      return evaluatedClocks;
    },
    step: () => {
      step();
      evaluatedClocks += 1;
    },
    runUntil: (maxClocks) => {
      const clocks = Number(runUntil(maxClocks));
      evaluatedClocks += clocks;
      return clocks;
    },
    close: () => undefined,
  };
}

function isMemory(value: unknown): value is { readonly buffer: ArrayBuffer } {
  return typeof value === 'object' && value !== null && 'buffer' in value && value.buffer instanceof ArrayBuffer;
}
