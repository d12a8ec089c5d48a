/** Icarus Verilog: a four-state simulator of others, driven through its programming interface by a module of ours. */
import type { DiagnosticBag } from '../../../core/diagnostic.js';
import type { Engine, ModelSource } from '../../engine.js';
import type { SimulatorCommand } from '../child-process.js';
import { compiledUrl, runModel } from '../host/run-model.js';
import { modelLimitSeconds } from '../time-limit.js';
import { buildProgram, buildVpiModule, PROGRAM_FILE, VPI_MODULE } from './build-model.js';
import { findIcarus, findVpiTools } from './toolchain.js';

export const icarusEngine: Engine = {
  name: 'icarus',
  prepare: async (source, diagnostics) => {
    const begin = performance.now();
    const built = await buildOnIcarus(source, diagnostics);
    if (!built) return undefined;
    const model = { kind: 'simulator', command: built.command } as const;
    const jobModule = compiledUrl('../../execute.js').href;
    return {
      buildSeconds: (performance.now() - begin) / 1000,
      version: built.version,
      run: (job, bag, watch) =>
        runModel({ model, design: source, jobModule, job }, { limitSeconds: modelLimitSeconds(), watch }, bag),
    };
  },
};

/** A simulator with a model in it, ready to be started. */
export interface SimulatedModel {
  readonly command: SimulatorCommand;
  readonly version: string;
}

/** The model for `vvp`, from the cache or built; undefined after reporting. */
export async function buildOnIcarus(
  source: ModelSource,
  diagnostics: DiagnosticBag,
): Promise<SimulatedModel | undefined> {
  const tools = await findIcarus(diagnostics);
  const vpi = tools && (await findVpiTools(tools, diagnostics));
  if (!vpi) return undefined;
  const folder = await buildProgram(source, tools, diagnostics);
  const moduleFolder = folder === undefined ? undefined : await buildVpiModule(tools, vpi, diagnostics);
  if (folder === undefined || moduleFolder === undefined) return undefined;
  const args = ['-n', '-M', moduleFolder, '-m', VPI_MODULE, PROGRAM_FILE];
  return { command: { command: tools.vvp, args, folder, environment: {} }, version: tools.version };
}
