/** A run of an agent that learns a game by playing it, and shows in tests what it has learnt. */
import { invariant } from '../../core/invariant.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { CurvePoint, StudyActivity, StudyResult } from '../../ir/study-result.js';
import { studyFigures } from '../../ir/study-expectations.js';
import { diverged, finishedStudy } from '../run/finished-study.js';
import { activityOf, seedFigures } from '../run/seed-results.js';
import { studyDigest } from '../run/study-digest.js';
import type { SampleSource, StudyCheckpoint, StudyProgress, StudyRun } from '../run/study-run.js';
import { notRunnable, StudyFault } from '../study-fault.js';
import { planSessions, type Session } from './game-plan.js';
import { GameSeed } from './game-seed.js';

/** Where a run is; plain data that a checkpoint holds. */
interface Position {
  /** Seeds that are done, and the session that is at hand. */
  seed: number;
  session: number;
  /** Actions of it, games played to their end, and what they and the losses add up to. */
  steps: number;
  games: number;
  points: number;
  won: number;
  loss: number;
  /** Wall-clock time before this run was taken up [s]. */
  spent: number;
  readonly curve: CurvePoint[];
  /** Of the seeds that are done: measures by name. */
  readonly measures: (readonly (readonly [string, number])[])[];
  /** Of the first seed. */
  firstCurve?: readonly CurvePoint[];
  activity?: StudyActivity;
}

/** How long one call of `step` works [ms]. */
const STEP_MILLISECONDS = 50;

/** A `GameRun`. */
export function createGameRun(mapped: MappedNetwork, samples: SampleSource, checkpoint?: StudyCheckpoint): StudyRun {
  return new GameRun(mapped, samples, checkpoint);
}

/** See {@link StudyRun}. */
class GameRun implements StudyRun {
  readonly #mapped: MappedNetwork;
  readonly #plan: readonly Session[];
  readonly #spec: string;
  readonly #position: Position;
  readonly #started = performance.now();
  #agent: GameSeed | undefined;

  /** Throws a `StudyFault` where the experiment cannot be run, or the checkpoint is of another. */
  constructor(mapped: MappedNetwork, samples: SampleSource, checkpoint?: StudyCheckpoint) {
    const { study, data } = mapped;
    this.#mapped = mapped;
    const [other] = data;
    if (other) notRunnable(`\`${other.name}\``, 'an experiment is about samples or about games', other.origin);
    this.#plan = planSessions(study.schedule);
    this.#spec = studyDigest(mapped, samples);
    if (checkpoint && checkpoint.spec !== this.#spec) {
      throw new StudyFault({ code: 'other-checkpoint', study: study.name }, study.origin);
    }
    // Written by `checkpoint` below
    this.#position = checkpoint
      ? structuredClone(checkpoint.position as Position)
      : { seed: 0, session: 0, steps: 0, games: 0, points: 0, won: 0, loss: 0, spent: 0, curve: [], measures: [] };
    this.#begin();
    if (checkpoint) this.#agent?.restore(checkpoint.arrays, this.#plan[this.#position.session]);
  }

  step(): StudyProgress | undefined {
    const end = performance.now() + STEP_MILLISECONDS;
    do {
      if (this.#position.seed >= this.#mapped.study.seedCount) return undefined;
      this.#advance();
    } while (performance.now() < end);
    return this.#progress();
  }

  checkpoint(): StudyCheckpoint {
    return {
      spec: this.#spec,
      position: structuredClone({ ...this.#position, spent: this.#seconds() }),
      arrays: this.#agent?.snapshot() ?? {},
    };
  }

  result(): StudyResult {
    const { study } = this.#mapped;
    const { measures, firstCurve, activity, seed } = this.#position;
    invariant(firstCurve && activity && seed >= study.seedCount, 'a result is there when the run is over');
    return finishedStudy(
      this.#mapped,
      measures.map((each) => new Map(each)),
      { curve: firstCurve, windows: [], activity, realizations: [], seconds: this.#seconds() },
    );
  }

  #seconds(): number {
    return this.#position.spent + (performance.now() - this.#started) / 1000;
  }

  /** A fresh agent for the seed at hand; none where all are done. */
  #begin(): void {
    const { study } = this.#mapped;
    const { seed } = this.#position;
    this.#agent = seed < study.seedCount ? new GameSeed(this.#mapped, study.firstSeed + seed) : undefined;
  }

  /** One segment of all games, or what ends a seed. */
  #advance(): void {
    const [position, session, agent] = [this.#position, this.#plan[this.#position.session], this.#agent];
    if (!session || !agent) {
      this.#finishSeed();
      return;
    }
    const { steps, loss, played, isDone } = agent.play(session);
    if (!Number.isFinite(loss)) this.#diverge(session);
    position.steps += steps;
    position.loss += loss;
    for (const { score } of played) {
      position.games++;
      position.points += score;
      if (score > 0) position.won++;
    }
    if (session.kind === 'train' ? position.steps >= session.steps : isDone) this.#finishSession(session);
  }

  #diverge({ phases, epoch, origin }: Session): never {
    const { seed, steps } = this.#position;
    const last = `action ${String(steps + 1)}`;
    return diverged({ seed: this.#mapped.study.firstSeed + seed, phases, epoch, last, origin });
  }

  #finishSession({ kind, game, phases, epoch, epochs }: Session): void {
    const { steps, games, points, won, loss, curve } = this.#position;
    curve.push({
      phases,
      kind,
      samples: game,
      count: games,
      steps,
      ...(kind === 'train' && { loss: loss / steps }),
      ...(games > 0 && { score: points / games, wins: won / games }),
    });
    Object.assign(this.#position, { steps: 0, games: 0, points: 0, won: 0, loss: 0 });
    this.#position.session++;
    if (epoch + 1 >= epochs) this.#agent?.leave();
  }

  #finishSeed(): void {
    const position = this.#position;
    const curve = position.curve.slice();
    const activity = activityOf([], 0);
    position.measures.push([...seedFigures(studyFigures(this.#mapped), { curve, activity, arrays: new Map() })]);
    position.firstCurve ??= curve;
    position.activity ??= activity;
    position.curve.length = 0;
    Object.assign(position, { seed: position.seed + 1, session: 0 });
    this.#begin();
  }

  #progress(): StudyProgress {
    const { study } = this.#mapped;
    const { seed, session: at, steps, games, points, loss } = this.#position;
    const session = this.#plan[at];
    const parts = Math.max(1, this.#plan.length);
    const share = session?.kind === 'train' ? Math.min(1, steps / session.steps) : 0;
    const total = 1000 * parts * study.seedCount;
    return {
      text: `seed ${String(study.firstSeed + seed)}${session ? `, ${describe(session)}` : ''}`,
      done: Math.min(total, Math.round(1000 * (parts * seed + at + share))),
      total,
      figures: {
        ...(games > 0 && { score: points / games }),
        ...(steps > 0 && session?.kind === 'train' && { loss: loss / steps }),
      },
    };
  }
}

function describe({ kind, game, phases, epoch, epochs }: Session): string {
  const phase = phases.map(({ name, turn }) => `${name} ${String(turn + 1)}, `).join('');
  const turn = epochs > 1 ? `, epoch ${String(epoch + 1)} of ${String(epochs)}` : '';
  return `${phase}${kind === 'train' ? 'learning' : 'playing'} ${game}${turn}`;
}
