/** `npm run check`: the inner loop, under a minute: types, lint, layout, unit, golden and architecture tests. */
import { conclude, runStaticChecks, runVitest } from './checks.mjs';
import { setUp } from './setup.mjs';

setUp();
// Left to `npm test`: whole examples (test/system) and long random runs of the controller (test/unit/hw)
conclude(
  runStaticChecks(),
  runVitest(['test/unit', 'test/golden', 'test/architecture', '--exclude', 'test/unit/hw/**']),
);
