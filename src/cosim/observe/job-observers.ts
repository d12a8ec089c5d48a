/** The observers that a plan asks for, as one; each hears only of the runs that it is about. */
import type { Divergence, SeedJob } from '../job.js';
import { CellHistories } from './cell-history.js';
import { EventLog } from './event-log.js';
import type { Observations, ObservationPlan } from './observation.js';
import type { JobObserver, SeenCommit, SeenSample } from './observer.js';
import { TraceRecorder } from './trace-recorder.js';
import { WatchedArray } from './watched-array.js';
import { WaveRecorder } from './wave-recorder.js';

export class JobObservers implements JobObserver {
  readonly #plan: ObservationPlan;
  readonly #log: EventLog | undefined;
  /** Of the first run. */
  #wave: WaveRecorder | undefined;
  #diagram: TraceRecorder | undefined;
  #histories: CellHistories | undefined;
  #array: WatchedArray | undefined;
  #runs = 0;

  constructor(plan: ObservationPlan) {
    this.#plan = plan;
    this.#log = plan.stopAtMismatch && new EventLog(plan.stopAtMismatch.keptEvents);
  }

  get wantsEnd(): boolean {
    return this.#log?.wantsEnd ?? false;
  }

  /** What has been seen. */
  finish(): Observations {
    const wave = this.#wave?.finish();
    const diagram = this.#diagram?.finish();
    const why = this.#histories?.finish();
    const stop = this.#log?.stop;
    return { ...(wave && { wave }), ...(diagram && { diagram }), ...(why && { why }), ...(stop && { stop }) };
  }

  beginRun(run: SeedJob): void {
    this.#log?.beginRun();
    this.#runs += 1;
    if (this.#runs > 1) return;
    const { wave, why, diagram } = this.#plan;
    if (diagram) this.#diagram = new TraceRecorder(diagram, run);
    if (wave || why) this.#array = new WatchedArray(run);
    if (wave && this.#array) this.#wave = new WaveRecorder(wave, run, this.#array);
    if (why && this.#array) this.#histories = new CellHistories(why, run, this.#array);
  }

  beginDataSet(index: number): void {
    this.#log?.beginDataSet(index);
    if (!this.#isWatching) return;
    this.#array?.beginDataSet(index);
    this.#wave?.beginDataSet(index);
    this.#histories?.beginDataSet(index);
  }

  commit(commit: SeenCommit): void {
    this.#log?.commit(commit);
    if (!this.#isWatching) return;
    this.#array?.commit(commit.found);
    this.#wave?.commit(commit);
    this.#diagram?.commit(commit);
    this.#histories?.commit(commit);
  }

  sample(sample: SeenSample): void {
    this.#log?.sample(sample);
    if (!this.#isWatching) return;
    this.#array?.sample(sample.found.share);
    this.#wave?.sample(sample);
    this.#diagram?.sample(sample);
  }

  endDataSet(): void {
    if (!this.#isWatching) return;
    this.#array?.endDataSet();
    this.#wave?.endDataSet();
    this.#diagram?.endDataSet();
    this.#histories?.endDataSet();
  }

  mismatch(divergence: Divergence): void {
    this.#log?.mismatch(divergence);
  }

  get #isWatching(): boolean {
    return this.#runs === 1;
  }
}
