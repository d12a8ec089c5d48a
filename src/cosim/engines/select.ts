/** The engines by name. */
import type { Engine, EngineName } from '../engine.js';
import { cocotbEngine } from './cocotb/engine.js';
import { icarusEngine } from './icarus/engine.js';
import { verilatorEngine } from './verilator/engine.js';
import { wasmEngine } from './wasm/engine.js';

export function createEngine(name: EngineName): Engine {
  switch (name) {
    case 'wasm':
      return wasmEngine;
    case 'verilator':
      return verilatorEngine;
    case 'icarus':
      return icarusEngine;
    case 'cocotb':
      return cocotbEngine;
  }
}
