/**
 * What surrounds a running program and cannot be known from it: conditions, spikes, marks and random draws. Clocks
 * count from the one that sees the start command, as in pipeline-clock.ts.
 */
import { invariant } from '../core/invariant.js';
import type { SegmentEvent } from './events.js';
import type { CommandUnit, Condition } from './microcode.js';
import type { Strobe } from './scan-clocks.js';
import type { Sampling } from './scheduled.js';

export type Side = 'row' | 'column';

/** What a commit puts on the lines. */
export type CommittedLines = Pick<
  SegmentEvent,
  'rows' | 'columns' | 'levels' | 'tiles' | 'railSet' | 'negative' | 'fires'
>;

/** A strobe of the converters, and what becomes of the codes that answer it. */
export type SampledStrobe = Omit<Strobe, 'clock'> & Sampling;

export interface Environment {
  /** The first clock, `from` or later, in which `condition` holds; infinite where it never does. */
  firstClock(condition: Condition, from: number): number;
  /** A wait or a branch has used up `condition`. */
  take(condition: Condition, clock: number): void;
  /** A command tells `unit`. */
  command(unit: CommandUnit, argument: number, clock: number): void;
  /** The next draw of the random plane of a side, 0 .. 8. */
  draw(side: Side): number;
  /** Lines that spiked `age` ticks before `clock`, ascending. */
  spikes(side: Side, age: number, clock: number): readonly number[];
  /** Lines that the last verify before `clock` marked, ascending. */
  marks(side: Side, direction: 'up' | 'down', clock: number): readonly number[];
  /** The lines change at the end of `clock`. */
  commit(lines: CommittedLines, clock: number): void;
  /** A plane that a unit has written during the run; undefined where it is as the host wrote it. */
  plane(side: Side, index: number): readonly number[] | undefined;
  /** The converters' strobe is high in `clock`. */
  convert(strobe: SampledStrobe, clock: number): void;
  /** A segment that stood at fetch was not prepared in `clock`, in which the one before it ended. */
  underrun(clock: number): void;
}

/** Surroundings of a program that runs by itself. */
export class QuietEnvironment implements Environment {
  firstClock(condition: Condition, from: number): number {
    invariant(condition === 'always', `a program that waits for \`${condition}\` is interpreted with its surroundings`);
    return from;
  }

  take(_condition: Condition, _clock: number): void {
    // Nothing pends that could be used up.
  }

  command(_unit: CommandUnit, _argument: number, _clock: number): void {
    // No unit listens.
  }

  draw(_side: Side): number {
    return invariantDraw();
  }

  spikes(_side: Side, _age: number, _clock: number): readonly number[] {
    return [];
  }

  marks(_side: Side, _direction: 'up' | 'down', _clock: number): readonly number[] {
    return [];
  }

  commit(_lines: CommittedLines, _clock: number): void {
    // Nobody watches.
  }

  plane(_side: Side, _index: number): readonly number[] | undefined {
    return undefined;
  }

  convert(_strobe: SampledStrobe, _clock: number): void {
    // The answer makes no difference.
  }

  underrun(_clock: number): void {
    // Nobody counts.
  }
}

function invariantDraw(): never {
  invariant(false, 'a program with random planes is interpreted with its random registers');
}
