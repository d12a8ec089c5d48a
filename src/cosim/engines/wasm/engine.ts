/** The embedded engine: the design becomes a WebAssembly module that runs in this process. Needs npm packages only. */
import type { DiagnosticBag } from '../../../core/diagnostic.js';
import { COSIM_CATALOGUE } from '../../catalogue.js';
import type { Engine, ModelSession } from '../../engine.js';
import { executeJob } from '../../execute.js';
import type { CosimOutcome } from '../../job.js';
import { modelLimitSeconds } from '../time-limit.js';
import { ModelOverdue, withDeadline } from './deadline.js';
import { prepareWasmModule } from './prepare-module.js';
import { openWasmModel } from './session.js';
import { YOSYS_VERSION } from './yosys.js';

export const wasmEngine: Engine = {
  name: 'wasm',
  prepare: async (source, diagnostics) => {
    const begin = performance.now();
    const module = await prepareWasmModule(source, diagnostics);
    if (!module) return undefined;
    return {
      buildSeconds: (performance.now() - begin) / 1000,
      version: `Yosys ${YOSYS_VERSION} (npm)`,
      run: (job, bag, watch) =>
        Promise.resolve(runInTime((limited) => executeJob(limited, job, watch), openWasmModel(module, source), bag)),
    };
  },
};

function runInTime(
  execute: (session: ModelSession) => CosimOutcome,
  session: ModelSession,
  diagnostics: DiagnosticBag,
): CosimOutcome | undefined {
  const seconds = modelLimitSeconds();
  try {
    return execute(withDeadline(session, seconds));
  } catch (error) {
    if (!(error instanceof ModelOverdue)) throw error;
    diagnostics.report(COSIM_CATALOGUE, 'model-hung', { seconds });
    return undefined;
  }
}
