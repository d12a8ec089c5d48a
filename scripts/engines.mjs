/** `npm run replay:engines`: the corpus and every example on all four engines; needs what `npm test` installs. */
import { runVitest } from './checks.mjs';
import { ensurePythonPackages } from './python-packages.mjs';
import { setUp } from './setup.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

setUp();
if (!ensureSystemPackages()) process.exit(3);
ensurePythonPackages();
process.env.IONLOOM_ALL_ENGINES = '1';
const { failed } = runVitest(['test/unit/hw/corpus.test.ts', 'test/system/engines.test.ts']);
process.exitCode = failed === 0 ? 0 : 1;
