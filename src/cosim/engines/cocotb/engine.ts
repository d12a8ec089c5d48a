/** cocotb 2: a test bench in Python around the model, in Verilator where there is a recent one, else in Icarus Verilog. */
import type { DiagnosticBag } from '../../../core/diagnostic.js';
import type { Engine, ModelSource } from '../../engine.js';
import { compiledUrl, runModel } from '../host/run-model.js';
import { buildProgram, PROGRAM_FILE } from '../icarus/build-model.js';
import type { SimulatedModel } from '../icarus/engine.js';
import { findIcarus } from '../icarus/toolchain.js';
import { modelLimitSeconds } from '../time-limit.js';
import { buildExecutable, EXECUTABLE_FILE } from './build-executable.js';
import { findCocotb, type CocotbTools } from './toolchain.js';
import { findRecentVerilator } from './recent-verilator.js';

export const cocotbEngine: Engine = {
  name: 'cocotb',
  prepare: async (source, diagnostics) => {
    const begin = performance.now();
    const built = await buildOnCocotb(source, diagnostics);
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

/** The model with cocotb in it, from the cache or built; undefined after reporting. */
export async function buildOnCocotb(
  source: ModelSource,
  diagnostics: DiagnosticBag,
): Promise<SimulatedModel | undefined> {
  const cocotb = await findCocotb(diagnostics);
  if (!cocotb) return undefined;
  const verilator = await findRecentVerilator();
  if (!verilator) return onIcarus(source, cocotb, diagnostics);
  const folder = await buildExecutable(source, cocotb, verilator, diagnostics);
  if (folder === undefined) return undefined;
  const { environment } = cocotb;
  return {
    command: { command: `./${EXECUTABLE_FILE}`, args: [], folder, environment },
    version: `cocotb ${cocotb.version}, ${verilator.verilatorVersion}`,
  };
}

async function onIcarus(
  source: ModelSource,
  { version, icarusLibrary, environment }: CocotbTools,
  diagnostics: DiagnosticBag,
): Promise<SimulatedModel | undefined> {
  const tools = await findIcarus(diagnostics);
  if (!tools) return undefined;
  const folder = await buildProgram(source, tools, diagnostics);
  if (folder === undefined) return undefined;
  const args = ['-n', '-m', icarusLibrary, PROGRAM_FILE, '-none'];
  return {
    command: { command: tools.vvp, args, folder, environment },
    version: `cocotb ${version}, ${tools.version}`,
  };
}
