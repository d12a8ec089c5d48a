/** Co-simulates the seeds of an experiment on one engine and explains the first disagreement. */
import type { DiagnosticBag } from '../core/diagnostic.js';
import { invariant } from '../core/invariant.js';
import type { LegalModule } from '../ir/legal.js';
import type { TileStart } from '../ir/calibrate.js';
import type { ScheduledArray } from '../ir/scheduled.js';
import { COSIM_CATALOGUE } from './catalogue.js';
import type { Engine, EngineName, ModelSource } from './engine.js';
import type { CosimOutcome, SeedJob } from './job.js';

/** Makes the hardware of a schedule: its legal form and the text of its RTL. */
export interface Hardware {
  readonly legalize: (scheduled: ScheduledArray) => LegalModule;
  readonly modelSource: (legal: LegalModule) => ModelSource;
}

export interface CosimResult extends CosimOutcome {
  readonly engine: EngineName;
  /** Names and versions of the engine's tools. */
  readonly engineVersion: string;
  readonly secondsBuild: number;
}

/** A schedule with the tile of one seed that it is meant for. */
export interface CosimSetup {
  readonly seed: number;
  readonly scheduled: ScheduledArray;
  readonly start: TileStart;
}

/** Runs all of `setups`; undefined after reporting that a model could not be built or did not survive. */
export async function cosimulate(
  setups: readonly CosimSetup[],
  hardware: Hardware,
  engine: Engine,
  diagnostics: DiagnosticBag,
): Promise<CosimResult | undefined> {
  const runs: readonly SeedJob[] = setups.map(({ scheduled, seed, start }) => ({
    scheduled,
    seed,
    start,
    legal: hardware.legalize(scheduled),
  }));
  const [first] = runs;
  invariant(first, 'an experiment has at least one seed');
  const other = runs.find(({ legal }) => legal.specHash !== first.legal.specHash);
  if (other) {
    const span = other.scheduled.program.origin;
    diagnostics.report(COSIM_CATALOGUE, 'hardware-differs', { first: first.seed, other: other.seed }, { span });
    return undefined;
  }
  const model = await engine.prepare(hardware.modelSource(first.legal), diagnostics);
  const outcome = await model?.run({ runs }, diagnostics);
  return (
    model &&
    outcome && { ...outcome, engine: engine.name, engineVersion: model.version, secondsBuild: model.buildSeconds }
  );
}
