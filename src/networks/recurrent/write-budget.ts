/** Whether the changes of fast weights can be written within a step, where the lines take turns. */

/** What is written, and how long it may take. */
export interface WriteLoad {
  /** Lines before, each of which crosses all neurons behind: a pulse each writes them all. */
  readonly lines: number;
  /** Pulses of a line in a step, one after the other. */
  readonly pulses: number;
  /** One pulse with what the lines need to settle [s]. */
  readonly pulseSeconds: number;
  /** Part of the step that is not for writing: reading [s]. */
  readonly otherSeconds: number;
  readonly stepSeconds: number;
}

/** How far the time of a step goes. */
export interface WriteBudget {
  /** Time of all lines one after the other, other things included [s]. */
  readonly seconds: number;
  /** By what the time of a step is exceeded; at most 1 where it suffices. */
  readonly excess: number;
  /** Lines that may be active in a step, one after the other. */
  readonly serialLines: number;
  /** Lines that have to be written at once where all are active; infinite where there is no time at all. */
  readonly linesAtOnce: number;
}

/** Decimal fractions are not exact: a step that is a whole number of pulses has room for all of them. */
const ROUNDING = 1e-9;

/** Lines one after the other, and what it takes to be within the step. */
export function writeBudget(load: WriteLoad): WriteBudget {
  const { lines, pulses, pulseSeconds, otherSeconds, stepSeconds } = load;
  const lineSeconds = pulses * pulseSeconds;
  const seconds = lines * lineSeconds + otherSeconds;
  const serialLines = Math.max(0, Math.floor(((stepSeconds - otherSeconds) / lineSeconds) * (1 + ROUNDING)));
  return { seconds, excess: seconds / stepSeconds, serialLines, linesAtOnce: Math.ceil(lines / serialLines) };
}
