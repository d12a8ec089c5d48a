/** The checks that `npm test` and `npm run check` are made of, and the line that sums them up. */
import fs from 'node:fs';
import path from 'node:path';
import { root, runModule } from './setup.mjs';

const resultFile = path.join(root, '.cache', 'vitest.json');

/** Types of sources and tests, lint, layout: each counts as one test. */
const staticChecks = [
  ['types', 'typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.test.json']],
  ['types of the playground', 'typescript/bin/tsc', ['-p', 'playground']],
  ['lint', 'eslint/bin/eslint.js', ['--cache', '--cache-location', '.cache/eslint', '--max-warnings', '0', '.']],
  [
    'layout',
    'prettier/bin/prettier.cjs',
    ['--check', '--log-level', 'warn', '--cache', '--cache-location', '.cache/prettier', '.'],
  ],
];

/** @returns {{ passed: number, failed: number, skipped: number }} */
export function runStaticChecks() {
  const failed = staticChecks.filter(([name, file, args]) => {
    console.error(`# ${name}`);
    return runModule(file, args) !== 0;
  });
  for (const [name] of failed) console.error(`FAILED: ${name}`);
  return { passed: staticChecks.length - failed.length, failed: failed.length, skipped: 0 };
}

/**
 * Runs Vitest on the test files whose path contains one of `filters` (none: all).
 * @param {readonly string[]} filters
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
export function runVitest(filters) {
  fs.rmSync(resultFile, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`];
  const status = runModule('vitest/vitest.mjs', ['run', ...reporters, ...filters]);
  return countVitest(status);
}

/** A run that breaks outside of a test (a file that does not load, a leaked rejection) is a failure as well. */
function countVitest(status) {
  if (!fs.existsSync(resultFile)) return { passed: 0, failed: 1, skipped: 0 };
  const result = JSON.parse(fs.readFileSync(resultFile, 'utf8'));
  const failed = result.numFailedTests + result.testResults.filter(isBrokenFile).length;
  return {
    passed: result.numPassedTests,
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

function isBrokenFile({ status, assertionResults }) {
  return status === 'failed' && assertionResults.every((test) => test.status !== 'failed');
}

/** Prints `N passed, N failed` (and `, N skipped`) alone on the last line and ends the process. */
export function conclude(...counts) {
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
  process.exit(sum('failed') === 0 ? 0 : 1);
}
