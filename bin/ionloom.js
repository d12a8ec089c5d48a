#!/usr/bin/env node
// The command line. A process that computes cannot answer a signal before it has finished. Quick commands finish within
// a second and run right here; the others run in a child, which dies at once, and this process reports the status.
import { existsSync } from 'node:fs';
import { constants } from 'node:os';

const QUICK = [
  'check',
  'fmt',
  'explain',
  'lsp',
  'init',
  'import',
  'completion',
  '__complete',
  'help',
  '--help',
  '-h',
  '--version',
  '-V',
];

const [name = '--help'] = process.argv.slice(2);
if (!existsSync(new URL('../dist/cli/main.js', import.meta.url))) {
  process.stderr.write('ionloom: dist/ is missing in this checkout; run `npm run build` (or `npm start`) first\n');
  process.exitCode = 3;
} else if (QUICK.includes(name)) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
  await import('./command.js');
  // What arrived while the command computed is delivered in a whole turn of the event loop, which the rest of this one is not
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
} else {
  const { watchCommand } = await import('./watch-command.js');
  watchCommand(process.argv.slice(2));
}
