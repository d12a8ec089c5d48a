/** Random numbers of tests that drive hardware: the same for the same seed. */

/** Draws integers from 0 to below its argument. */
export type RandomNumbers = (limit: number) => number;

export function randomNumbers(seed: number): RandomNumbers {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
