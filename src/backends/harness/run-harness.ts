/** What an emitted harness does when it is started; copied into every harness, so it imports the runtime only. */
import { DiagnosticBag } from '../../core/diagnostic.js';
import { invariant } from '../../core/invariant.js';
import type { TileFactory } from '../../ir/calibrate.js';
import type { MappedModule } from '../../ir/mapped.js';
import type { ExperimentResult } from '../../ir/results.js';
import { runExperiment, seedSetups } from '../../ir/run-experiment.js';
import type { PulseProgram } from '../../ir/scheduled.js';
import { resultText } from './result-text.js';

/** One experiment of a harness. */
export interface HarnessExperiment {
  readonly mapped: MappedModule;
  /** Pulse program of the first seed as it was built into the controller. */
  readonly program: PulseProgram;
  /** The device. */
  readonly createTile: TileFactory;
}

/** What a run yields: text for standard output, and 0, 1 (a failure) or 2 (wrong usage). */
export interface HarnessOutcome {
  readonly text: string;
  readonly exitCode: 0 | 1 | 2;
}

/** An experiment's results, and whether its pulse program is still the one of the controller. */
export interface HarnessResult extends ExperimentResult {
  readonly isProgramAsBuilt: boolean;
}

const USAGE = 'usage: npm start -- [--json]\n';

/** Runs all experiments over all their seeds. */
export function runHarness(experiments: readonly HarnessExperiment[], words: readonly string[]): HarnessOutcome {
  if (words.some((word) => word !== '--json')) return { text: USAGE, exitCode: 2 };
  const diagnostics = new DiagnosticBag();
  const results = experiments.flatMap((experiment) => runOne(experiment, diagnostics) ?? []);
  const holds = results.every(({ expectations }) => expectations.every(({ ok }) => ok));
  const ok = holds && !diagnostics.hasErrors;
  const text = words.includes('--json')
    ? `${JSON.stringify({ ok, diagnostics: diagnostics.all, experiments: results }, undefined, 2)}\n`
    : [...diagnostics.all.map(({ severity, message }) => `${severity}: ${message}\n`), ...results.map(resultText)].join(
        '\n',
      );
  return { text, exitCode: ok ? 0 : 1 };
}

function runOne(experiment: HarnessExperiment, diagnostics: DiagnosticBag): HarnessResult | undefined {
  const result = runExperiment(experiment.mapped, experiment.createTile, diagnostics);
  return result && { ...result, isProgramAsBuilt: isProgramAsBuilt(experiment, diagnostics) };
}

/** Plain data of the same making prints the same text; numbers print exactly. */
function isProgramAsBuilt({ mapped, program, createTile }: HarnessExperiment, diagnostics: DiagnosticBag): boolean {
  for (const { scheduled } of seedSetups(mapped, createTile, diagnostics)) {
    return JSON.stringify(scheduled.program) === JSON.stringify(program);
  }
  invariant(false, 'an experiment that ran has a first seed');
}
