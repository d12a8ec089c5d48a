/** `npm run golden:update`: rewrites the expected files; read the difference as you read code. */
import { runVitest } from './checks.mjs';
import { setUp } from './setup.mjs';

setUp();
process.env.UPDATE_GOLDENS = '1';
const { failed } = runVitest(process.argv.slice(2));
process.exit(failed === 0 ? 0 : 1);
