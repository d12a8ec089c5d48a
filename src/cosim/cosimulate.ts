/** Co-simulates the seeds of an experiment on one engine and explains the first disagreement. */
import type { DiagnosticBag } from '../core/diagnostic.js';
import { invariant } from '../core/invariant.js';
import type { LegalModule } from '../ir/legal.js';
import type { TileStart } from '../ir/calibrate.js';
import type { ScheduledArray } from '../ir/scheduled.js';
import { COSIM_CATALOGUE } from './catalogue.js';
import type { Engine, EngineName, ModelSource, WatchJob } from './engine.js';
import type { CosimJob, CosimOutcome, SeedJob } from './job.js';
import type { ObservationPlan } from './observe/observation.js';
import { shrinkRun, type Reproduction } from './observe/shrink-run.js';

/** Makes the hardware of a schedule: its legal form and the text of its RTL. */
export interface Hardware {
  readonly legalize: (scheduled: ScheduledArray) => LegalModule;
  readonly modelSource: (legal: LegalModule) => ModelSource;
}

/** Hardware, and what shall be seen of its runs. */
export interface CosimPlan extends Hardware {
  readonly observe?: ObservationPlan | undefined;
  /** Called behind data sets; behind some of them where the engine runs in a process of its own. */
  readonly watch?: WatchJob | undefined;
}

export interface CosimResult extends CosimOutcome {
  readonly engine: EngineName;
  /** Names and versions of the engine's tools. */
  readonly engineVersion: string;
  readonly secondsBuild: number;
  /** Present where the job was to stop at a mismatch, and did. */
  readonly reproduction?: Reproduction & { readonly source: ModelSource };
}

/** A schedule with the tile of one seed that it is meant for. */
export interface CosimSetup {
  readonly seed: number;
  readonly scheduled: ScheduledArray;
  readonly start: TileStart;
}

/**
 * Runs all of `setups`; undefined after reporting that a model could not be built or did not survive. A job that stops at
 * a mismatch is cut down on the same model to what shows it.
 */
export async function cosimulate(
  setups: readonly CosimSetup[],
  { legalize, modelSource, observe, watch }: CosimPlan,
  engine: Engine,
  diagnostics: DiagnosticBag,
): Promise<CosimResult | undefined> {
  const runs: readonly SeedJob[] = setups.map(({ scheduled, seed, start }) => ({
    scheduled,
    seed,
    start,
    legal: legalize(scheduled),
  }));
  const [first] = runs;
  invariant(first, 'an experiment has at least one seed');
  const other = runs.find(({ legal }) => legal.specHash !== first.legal.specHash);
  if (other) {
    const span = other.scheduled.program.origin;
    diagnostics.report(COSIM_CATALOGUE, 'hardware-differs', { first: first.seed, other: other.seed }, { span });
    return undefined;
  }
  const source = modelSource(first.legal);
  const job: CosimJob = { runs, ...(observe && { observe }) };
  const model = await engine.prepare(source, diagnostics);
  const outcome = await model?.run(job, diagnostics, watch);
  if (!model || !outcome) return undefined;
  const stop = outcome.observations?.stop;
  const reproduction = stop && { ...(await shrinkRun(model, job, stop)), source };
  return {
    ...outcome,
    engine: engine.name,
    engineVersion: model.version,
    secondsBuild: model.buildSeconds,
    ...(reproduction && { reproduction }),
  };
}
