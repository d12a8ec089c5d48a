/** Model of ion_corner_turn: values become bit planes, the most significant first. */

/** Planes that are written: their memory words and the lines of a word. */
export interface CornerTurnShape {
  readonly bits: number;
  readonly lanes: number;
  readonly words: number;
}

/** Lines whose value has the bit of each plane, ascending. */
export function turnedPlanes(values: readonly number[], bits: number): readonly (readonly number[])[] {
  return Array.from({ length: bits }, (_, plane) =>
    values.flatMap((value, line) => (Math.floor(value / 2 ** (bits - 1 - plane)) % 2 === 1 ? [line] : [])),
  );
}

/** The first clock in which the unit is idle again, counted from the one that sees the command. */
export function cornerTurnIdleClock({ bits, lanes, words }: CornerTurnShape): number {
  return bits * lanes * words + 3;
}

/** Clock in which the last word of `plane` is written, counted likewise. */
export function cornerTurnWriteClock({ lanes, words }: CornerTurnShape, plane: number): number {
  return (plane + 1) * lanes * words + 2;
}
