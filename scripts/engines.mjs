/** `npm run replay:engines`: the corpus and every example on all four engines; needs what `npm test` installs. */
import fs from 'node:fs';
import path from 'node:path';
import { runVitest } from './checks.mjs';
import { ensurePythonPackages } from './python-packages.mjs';
import { root, setUp } from './setup.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

setUp();
if (!ensureSystemPackages()) process.exit(3);
ensurePythonPackages();
const table = path.join(root, '.cache', 'engines.md');
fs.rmSync(table, { force: true });
process.env.IONLOOM_ALL_ENGINES = '1';
process.env.IONLOOM_ENGINES_TABLE = table;
const { failed } = runVitest([
  'test/unit/hw/corpus.test.ts',
  'test/system/engines.test.ts',
  'test/system/examples.test.ts',
]);
const lines = fs.existsSync(table) ? fs.readFileSync(table, 'utf8') : '';
console.log(
  `| example | experiments | engine | events | time, all [s] | versions |\n| - | - | - | - | - | - |\n${lines}`,
);
process.exitCode = failed === 0 ? 0 : 1;
