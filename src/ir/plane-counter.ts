/** Surroundings of a program that count how often it reads planes of lines from a memory. */
import type { CommittedLines, Environment, SampledStrobe, Side } from './environment.js';
import type { CommandUnit, Condition } from './microcode.js';

/** Planes that have been read, by side: stored ones, and those of lines that have spiked. */
export type PlaneReads = Readonly<Record<Side, number>>;

/** `inner` as it is, counted. */
export class PlaneCounter implements Environment {
  readonly #inner: Environment;
  readonly reads = { row: 0, column: 0 };

  constructor(inner: Environment) {
    this.#inner = inner;
  }

  plane(side: Side, index: number): readonly number[] | undefined {
    this.reads[side] += 1;
    return this.#inner.plane(side, index);
  }

  spikes(side: Side, age: number, clock: number): readonly number[] {
    this.reads[side] += 1;
    return this.#inner.spikes(side, age, clock);
  }

  firstClock(condition: Condition, from: number): number {
    return this.#inner.firstClock(condition, from);
  }

  take(condition: Condition, clock: number): void {
    this.#inner.take(condition, clock);
  }

  command(unit: CommandUnit, argument: number, clock: number): void {
    this.#inner.command(unit, argument, clock);
  }

  draw(side: Side): number {
    return this.#inner.draw(side);
  }

  marks(side: Side, direction: 'up' | 'down', clock: number): readonly number[] {
    return this.#inner.marks(side, direction, clock);
  }

  commit(lines: CommittedLines, clock: number): void {
    this.#inner.commit(lines, clock);
  }

  convert(strobe: SampledStrobe, clock: number): void {
    this.#inner.convert(strobe, clock);
  }

  underrun(clock: number): void {
    this.#inner.underrun(clock);
  }
}
