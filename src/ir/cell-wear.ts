/** What a run does to single cells: pulses of the one that gets most, drift of those that no pulse was meant for. */

/** A cell, and how much of something it got. */
export interface WornCell {
  readonly row: number;
  readonly column: number;
  readonly amount: number;
}

export interface CellWear {
  /** The cell with the most pulses, absent where there were none. */
  readonly mostPulsed?: WornCell;
  /** The cell that moved furthest of those that no pulse was meant for [unit of the state]; absent without such cells. */
  readonly mostDisturbed?: WornCell;
}

/** Wear from pulses per cell and states before and after a run (rows x columns each). */
export function cellWear(
  pulses: ArrayLike<number>,
  { before, after, columns }: { readonly before: ArrayLike<number>; readonly after: ArrayLike<number>; readonly columns: number }, // prettier-ignore
): CellWear {
  let [pulsed, disturbed] = [-1, -1];
  const driftOf = (cell: number): number => Math.abs((after[cell] ?? NaN) - (before[cell] ?? NaN));
  for (let cell = 0; cell < pulses.length; cell++) {
    const count = pulses[cell] ?? 0;
    if (count > (pulsed < 0 ? 0 : (pulses[pulsed] ?? 0))) pulsed = cell;
    if (count === 0 && (disturbed < 0 || driftOf(cell) > driftOf(disturbed))) disturbed = cell;
  }
  const place = (cell: number, amount: number): WornCell => ({
    row: Math.floor(cell / columns),
    column: cell % columns,
    amount,
  });
  return {
    ...(pulsed >= 0 && { mostPulsed: place(pulsed, pulses[pulsed] ?? 0) }),
    ...(disturbed >= 0 && { mostDisturbed: place(disturbed, driftOf(disturbed)) }),
  };
}
