/** `ionloom cosim FOLDER/experiment.json`: runs what `--break-on mismatch` has written, with the RTL beside it. */
import type { EngineName } from '../cosim/engine.js';
import { controllerModel } from '../cosim/controller-model.js';
import { cosimulate } from '../cosim/cosimulate.js';
import { createEngine } from '../cosim/engines/select.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { CommandContext } from './command.js';
import type { CosimRun } from './cosim-text.js';
import { planObservation, tileNames, type ObservationOptions } from './observation-options.js';
import { readExperiment } from './reproduction-folder.js';
import { reportDivergence } from './run-cosim.js';

/** The run in `file`; undefined after reporting why there is none. */
export async function replayExperiment(
  file: string,
  { engine, observation }: { readonly engine: EngineName; readonly observation: ObservationOptions },
  { host, diagnostics }: CommandContext,
): Promise<CosimRun | undefined> {
  const saved = readExperiment(file, host);
  if (typeof saved === 'string') {
    diagnostics.report(CLI_CATALOGUE, 'experiment-unusable', { file, reason: saved });
    return undefined;
  }
  const { run, files } = saved;
  const { name, rows, columns, origin } = run.scheduled.program;
  const place = { tiles: tileNames([undefined]), index: 0, rows, columns, origin };
  const observe = planObservation(observation, place, diagnostics);
  if (diagnostics.hasErrors) return undefined;
  const artifacts = files.map((each) => ({ path: each.name, kind: 'systemverilog', text: each.text }) as const);
  const plan = { legalize: () => run.legal, modelSource: () => controllerModel(run.legal, artifacts), observe };
  const cosim = await cosimulate([run], plan, createEngine(engine), diagnostics);
  if (!cosim) return undefined;
  reportDivergence(cosim, diagnostics);
  const result = { name, firstSeed: run.seed, seedCount: 1, expectations: [] };
  return { cosim, result, tiles: [{ name: 'tile0', cosim }] };
}
