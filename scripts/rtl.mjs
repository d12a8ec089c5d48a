/**
 * `node scripts/rtl.mjs COMMAND [options]`: the verification runs of the RTL that are too long or too wide for
 * `npm test`; each prints one table. Those that replay runs record the ports of all tests of the hardware first, once
 * for each state of sources and tests.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, listFiles, runModule, setUp } from './setup.mjs';
import { ensureSystemPackages } from './system-packages.mjs';
import { transpileTests } from './transpile.mjs';

/** Whether a command, named like its module in test/rtl, replays recorded runs. */
const COMMANDS = {
  prove: false,
  mutate: true,
  coverage: true,
  icarus: true,
  gates: true,
  area: false,
  timing: false,
  toggles: false,
};

const [command = '', ...args] = process.argv.slice(2);
if (!Object.hasOwn(COMMANDS, command)) {
  console.error(`unknown command '${command}'; there are ${Object.keys(COMMANDS).join(', ')}`);
  process.exit(2);
}
setUp();
if (!ensureSystemPackages()) process.exit(3);
const tests = await transpileTests(['rtl', 'support', 'corpus', 'bench']);
const store = COMMANDS[command] ? recordedRuns() : undefined;
const { main } = await import(pathToFileURL(path.join(tests, 'rtl', `${command}.js`)).href);
process.exitCode = (await main(args, store)) ? 0 : 1;

/** Folder of the ports of every test of the hardware, recorded unless the same sources and tests were before. */
function recordedRuns() {
  const hash = createHash('sha256');
  const folders = ['src', 'hw', 'templates', 'test/unit/hw', 'test/support', 'test/corpus'].flatMap((name) =>
    // What replays runs does not change them
    listFiles(name).filter((file) => !file.includes('replay')),
  );
  const parts = [...folders, 'test/rtl/record-setup.ts', 'test/rtl/record.config.ts'];
  for (const file of parts) hash.update(`${file}\0`).update(fs.readFileSync(path.join(root, file)));
  const folder = path.join(root, '.cache', 'traces', hash.digest('hex').slice(0, 32));
  if (fs.existsSync(folder)) return folder;
  fs.rmSync(path.dirname(folder), { recursive: true, force: true });
  console.error('# recording the ports of all tests of the hardware');
  const part = `${folder}.part`;
  const vitest = ['run', '--config', 'test/rtl/record.config.ts', '--reporter=dot'];
  const status = runModule('vitest/vitest.mjs', vitest, { IONLOOM_TRACES: part });
  if (status !== 0) {
    console.error('the tests of the hardware must pass before their runs can be replayed');
    process.exit(1);
  }
  fs.renameSync(part, folder);
  return folder;
}
