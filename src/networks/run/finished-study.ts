/** What runs of experiments on networks have in common at their end, and where they stop. */
import type { Span } from '../../core/span.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { decideStudy, metricsOf, studyFigures, type SeedFigures } from '../../ir/study-expectations.js';
import type { CurvePoint, StudyResult } from '../../ir/study-result.js';
import { StudyFault } from '../study-fault.js';

/** What a run has found beside the measures of its seeds. */
type Findings = Pick<
  StudyResult,
  'curve' | 'windows' | 'weights' | 'weightErrors' | 'records' | 'activity' | 'realizations' | 'seconds'
>;

/** The result of an experiment whose seeds came to `seeds`. */
export function finishedStudy(mapped: MappedNetwork, seeds: readonly SeedFigures[], findings: Findings): StudyResult {
  const { study, point } = mapped;
  const { curve, windows, weights, weightErrors, records, activity, realizations, seconds } = findings;
  return {
    name: study.name,
    point,
    firstSeed: study.firstSeed,
    seedCount: study.seedCount,
    measures: metricsOf(studyFigures(mapped), seeds),
    expectations: decideStudy(study, seeds),
    ...{ curve, windows, ...(weights && { weights }) },
    ...{ ...(weightErrors && { weightErrors }), ...(records && { records }), activity },
    baselines: study.baselines.map(({ name, value, unit, provenance }) => ({ name, value, unit, provenance })),
    ...{ realizations, seconds },
  };
}

/** Where in a training a loss became no number. */
interface DivergedAt {
  readonly seed: number;
  readonly phases: CurvePoint['phases'];
  /** From 0. */
  readonly epoch: number;
  /** What comes behind the epoch in words, such as the batch. */
  readonly last: string;
  readonly origin: Span;
}

/** Throws the fault of a training that diverges. */
export function diverged({ seed, phases, epoch, last, origin }: DivergedAt): never {
  const places = [
    `seed ${String(seed)}`,
    ...phases.map(({ name, turn }) => `\`${name}\` ${String(turn + 1)}`),
    `epoch ${String(epoch + 1)}`,
    last,
  ];
  throw new StudyFault({ code: 'diverged', where: places.join(', '), what: 'the loss' }, origin);
}
