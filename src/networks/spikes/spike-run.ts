/**
 * The run of an experiment on a spiking network: spikes come in pairs or as stimuli, and synapses change by what their
 * devices do. A run takes seconds, so a checkpoint holds only how far it has come, and whoever takes it up again lives
 * through the same steps, with the same bits.
 */
import { InternalError, invariant } from '../../core/invariant.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { studyFigures, type SeedFigures } from '../../ir/study-expectations.js';
import type { StudyResult } from '../../ir/study-result.js';
import { finishedStudy } from '../run/finished-study.js';
import { studyDigest } from '../run/study-digest.js';
import type { SampleSource, StudyCheckpoint, StudyProgress, StudyRun } from '../run/study-run.js';
import { StudyFault } from '../study-fault.js';
import { planProjections, type ProjectionPlan } from './plan-projection.js';
import { notesOf } from './realization-notes.js';
import { SeedRun } from './seed-run.js';
import { spikeFigure } from './spike-figures.js';
import { spikeSchedule, type SpikeStep } from './spike-schedule.js';
import { checkDriven } from './check-driven.js';
import { timingWindows } from './timing-windows.js';

/** Wall-clock time of a step [ms]. */
const STEP_MILLISECONDS = 40;

/** The run of an experiment of spikes; throws as its constructor does. Samples are shown in none. */
export function createSpikeRun(mapped: MappedNetwork, _samples: SampleSource, checkpoint?: StudyCheckpoint): StudyRun {
  return new SpikeRun(mapped, checkpoint);
}

export class SpikeRun implements StudyRun {
  readonly #mapped: MappedNetwork;
  readonly #spec: string;
  readonly #plans: readonly ProjectionPlan[];
  readonly #seeds: SeedFigures[] = [];
  #steps: readonly SpikeStep[] = [];
  #run: SeedRun | undefined;
  #first: Pick<StudyResult, 'windows' | 'activity'> | undefined;
  #done = 0;
  #seconds = 0;
  /** Steps that a checkpoint has behind it. */
  readonly #target: number;

  /** Plans the rules; throws what can `report` itself where something cannot be run, or the checkpoint is of another. */
  constructor(mapped: MappedNetwork, checkpoint?: StudyCheckpoint) {
    checkDriven(mapped);
    const spec = studyDigest(mapped, noSamples);
    if (checkpoint && checkpoint.spec !== spec) {
      throw new StudyFault({ code: 'other-checkpoint', study: mapped.study.name }, mapped.study.origin);
    }
    this.#mapped = mapped;
    this.#spec = spec;
    this.#plans = planProjections(mapped);
    this.#target = checkpoint ? doneIn(checkpoint) : 0;
    this.#beginSeed();
  }

  step(): StudyProgress | undefined {
    if (this.#isDone) return undefined;
    const begin = performance.now();
    do {
      this.#stepOnce();
    } while (!this.#isDone && (this.#done < this.#target || performance.now() - begin < STEP_MILLISECONDS));
    this.#seconds += (performance.now() - begin) / 1000;
    return this.#progress;
  }

  checkpoint(): StudyCheckpoint {
    return { spec: this.#spec, position: { done: this.#done }, arrays: {} };
  }

  result(): StudyResult {
    invariant(this.#isDone && this.#first, 'a run has a result at its end');
    const realizations = notesOf(this.#plans);
    return finishedStudy(this.#mapped, this.#seeds, {
      curve: [],
      ...this.#first,
      realizations,
      seconds: this.#seconds,
    });
  }

  get #isDone(): boolean {
    return this.#seeds.length === this.#mapped.study.seedCount;
  }

  get #progress(): StudyProgress {
    const { firstSeed, seedCount } = this.#mapped.study;
    const seed = Math.min(firstSeed + this.#seeds.length, firstSeed + seedCount - 1);
    return {
      text: `seed ${seed}, spikes`,
      done: this.#done,
      total: Math.max(this.#done, this.#steps.length * seedCount),
      figures: {},
    };
  }

  #beginSeed(): void {
    const { study } = this.#mapped;
    const seed = study.firstSeed + this.#seeds.length;
    this.#steps = spikeSchedule(this.#mapped, seed);
    // Energy is told share by share for the seed that reports show
    const hasShares = this.#seeds.length === 0 || studyFigures(this.#mapped).some(({ measure }) => isShare(measure));
    this.#run = new SeedRun({ mapped: this.#mapped, plans: this.#plans, steps: this.#steps, seed, hasShares });
  }

  #stepOnce(): void {
    const run = this.#run;
    invariant(run, 'a run that is not done has a seed');
    if (!run.isDone) {
      run.step();
      this.#done += 1;
    }
    if (run.isDone) this.#endSeed(run);
  }

  #endSeed(run: SeedRun): void {
    const { totals } = run;
    const { seconds, pulses, energy, spikes, fields } = totals;
    const count = [...spikes.values()].reduce((sum, each) => sum + each, 0);
    this.#first ??= {
      windows: timingWindows(this.#mapped, totals),
      activity: {
        ...{ seconds, pulses, refreshes: 0, reads: 0, conversions: 0, spikes: count, energy },
        ...(fields && { fields }),
      },
    };
    const figures = studyFigures(this.#mapped);
    this.#seeds.push(new Map(figures.map((figure) => [figure.key, spikeFigure(figure, this.#mapped, totals)])));
    if (!this.#isDone) this.#beginSeed();
  }
}

function isShare({ operands }: ReturnType<typeof studyFigures>[number]['measure']): boolean {
  return operands.some((operand) => operand.kind === 'term' && operand.name !== 'total');
}

function doneIn({ position }: StudyCheckpoint): number {
  const isPlace = typeof position === 'object' && position !== null && 'done' in position;
  return isPlace && typeof position.done === 'number' ? position.done : 0;
}

function noSamples(data: string): never {
  throw new InternalError(`experiments on spikes show no samples, and \`${data}\` least of all`);
}
