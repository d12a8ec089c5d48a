/** `npm run lint`: types, lint and layout alone, the first part of `npm run check` and `npm test`. */
import { conclude, runStaticChecks } from './checks.mjs';
import { setUp } from './setup.mjs';

setUp();
conclude(runStaticChecks());
