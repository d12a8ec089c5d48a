/** The example's first seed with the RTL in the loop, watched; with a fault put into a cell where one is given. */
import { join } from 'node:path';
import { emitSystemVerilog } from '../../src/backends/systemverilog/emit.js';
import { legalize, loadNetwork, mapExperiment, mapStudy, scheduleSeeds } from '../../src/compiler.js';
import { DiagnosticBag } from '../../src/core/diagnostic.js';
import { createDiskHost } from '../../src/core/disk.js';
import { invariant } from '../../src/core/invariant.js';
import { controllerModel } from '../../src/cosim/controller-model.js';
import { cosimulate, type CosimResult, type CosimSetup } from '../../src/cosim/cosimulate.js';
import type { EngineName } from '../../src/cosim/engine.js';
import { createEngine } from '../../src/cosim/engines/select.js';
import type { SeedJob } from '../../src/cosim/job.js';
import type { ObservationPlan } from '../../src/cosim/observe/observation.js';
import { SampleLoader } from '../../src/load-samples.js';
import { createStudyJobs, type StudyJob } from '../../src/networks/run/create-study-jobs.js';
import { createStudyRun } from '../../src/networks/run/create-study-run.js';
import { HARDWARE_SOURCES } from './controller-run.js';
import { memoryHost } from './memory-host.js';
import { REPOSITORY } from './golden.js';

export const OBSERVED_SOURCE = join(REPOSITORY, 'examples/ecram-image/image.ion');

/** A change of the text of a cell. */
export interface CellFault {
  readonly cell: string;
  readonly from: string;
  readonly to: string;
}

/** Swaps the polarity of every pulse. */
export const SWAPPED_POLARITY: CellFault = {
  cell: 'ion_segment_timer',
  from: 'negative_q <= next_negative_i & select_o;',
  to: 'negative_q <= ~next_negative_i & select_o;',
};

export interface ObservedRun {
  readonly observe?: ObservationPlan | undefined;
  readonly engine?: EngineName;
  readonly fault?: CellFault | undefined;
}

/** The first seeds of an experiment of the example, each on the tile that it gets. */
export function exampleSetups(name: string, seedCount: number): readonly CosimSetup[] {
  const diagnostics = new DiagnosticBag();
  const network = loadNetwork(OBSERVED_SOURCE, createDiskHost(), new Map(), diagnostics);
  const experiment = network?.experiments.find((each) => each.name === name);
  const mapped = network && experiment && mapExperiment(network, { ...experiment, seedCount }, diagnostics);
  invariant(mapped, JSON.stringify(diagnostics.all));
  return [...scheduleSeeds(mapped, diagnostics)];
}

/** The same as runs of a job. */
export function exampleRuns(name: string, seedCount: number): readonly SeedJob[] {
  return exampleSetups(name, seedCount).map(({ scheduled, start, seed }) => ({
    ...{ scheduled, start, seed },
    legal: legalize(scheduled),
  }));
}

/** The uncalibrated experiment, one seed. */
export function observeExample({ observe, engine = 'wasm', fault }: ObservedRun): Promise<CosimResult> {
  return observeSetups(exampleSetups('Uncalibrated', 1), { observe, engine, fault });
}

/** The same of any setups of one hardware. */
export async function observeSetups(
  setups: readonly CosimSetup[],
  { observe, engine = 'wasm', fault }: ObservedRun,
): Promise<CosimResult> {
  const diagnostics = new DiagnosticBag();
  const cells = HARDWARE_SOURCES.cells.map((cell) => {
    if (cell.name !== fault?.cell) return cell;
    invariant(cell.text.split(fault.from).length === 2, 'the text to change stands once in the cell');
    return { ...cell, text: cell.text.replace(fault.from, fault.to) };
  });
  const modelSource = (legal: ReturnType<typeof legalize>) =>
    controllerModel(legal, emitSystemVerilog(legal, { ...HARDWARE_SOURCES, cells }));
  const result = await cosimulate(setups, { legalize, modelSource, observe }, createEngine(engine), diagnostics);
  invariant(result, JSON.stringify(diagnostics.all));
  return result;
}

/** Programs of the first `steps` of an experiment on a network: one for each projection on a device. */
export function studyJobs(files: Readonly<Record<string, string>>, steps: number): readonly StudyJob[] {
  const diagnostics = new DiagnosticBag();
  const host = memoryHost(files);
  const source = { file: 'input.ion', host, overrides: new Map<string, string>() };
  const network = loadNetwork(source.file, host, source.overrides, diagnostics);
  const [study] = network?.studies ?? [];
  const mapped = network && study && mapStudy({ network, study, point: [] }, source, diagnostics);
  const samples = mapped && new SampleLoader(host).load(mapped, diagnostics);
  invariant(mapped && samples, JSON.stringify(diagnostics.all));
  const made = createStudyJobs(mapped, samples, steps);
  if (made.kind === 'ready') return made.jobs;
  const run = createStudyRun(mapped, samples);
  while (run.step()) continue;
  return made.jobs(run.checkpoint());
}
