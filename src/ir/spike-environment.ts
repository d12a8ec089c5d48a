/** Surroundings of a program that waits for ticks and asks for spikes: what reaches the controller in which tick. */
import { invariant } from '../core/invariant.js';
import { QuietEnvironment, type Environment, type Side } from './environment.js';
import type { Condition } from './microcode.js';
import type { LineSpike, PulseProgram } from './scheduled.js';
import { TickClock } from './tick-clock.js';

export class SpikeEnvironment extends QuietEnvironment {
  readonly #period: number;
  readonly #ticks: TickClock;
  /** Lines by side and tick, ascending. */
  readonly #lines: Readonly<Record<Side, ReadonlyMap<number, readonly number[]>>>;

  constructor({ blocks }: Pick<PulseProgram, 'blocks'>, spikes: readonly LineSpike[]) {
    super();
    invariant(blocks.spikes, 'a program of spikes has ticks');
    this.#period = blocks.spikes.tickClocks;
    this.#ticks = new TickClock(this.#period, 0);
    this.#lines = { row: linesByTick(spikes, 'row'), column: linesByTick(spikes, 'column') };
  }

  override firstClock(condition: Condition, from: number): number {
    return condition === 'tick' ? this.#ticks.pendingFrom(from) : super.firstClock(condition, from);
  }

  override take(condition: Condition, clock: number): void {
    if (condition === 'tick') this.#ticks.take(clock);
  }

  override spikes(side: Side, age: number, clock: number): readonly number[] {
    const tick = TickClock.count(this.#period, 0, clock) - age;
    return this.#lines[side].get(tick) ?? [];
  }
}

function linesByTick(spikes: readonly LineSpike[], side: Side): ReadonlyMap<number, readonly number[]> {
  const lines = new Map<number, Set<number>>();
  for (const spike of spikes) {
    if (spike.side !== side) continue;
    const known = lines.get(spike.tick) ?? new Set<number>();
    lines.set(spike.tick, known.add(spike.line));
  }
  return new Map([...lines].map(([tick, set]) => [tick, [...set].sort((one, other) => one - other)]));
}

/** What surrounds a run over a data set: ticks and spikes where it brings some, else nothing. */
export function surroundingsOf(
  program: Pick<PulseProgram, 'blocks'>,
  spikes: readonly LineSpike[] | undefined,
): Environment {
  return spikes ? new SpikeEnvironment(program, spikes) : new QuietEnvironment();
}
