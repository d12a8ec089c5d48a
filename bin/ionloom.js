#!/usr/bin/env node
// The command line. A process that computes answers no signal of its own: it dies of it. Shells show that as status
// 130 all the same, so quick commands run right here; the others run in a child, and this process reports the status.
import { existsSync } from 'node:fs';

const QUICK = ['check', 'fmt', 'explain', '--help', '-h', '--version', '-V'];

const [name = '--help'] = process.argv.slice(2);
if (!existsSync(new URL('../dist/cli/main.js', import.meta.url))) {
  process.stderr.write('ionloom: dist/ is missing in this checkout; run `npm run build` (or `npm start`) first\n');
  process.exitCode = 3;
} else if (QUICK.includes(name)) {
  await import('./command.js');
} else {
  const { watchCommand } = await import('./watch-command.js');
  watchCommand(process.argv.slice(2));
}
