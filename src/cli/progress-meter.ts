/**
 * How far a long run is, how fast it goes and how long it will take: on a terminal on one line that is written over, in
 * a log as a line after ten seconds, twenty, forty and so on, so that what is quick leaves none and what is long few.
 */
import type { PointProgress } from '../networks/run/run-points.js';
import { formatCount, formatNumber } from '../units/format-quantity.js';
import type { Terminal } from './terminal.js';

/** Time between two lines on a terminal at least [ms]. */
const INTERVAL = 100;

/** Time before the first line of a log, and before advice [ms]. */
const PATIENCE = 10_000;

/** Time between two lines of a log at most [ms]. */
const LOG_INTERVAL = 600_000;

export interface MeterOptions {
  /** What is counted. */
  readonly unit?: string;
  /** Told once of runs that are not quick: how to ask for less. */
  readonly advice?: string | undefined;
  /** Time [ms]. */
  readonly now?: () => number;
}

type MeterTerminal = Pick<Terminal, 'status' | 'tell' | 'isLive'>;

export class ProgressMeter {
  readonly #terminal: MeterTerminal;
  readonly #unit: string;
  readonly #now: () => number;
  readonly #begin: number;
  #advice: string | undefined;
  /** Where the present point was when it was first seen. */
  #start: { readonly point: number; readonly done: number; readonly time: number } | undefined;
  /** When the next line is due, and how many lines a log has. */
  #due: number;
  #logged = 0;

  constructor(terminal: MeterTerminal, { unit = 'steps', advice, now = () => performance.now() }: MeterOptions = {}) {
    this.#terminal = terminal;
    this.#unit = unit;
    this.#advice = advice;
    this.#now = now;
    this.#begin = now();
    this.#due = terminal.isLive ? -Infinity : this.#begin + PATIENCE;
  }

  show(progress: PointProgress): void {
    const time = this.#now();
    const { point, done } = progress;
    if (this.#start?.point !== point) this.#start = { point, done, time };
    this.#advise(time);
    if (time < this.#due) return;
    const seconds = (time - this.#start.time) / 1000;
    const rate = seconds > 0 ? (done - this.#start.done) / seconds : 0;
    const text = progressText(progress, rate, this.#unit);
    if (this.#terminal.isLive) {
      this.#due = time + INTERVAL;
      this.#terminal.status(text);
    } else {
      this.#due = time + Math.min(LOG_INTERVAL, time - this.#begin);
      this.#logged += 1;
      this.#terminal.tell(text);
    }
  }

  /** Takes the line off a terminal; a log that has lines gets a last one. */
  end(): void {
    if (this.#terminal.isLive) this.#terminal.status('');
    else if (this.#logged > 0) this.#terminal.tell(`ended after ${durationText((this.#now() - this.#begin) / 1000)}`);
  }

  #advise(time: number): void {
    if (this.#advice === undefined || time < this.#begin + PATIENCE) return;
    this.#terminal.tell(this.#advice);
    this.#advice = undefined;
  }
}

/** Progress of work that has one part only, for example the seeds of an experiment. */
export function partProgress(name: string, done: number, total: number): PointProgress {
  return { name, text: '', done, total, figures: {}, point: 0, points: 1 };
}

/**
 * `45 %  2 min 10 s left  1 230 steps/s  Train: seed 1, epoch 3 of 20  accuracy 0.912`: what matters most stands in
 * front, for narrow terminals show no more.
 */
export function progressText(progress: PointProgress, rate: number, unit = 'steps'): string {
  const { name, text, done, total, figures, point, points } = progress;
  const of = points > 1 ? ' of this run' : '';
  const speed = rate < 10 ? formatNumber(rate, 2) : formatCount(Math.round(rate));
  return [
    `${formatNumber(Math.floor(total > 0 ? (100 * done) / total : 100))} %`,
    ...(rate > 0 ? [`${durationText((total - done) / rate)} left${of}`, `${speed} ${unit}/s`] : []),
    ...(points > 1 ? [`run ${point + 1} of ${points}`] : []),
    text === '' ? name : `${name}: ${text}`,
    ...Object.entries(figures).map(([figure, value]) => `${figure} ${formatNumber(value)}`),
  ].join('  ');
}

/** `2 h 5 min`, `3 min 20 s`, `12 s`. */
export function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}
