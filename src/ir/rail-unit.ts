/** Rails as programs see them: clocks from a command to `settled`, exactly as hw/ion_rail.sv. */

export interface RailTiming {
  /** Settling after the last code [clocks]. */
  readonly settleClocks: number;
  /** Longest wait for an answer [clocks]. */
  readonly answerClocks: number;
}

/** A converter's answer: from the request's first clock to that of the answer, and back [clocks]. */
export interface RailAnswer {
  readonly riseClocks: number;
  readonly fallClocks: number;
}

/** Clocks of the synchroniser between answer and rails. */
const SYNCHRONISER = 2;

/** Clocks from a command to the request: the rail is found, its table read, its limits compared. */
export const RAIL_REQUEST_CLOCKS = 4;

/** How a command that finds the rails settled ends: settled or not, so many clocks after it. */
export type RailOutcome =
  | { readonly kind: 'settled'; readonly clocks: number }
  | { readonly kind: 'refused'; readonly clocks: number }
  | { readonly kind: 'unanswered'; readonly clocks: number };

/**
 * What becomes of a command in clock 0: the first clock in which `settled` is up again, or the clock of the fault.
 * A code outside its limits is not sent, and the rails stand as before.
 */
export function railOutcome(timing: RailTiming, answer: RailAnswer, isInside: boolean): RailOutcome {
  if (!isInside) return { kind: 'refused', clocks: RAIL_REQUEST_CLOCKS - 1 };
  const { settleClocks, answerClocks } = timing;
  const rise = answer.riseClocks + SYNCHRONISER;
  if (rise >= answerClocks) return { kind: 'unanswered', clocks: RAIL_REQUEST_CLOCKS + answerClocks - 1 };
  const release = RAIL_REQUEST_CLOCKS + rise + 1;
  const fall = answer.fallClocks + SYNCHRONISER;
  if (fall >= answerClocks) return { kind: 'unanswered', clocks: release + answerClocks - 1 };
  // One clock finds that nothing else has changed; settled is told in the clock after the last one
  return { kind: 'settled', clocks: release + fall + 2 + settleClocks };
}
