#!/usr/bin/env node
// Runs bin/command.js in a child process and ends as it does. Simulation fills whole turns of Node's event loop, in
// which a process answers no signal: the child dies of it at once, and this one lives to report the status (130).
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

if (existsSync(new URL('../dist/cli/main.js', import.meta.url))) {
  runCommand();
} else {
  process.stderr.write('ionloom: dist/ is missing in this checkout; run `npm run build` (or `npm start`) first\n');
  process.exitCode = 3;
}

function runCommand() {
  const script = fileURLToPath(new URL('command.js', import.meta.url));
  const child = fork(script, process.argv.slice(2), { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  let isStopping = false;
  for (const signal of FORWARDED) {
    process.on(signal, () => {
      // The child finishes what it is writing; who asks again does not want to wait for that
      child.kill(isStopping ? 'SIGKILL' : signal);
      isStopping = true;
    });
  }
  child.once('error', ({ message }) => {
    process.stderr.write(`ionloom: ${message}\n`);
    process.exitCode = 3;
  });
  child.once('exit', (status, signal) => {
    if (signal !== null && !isStopping) process.stderr.write(`ionloom: ended by ${signal}\n`);
    process.exitCode = status ?? 128 + constants.signals[signal];
  });
}
