/**
 * When files are checked after a change: as soon as no further message waits, so that typing ahead costs one check.
 * A file whose last check took long waits until the author pauses.
 */

/** Calls `run` after a pause; the result takes the call back. A pause of 0 lets the messages that wait come first. */
export type Schedule = (milliseconds: number, run: () => void) => () => void;

/** Checks of files that are short enough to be done at every change [ms]. */
const QUICK_CHECK_MS = 100;

/** The longest pause that is waited for [ms]. */
const LONGEST_PAUSE_MS = 500;

/** Checks each file once after its last change. */
export class CheckQueue {
  readonly #check: (file: string) => void;
  readonly #schedule: Schedule;
  readonly #clock: () => number;
  readonly #waiting = new Map<string, () => void>();
  /** How long the last check of each file took [ms]. */
  readonly #durations = new Map<string, number>();

  constructor(check: (file: string) => void, schedule: Schedule = scheduleByTimers, clock = () => performance.now()) {
    this.#check = check;
    this.#schedule = schedule;
    this.#clock = clock;
  }

  /** Checks the file when its turn comes; a check of it that still waits is dropped. */
  request(file: string): void {
    this.#cancel(file);
    const duration = this.#durations.get(file) ?? 0;
    const pause = duration <= QUICK_CHECK_MS ? 0 : Math.min(duration, LONGEST_PAUSE_MS);
    this.#waiting.set(
      file,
      this.#schedule(pause, () => {
        this.#run(file);
      }),
    );
  }

  /** Forgets the file. */
  drop(file: string): void {
    this.#cancel(file);
    this.#durations.delete(file);
  }

  #cancel(file: string): void {
    this.#waiting.get(file)?.();
    this.#waiting.delete(file);
  }

  #run(file: string): void {
    this.#waiting.delete(file);
    const begin = this.#clock();
    this.#check(file);
    this.#durations.set(file, this.#clock() - begin);
  }
}

/** The connection hands over one message a turn of the event loop: two turns show whether another one waits. */
function scheduleByTimers(milliseconds: number, run: () => void): () => void {
  if (milliseconds > 0) {
    const timer = setTimeout(run, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  }
  let next = setImmediate(() => {
    next = setImmediate(run);
  });
  return () => {
    clearImmediate(next);
  };
}
