/** The nearest known name to a misspelt one, for `did you mean`. */

/** Longer names are not compared: nobody types them, and comparing takes the square of the length. */
const MAX_LENGTH = 64;

/** Candidates that are compared, at most: a file may declare a hundred thousand names. */
const MAX_COMPARED = 2_000;

/**
 * The candidate with the smallest edit distance to `name`, ignoring case; undefined when none is near
 * enough to be a slip of the finger (a third of the letters; below three letters only the case may differ).
 * Ties go to the first.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > MAX_LENGTH) return undefined;
  const typed = name.toLowerCase();
  let nearest: string | undefined;
  let nearestDistance = Math.floor(name.length / 3) + 1;
  let compared = 0;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= nearestDistance) continue;
    if (nearestDistance === 0 || compared++ >= MAX_COMPARED) break;
    const distance = editDistance(typed, candidate.toLowerCase(), nearestDistance);
    if (distance < nearestDistance) {
      nearest = candidate;
      nearestDistance = distance;
    }
  }
  return nearest;
}

/**
 * Levenshtein distance with swaps of neighbours (optimal string alignment), three rows of the table at a time; any
 * number from `limit` on where it is not below that.
 */
function editDistance(left: string, right: string, limit: number): number {
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: right.length + 1 }, (_, column) => column);
  let smallestBefore = 0;
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    let smallest = row;
    for (let column = 1; column <= right.length; column++) {
      const isSame = left[row - 1] === right[column - 1];
      const isSwap = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const distance = Math.min(
        (current[column - 1] ?? Infinity) + 1,
        (previous[column] ?? Infinity) + 1,
        (previous[column - 1] ?? Infinity) + (isSame ? 0 : 1),
        isSwap ? (beforePrevious[column - 2] ?? Infinity) + 1 : Infinity,
      );
      current.push(distance);
      smallest = Math.min(smallest, distance);
    }
    // Every way to the end leads through this row or, by a swap, past it from the one before
    if (smallest >= limit && smallestBefore >= limit) return limit;
    beforePrevious = previous;
    previous = current;
    smallestBefore = smallest;
  }
  return previous[right.length] ?? Infinity;
}
