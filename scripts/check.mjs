/** `npm run check`: the inner loop, under a minute: types, lint, layout, unit, golden and architecture tests. */
import { conclude, runStaticChecks, runVitest } from './checks.mjs';
import { setUp } from './setup.mjs';

setUp();
// Tests of whole examples and of built models live in test/system
conclude(
  runStaticChecks(),
  runVitest(['test/unit', 'test/golden', 'test/architecture', '--exclude', 'test/system/**']),
);
