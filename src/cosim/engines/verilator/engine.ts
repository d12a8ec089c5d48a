/** The native engine: a Verilated model as a Node addon, loaded in a child process for every run. */
import path from 'node:path';
import type { Engine } from '../../engine.js';
import { modelLimitSeconds } from '../time-limit.js';
import { ADDON_FILE, buildAddon } from './build-addon.js';
import { compiledUrl, runModel } from './run-model.js';
import { findToolchain } from './toolchain.js';

export const verilatorEngine: Engine = {
  name: 'verilator',
  prepare: async (source, diagnostics) => {
    const begin = performance.now();
    const toolchain = await findToolchain(diagnostics);
    const folder = toolchain && (await buildAddon(source, toolchain, diagnostics));
    if (folder === undefined) return undefined;
    const jobModule = compiledUrl('../../execute.js').href;
    const model = { addon: path.join(folder, ADDON_FILE), ports: source.ports, jobModule };
    return {
      buildSeconds: (performance.now() - begin) / 1000,
      run: (job, bag) => runModel({ ...model, job }, modelLimitSeconds(), bag),
    };
  },
};
