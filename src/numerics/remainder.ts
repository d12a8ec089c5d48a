/** The remainder that mathematics means, where JavaScript's `%` takes the sign of the dividend. */

/** What is left of `left` after whole multiples of `right`, with the sign of `right`: of -1 and 3 it is 2. */
export function remainder(left: number, right: number): number {
  const rest = left % right;
  return rest !== 0 && rest < 0 !== right < 0 ? rest + right : rest;
}
