/** The nearest known name to a misspelt one, for `did you mean`. */

/**
 * The candidate with the smallest edit distance to `name`, ignoring case; undefined when none is near
 * enough to be a slip of the finger (a third of the letters; below three letters only the case may differ).
 * Ties go to the first.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const budget = Math.floor(name.length / 3);
  let nearest: string | undefined;
  let nearestDistance = budget + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= nearestDistance) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < nearestDistance) {
      nearest = candidate;
      nearestDistance = distance;
    }
  }
  return nearest;
}

/** Levenshtein distance with swaps of neighbours (optimal string alignment), three rows of the table at a time. */
function editDistance(left: string, right: string): number {
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const isSame = left[row - 1] === right[column - 1];
      const isSwap = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      current.push(
        Math.min(
          (current[column - 1] ?? Infinity) + 1,
          (previous[column] ?? Infinity) + 1,
          (previous[column - 1] ?? Infinity) + (isSame ? 0 : 1),
          isSwap ? (beforePrevious[column - 2] ?? Infinity) + 1 : Infinity,
        ),
      );
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[right.length] ?? Infinity;
}
