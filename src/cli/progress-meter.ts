/** How far a long run is, how fast it goes and how long it will take, on one line. */
import type { PointProgress } from '../networks/run/run-points.js';
import { formatNumber } from '../units/format-quantity.js';
import type { Terminal } from './terminal.js';

/** Time between two lines at least [ms]. */
const INTERVAL = 100;

export class ProgressMeter {
  readonly #terminal: Pick<Terminal, 'status'>;
  readonly #now: () => number;
  /** Where the present point was when it was first seen. */
  #start: { readonly point: number; readonly done: number; readonly time: number } | undefined;
  #shown = -Infinity;

  /** @param now  time [ms] */
  constructor(terminal: Pick<Terminal, 'status'>, now: () => number = () => performance.now()) {
    this.#terminal = terminal;
    this.#now = now;
  }

  show(progress: PointProgress): void {
    const time = this.#now();
    const { point, done } = progress;
    if (this.#start?.point !== point) this.#start = { point, done, time };
    if (time < this.#shown + INTERVAL) return;
    this.#shown = time;
    const seconds = (time - this.#start.time) / 1000;
    this.#terminal.status(progressText(progress, seconds > 0 ? (done - this.#start.done) / seconds : 0));
  }

  end(): void {
    this.#terminal.status('');
  }
}

/** `Train: seed 1, epoch 3 of 20  45 %  1230 steps/s  2 min 10 s left  accuracy 0.912`. */
export function progressText(progress: PointProgress, rate: number): string {
  const { name, text, done, total, figures, point, points } = progress;
  return [
    `${name}: ${text}`,
    ...(points > 1 ? [`run ${point + 1} of ${points}`] : []),
    `${formatNumber(total > 0 ? (100 * done) / total : 100)} %`,
    ...(rate > 0 ? [`${formatNumber(rate)} steps/s`, `${durationText((total - done) / rate)} left`] : []),
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
