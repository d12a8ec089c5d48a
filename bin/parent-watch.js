// Runs in a thread of a command that another process watches over: computing keeps the command from noticing that the
// other one was killed, and nobody would wait for what it computes.
import { workerData } from 'node:worker_threads';

/** Time between two looks [ms]. */
const PERIOD = 200;

setInterval(() => {
  if (process.ppid !== workerData.parent) process.kill(process.pid, 'SIGTERM');
}, PERIOD);
