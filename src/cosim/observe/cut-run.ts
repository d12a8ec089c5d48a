/** Parts of a run: some of its data sets, with some of their entries and spikes, on the same controller. */
import { invariant } from '../../core/invariant.js';
import { resultStepsOf } from '../../ir/passes/encode.js';
import type { SeedJob } from '../job.js';

/** What is left of a data set. */
export interface DataSetPart {
  /** Index in the whole run. */
  readonly dataSet: number;
  /** Indices of work-list entries and of spikes. */
  readonly entries: readonly number[];
  readonly spikes: readonly number[];
}

/** All of the data sets of `run` up to `last`. */
export function wholeParts({ scheduled }: SeedJob, last: number): readonly DataSetPart[] {
  return scheduled.program.dataSets.slice(0, last + 1).map(({ entries, spikes = [] }, dataSet) => ({
    dataSet,
    entries: [...entries.keys()],
    spikes: [...spikes.keys()],
  }));
}

/** `run` with nothing but `parts`; its controller, which knows no data, is the same. */
export function cutRun(run: SeedJob, parts: readonly DataSetPart[]): SeedJob {
  const { scheduled, legal } = run;
  const { program } = scheduled;
  const cut = parts.map((part) => cutDataSet(run, part));
  return {
    ...run,
    scheduled: { ...scheduled, program: { ...program, dataSets: cut.map(({ dataSet }) => dataSet) } },
    legal: { ...legal, dataSets: cut.map(({ encoded }) => encoded) },
  };
}

function cutDataSet({ scheduled, legal }: SeedJob, { dataSet: index, entries, spikes }: DataSetPart) {
  const [dataSet, encoded] = [scheduled.program.dataSets[index], legal.dataSets[index]];
  invariant(dataSet && encoded, `data set ${String(index)} exists in both forms`);
  const pick = <Item>(items: readonly Item[], kept: readonly number[]): readonly Item[] =>
    kept.flatMap((at) => items.slice(at, at + 1));
  const { program } = legal;
  return {
    dataSet: {
      ...dataSet,
      entries: pick(dataSet.entries, entries),
      ...(dataSet.spikes && { spikes: pick(dataSet.spikes, spikes) }),
    },
    encoded: {
      ...encoded,
      entry: entries.length > 0 ? program.entry : program.entryWithoutWork,
      entries: pick(encoded.entries, entries),
      resultSteps: resultStepsOf(scheduled.program, entries.length),
    },
  };
}
