/** The controllers of experiments on networks: those that `cosim` runs, one for each projection with a pulse program. */
import { legalize, legalizeFrozen } from '../compiler.js';
import type { Artifact } from '../core/artifact.js';
import { DiagnosticBag } from '../core/diagnostic.js';
import { invariant } from '../core/invariant.js';
import type { LegalModule } from '../ir/legal.js';
import { legalizeName } from '../ir/legalize-name.js';
import type { MappedNetwork } from '../ir/mapped-network.js';
import { checkCapacity } from '../ir/passes/check-capacity.js';
import { checkGrids } from '../ir/passes/check-grids.js';
import { checkSums } from '../ir/passes/check-sums.js';
import type { ScheduledArray } from '../ir/scheduled.js';
import { verifyScheduledArray } from '../ir/verify-scheduled.js';
import { controllerJobs, type StudyJob } from '../networks/run/create-study-jobs.js';
import { pointName, type RunPoint } from '../networks/run/run-points.js';
import type { TellRefused } from '../networks/study-fault.js';
import type { CommandContext } from './command.js';
import { LeftOut } from './left-out.js';
import type { ControllerRecord } from './manifest.js';
import { loadPoints, reportingFaults } from './run-studies.js';

/** A controller of a network in a folder of its own, which has the name of the top module. */
export interface NetworkController extends ControllerRecord {
  readonly artifacts: readonly Artifact[];
}

/** How controllers are made. */
export interface ControllerChoice {
  readonly freezes: boolean;
  /** Top modules that the build has already. */
  readonly taken: readonly string[];
}

/**
 * Controllers of all `studies`, at every point of their sweeps; points that need the same hardware share one. What has
 * no controller is reported with the reason. Undefined after reporting that nothing could be made.
 */
export async function buildControllers(
  studies: readonly MappedNetwork[],
  choice: ControllerChoice,
  context: CommandContext,
): Promise<readonly NetworkController[] | undefined> {
  if (studies.length === 0) return [];
  const points = await loadPoints(studies, context);
  if (!points) return undefined;
  const { emitSystemVerilog } = await import('../backends/systemverilog/emit.js');
  const { readHardwareSources } = await import('../backends/systemverilog/hardware-sources.js');
  const sources = readHardwareSources(context.host);
  const designs = new ControllerDesigns(choice, context.diagnostics);
  for (const point of points) {
    context.terminal.progress(`recording the programs of ${pointName(point.mapped)} ...`);
    const jobs = await reportingFaults(context, () => designs.jobsOf(point));
    if (!jobs) return undefined;
    for (const job of jobs) designs.add(point.mapped, job);
  }
  designs.reportLeft();
  return designs.all.map(({ experiment, projection, legal }) => ({
    ...{ experiment, projection, top: legal.name, fileList: `rtl/${legal.name}/${legal.name}.f` },
    artifacts: emitSystemVerilog(legal, sources, `rtl/${legal.name}`),
  }));
}

interface ControllerDesign {
  readonly experiment: string;
  readonly projection: string;
  readonly legal: LegalModule;
}

class ControllerDesigns {
  readonly #legalize: (scheduled: ScheduledArray) => LegalModule;
  readonly #diagnostics: DiagnosticBag;
  readonly #names: Set<string>;
  readonly #designs = new Map<string, ControllerDesign>();
  readonly #left = new LeftOut();

  constructor({ freezes, taken }: ControllerChoice, diagnostics: DiagnosticBag) {
    this.#legalize = freezes ? legalizeFrozen : legalize;
    this.#diagnostics = diagnostics;
    this.#names = new Set(taken);
  }

  get all(): readonly ControllerDesign[] {
    return [...this.#designs.values()];
  }

  /** Programs of the projections that the chip has tiles for; the others are reported. */
  jobsOf({ mapped, samples }: RunPoint): readonly StudyJob[] {
    checkSums(mapped, this.#diagnostics);
    const without = new Set(checkGrids(mapped, this.#diagnostics).map(({ name }) => name));
    const experiment = mapped.study.name;
    const tell: TellRefused = ({ name: projection }, reason, span) => {
      if (!without.has(projection)) this.#left.addProjection({ projection, reason, span }, experiment);
    };
    return controllerJobs(mapped, samples, tell).filter(({ projection }) => !without.has(projection));
  }

  /** Makes the controller of `job` unless there is one already. */
  add({ study }: MappedNetwork, { projection, setups: [setup] }: StudyJob): void {
    invariant(setup, 'a job has a program');
    const { scheduled } = setup;
    verifyScheduledArray(scheduled);
    const faults = new DiagnosticBag();
    checkCapacity(scheduled, faults);
    const experiment = study.name;
    for (const each of faults.all) {
      const { severity, message: reason, span } = each;
      if (severity === 'warning') this.#diagnostics.add(each);
      else this.#left.addProjection({ projection, reason, span }, experiment);
    }
    if (faults.hasErrors) return;
    const key = JSON.stringify([experiment, projection, this.#legalize(scheduled).specHash]);
    if (this.#designs.has(key)) return;
    // Data sets belong to runs, and the memories have room for those of any
    const named = { ...this.#legalize(this.#withOwnName(scheduled)), dataSets: [] };
    this.#names.add(named.name);
    this.#designs.set(key, { experiment, projection, legal: named });
  }

  /** Tells what has no controller. */
  reportLeft(): void {
    this.#left.report(this.#diagnostics);
  }

  /** Names may become the same when they are made legal, and points of a sweep have the same one. */
  #withOwnName(scheduled: ScheduledArray): ScheduledArray {
    const { program } = scheduled;
    let name = program.name;
    for (let copy = 2; this.#names.has(legalizeName(name)); copy++) {
      name = `${program.name.slice(0, COPIED_LENGTH)} ${String(copy)}`;
    }
    return { ...scheduled, program: { ...program, name } };
  }
}

/** What is kept of a name that gets a number, so that the number is not cut off [characters]. */
const COPIED_LENGTH = 24;
