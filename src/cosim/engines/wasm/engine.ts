/** The embedded engine: the design becomes a WebAssembly module that runs in this process. Needs npm packages only. */
import type { Engine, ModelSource, PreparedModel } from '../../engine.js';
import { executeJob } from '../../execute.js';
import { prepareWasmModule } from './prepare-module.js';
import { openWasmModel } from './session.js';
import type { WasmModule } from './webassembly.js';

export const wasmEngine: Engine = {
  name: 'wasm',
  prepare: async (source, diagnostics) => {
    const begin = performance.now();
    const module = await prepareWasmModule(source, diagnostics);
    return module && preparedModel(module, source, (performance.now() - begin) / 1000);
  },
};

function preparedModel(module: WasmModule, source: ModelSource, buildSeconds: number): PreparedModel {
  return {
    buildSeconds,
    run: (job) => {
      const session = openWasmModel(module, source);
      return Promise.resolve(executeJob(session, job));
    },
  };
}
