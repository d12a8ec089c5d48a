// Runs command.js in a child process and ends as it does. Simulation fills whole turns of Node's event loop, in which
// a process answers no signal: the child dies of it at once, and this one lives to report the status (130).
import { fork } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs the command line with `args` (without interpreter and script) in a child process.
 * @param {readonly string[]} args
 */
export function watchCommand(args) {
  const script = fileURLToPath(new URL('command.js', import.meta.url));
  const child = fork(script, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
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
    // The child may have left a line that tells how far it was
    if (signal !== null && process.stderr.isTTY && process.env['TERM'] !== 'dumb') process.stderr.write('\r\u001b[K');
    if (signal !== null && !isStopping) process.stderr.write(`ionloom: ended by ${signal}\n`);
    process.exitCode = status ?? 128 + constants.signals[signal];
  });
}
