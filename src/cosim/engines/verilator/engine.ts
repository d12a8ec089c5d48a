/** The native engine: a Verilated model as a Node addon, loaded in a child process for every run. */
import path from 'node:path';
import type { Engine } from '../../engine.js';
import { compiledUrl, runModel } from '../host/run-model.js';
import { modelLimitSeconds } from '../time-limit.js';
import { ADDON_FILE, buildAddon } from './build-addon.js';
import { findToolchain } from './toolchain.js';

export const verilatorEngine: Engine = {
  name: 'verilator',
  prepare: async (source, diagnostics) => {
    const begin = performance.now();
    const toolchain = await findToolchain(diagnostics);
    if (!toolchain) return undefined;
    const folder = await buildAddon(source, toolchain, diagnostics);
    if (folder === undefined) return undefined;
    const model = { kind: 'addon', file: path.join(folder, ADDON_FILE) } as const;
    const jobModule = compiledUrl('../../execute.js').href;
    return {
      buildSeconds: (performance.now() - begin) / 1000,
      version: `${toolchain.verilatorVersion}, ${toolchain.compilerVersion}`,
      run: (job, bag, watch) =>
        runModel({ model, design: source, jobModule, job }, { limitSeconds: modelLimitSeconds(), watch }, bag),
    };
  },
};
