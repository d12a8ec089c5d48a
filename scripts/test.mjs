/** `npm test`: everything it needs, system packages included, then every test there is. */
import { conclude, runStaticChecks, runVitest } from './checks.mjs';
import { ensurePythonPackages } from './python-packages.mjs';
import { setUp } from './setup.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

setUp();
if (!ensureSystemPackages()) conclude({ passed: 0, failed: 1, skipped: 0 });
ensurePythonPackages();
conclude(runStaticChecks(), runVitest(process.argv.slice(2)));
