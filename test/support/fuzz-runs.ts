/** How many random inputs the property tests of the language try. */

const wanted = Number(process.env['IONLOOM_FUZZ_RUNS'] ?? 2000);

/** Runs of each property: 2,000, or what the environment variable `IONLOOM_FUZZ_RUNS` says. */
export const FUZZ_RUNS = Number.isSafeInteger(wanted) && wanted > 0 ? wanted : 2000;

/** Longest time of a property test [ms]. */
export const FUZZ_TIMEOUT = Math.max(30_000, FUZZ_RUNS * 100);

/** The seed of a property: always the same, or beginning with `IONLOOM_FUZZ_SEED` where a long run is split. */
export function fuzzSeed(property: number): number {
  return Number(process.env['IONLOOM_FUZZ_SEED'] ?? 20_230) + property;
}
