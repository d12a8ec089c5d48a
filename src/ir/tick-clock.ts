/** Ticks of a run by clock, as ion_tick makes them: the first `period` clocks after the start, then one a period. */
import { invariant } from '../core/invariant.js';

export class TickClock {
  readonly #period: number;
  /** Clock of the tick that is pending, or of the next one. */
  #tick: number;

  /** @param period  clocks per tick, at least 1; @param start  clock of the start command */
  constructor(period: number, start: number) {
    invariant(period >= 1, 'a tick takes at least a clock');
    this.#period = period;
    this.#tick = start + period;
  }

  /** The first clock, `from` or later, in which a tick is pending. */
  pendingFrom(from: number): number {
    return Math.max(from, this.#tick + 1);
  }

  /** A wait or a branch takes the pending tick; one that comes in the same clock stays pending. */
  take(clock: number): void {
    if (clock <= this.#tick) return;
    const missed = Math.ceil((clock - this.#tick) / this.#period);
    this.#tick += missed * this.#period;
  }

  /** Clock of the tick that is late unless the one before it is taken by then. */
  get lateClock(): number {
    return this.#tick + this.#period;
  }

  /** The first clock before which `tick` ticks have come since the start: what happens in it belongs to that tick. */
  static first(period: number, start: number, tick: number): number {
    return tick === 0 ? start : start + tick * period + 1;
  }

  /** Ticks that have come before `clock` since the start, taken or not. */
  static count(period: number, start: number, clock: number): number {
    return Math.max(0, Math.ceil((clock - start) / period) - 1);
  }
}
