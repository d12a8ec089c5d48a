/**
 * `npm run fuzz [-- RUNS [SEED]]`: the property tests of the language with many random inputs, 100,000 of each kind
 * where nothing else is said. They run in pieces, each with a seed of its own that is printed, so that memory stays
 * small and a finding can be repeated: IONLOOM_FUZZ_RUNS and IONLOOM_FUZZ_SEED give one piece to `npm test`.
 */
import { conclude, runVitest } from './checks.mjs';
import { setUp } from './setup.mjs';

const PIECE = 10_000;

setUp();
const [runs = 100_000, firstSeed = 1_000_000] = process.argv.slice(2).map(Number);
const counts = [];
for (let done = 0; done < runs; done += PIECE) {
  process.env.IONLOOM_FUZZ_RUNS = String(Math.min(PIECE, runs - done));
  process.env.IONLOOM_FUZZ_SEED = String(firstSeed + done);
  console.error(
    `# IONLOOM_FUZZ_RUNS=${process.env.IONLOOM_FUZZ_RUNS} IONLOOM_FUZZ_SEED=${process.env.IONLOOM_FUZZ_SEED}`,
  );
  counts.push(runVitest(['test/unit/dsl/properties.test.ts']));
}
conclude(...counts);
