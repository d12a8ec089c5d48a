#!/usr/bin/env node
// Starts the compiled command line; its text is in src/cli.
import { existsSync } from 'node:fs';

const entry = new URL('../dist/cli/main.js', import.meta.url);
if (existsSync(entry)) {
  const { main } = await import(entry.href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  process.stderr.write('ionloom: dist/ is missing in this checkout; run `npm run build` (or `npm start`) first\n');
  process.exitCode = 3;
}
