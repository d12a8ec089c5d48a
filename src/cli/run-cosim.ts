/** Co-simulates experiments and reports where the controller departs from the pulse program. */
import { cosimulateExperiment, simulate, type CosimChoice } from '../compiler.js';
import type { DiagnosticBag } from '../core/diagnostic.js';
import { COSIM_CATALOGUE } from '../cosim/catalogue.js';
import { IDENTITY_SIGNALS } from '../cosim/controller-fault.js';
import type { CosimOutcome } from '../cosim/job.js';
import type { MappedModule } from '../ir/mapped.js';
import type { WatchWork } from '../ir/run-experiment.js';
import type { ProgramWord } from '../ir/source-map.js';
import { formatQuantity } from '../units/format-quantity.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { CommandContext } from './command.js';
import { partProgress, ProgressMeter } from './progress-meter.js';
import type { Terminal } from './terminal.js';
import type { ExperimentResult } from '../ir/results.js';
import type { CosimRun } from './cosim-text.js';
import { planObservation, tileNames, type ObservationOptions } from './observation-options.js';

/** An experiment that writes a program, with all that is known of it. */
export interface ExperimentCosim extends CosimRun {
  readonly result: ExperimentResult;
}

/** Which RTL is in the loop, and what shall be seen of it. */
export interface ProgramCosimChoice extends CosimChoice {
  readonly observation?: ObservationOptions;
}

/** One experiment on the harness and with the RTL in the loop, all seeds; undefined after reporting why not. */
export async function runCosim(
  mapped: MappedModule,
  { observation = {}, ...choice }: ProgramCosimChoice,
  { host, diagnostics, terminal }: CommandContext,
): Promise<ExperimentCosim | undefined> {
  const { rows, columns } = mapped;
  const place = { tiles: tileNames([undefined]), index: 0, rows, columns, origin: mapped.experiment.origin };
  const observe = planObservation(observation, place, diagnostics);
  if (diagnostics.hasErrors) return undefined;
  const { name } = mapped.experiment;
  terminal.progress(`simulating ${name} ...`);
  const result = simulate(mapped, diagnostics);
  const cosim =
    result &&
    (await watchingCosim({ name, engine: choice.engine, unit: 'images' }, terminal, (watch) =>
      cosimulateExperiment(mapped, { ...choice, observe, watch }, host, diagnostics),
    ));
  if (!cosim) return undefined;
  reportDivergence(cosim, diagnostics);
  return { cosim, result, tiles: [{ name: 'tile0', cosim }] };
}

/** What is co-simulated. */
export interface WatchedCosim {
  readonly name: string;
  readonly engine: string;
  /** What a data set of the program is here. */
  readonly unit: 'images' | 'runs';
}

/** Shows how far a co-simulation is; the first data set begins when the model is built, or found in the cache. */
export async function watchingCosim<Result>(
  { name, engine, unit }: WatchedCosim,
  terminal: Terminal,
  work: (watch: WatchWork) => Promise<Result>,
): Promise<Result> {
  terminal.progress(`building the controller of ${name} for ${engine}, then running it ...`);
  const meter = new ProgressMeter(terminal, { unit });
  const result = await work((done, total) => {
    meter.show(partProgress(`co-simulating ${name} on ${engine}`, done, total));
  });
  meter.end();
  return result;
}

/** Tells the first difference at the statement that it comes from. */
export function reportDivergence(
  { firstDivergence: first, mismatches }: CosimOutcome,
  diagnostics: DiagnosticBag,
): void {
  if (!first) return;
  const { signal, expected, found, origin, word } = first;
  if (IDENTITY_SIGNALS.includes(signal)) {
    diagnostics.report(COSIM_CATALOGUE, 'other-controller', { signal, expected, found }, { span: origin });
    return;
  }
  const when = `${formatQuantity(first.seconds, 's', 9)} into image \`${first.dataSet}\`, seed ${first.seed}`;
  const told = { signal, expected, found, when, mismatches, word: word && wordText(word) };
  diagnostics.report(CLI_CATALOGUE, 'divergence', told, { span: origin });
}

/** A word of the program as people find it: its label, its text and its line in the listing. */
export function wordText({ address, text, listingLine }: ProgramWord): string {
  return `w${address} \`${text}\`, line ${listingLine} of the listing`;
}
