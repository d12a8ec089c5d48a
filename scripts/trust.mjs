/**
 * `npm run trust [-- RUNS [SEED]]`: hostile input, faults, reproducibility and random comparisons in their full sizes
 * (200 where nothing else is said: kills of each command and specs; 500 times as many damaged files), and a table of
 * what was tried and what went wrong, which is in docs/reliability.md.
 */
import fs from 'node:fs';
import path from 'node:path';
import { runVitest } from './checks.mjs';
import { root, setUp } from './setup.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

const TESTS = [
  'test/unit/trust',
  'test/unit/core/sudden-stop.test.ts',
  'test/unit/dsl/properties.test.ts',
  'test/unit/cosim/random-specs.test.ts',
  'test/system/pathological.test.ts',
  'test/system/sudden-kills.test.ts',
  'test/system/reproducible.test.ts',
];

setUp();
if (!ensureSystemPackages()) process.exit(3);
const [runs = 200, seed] = process.argv.slice(2).map(Number);
const file = path.join(root, '.cache', 'trust.jsonl');
fs.rmSync(file, { force: true });
process.env.IONLOOM_TRUST_RECORDS = file;
process.env.IONLOOM_TRUST_RUNS = String(runs);
process.env.IONLOOM_FUZZ_RUNS = String(500 * runs);
if (seed !== undefined) process.env.IONLOOM_FUZZ_SEED = String(seed);
const { failed, skipped } = runVitest(TESTS);
const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : '';
const records = text === '' ? [] : text.split('\n').map((line) => JSON.parse(line));
console.log(`\n${tableOf(mergeRecords(records))}\n\n${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;

/** Records of the same thing as one, in the order of their first. */
function mergeRecords(all) {
  const merged = new Map();
  for (const { what, tried, faults } of all) {
    const before = merged.get(what) ?? { what, tried: 0, faults: {} };
    const names = new Set([...Object.keys(before.faults), ...Object.keys(faults)]);
    const sums = [...names].map((name) => [name, (before.faults[name] ?? 0) + (faults[name] ?? 0)]);
    merged.set(what, { what, tried: before.tried + tried, faults: Object.fromEntries(sums) });
  }
  return [...merged.values()];
}

function tableOf(rows) {
  const lines = rows.map(({ what, tried, faults }) => {
    const found = Object.entries(faults).map(([name, count]) => `${count} ${name}`);
    return `| ${what} | ${tried.toLocaleString('en-US')} | ${found.join(', ')} |`;
  });
  return ['| what is tried | times | what must not happen |', '| - | - | - |', ...lines].join('\n');
}
