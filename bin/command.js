// The command line itself, in the process of bin/ionloom.js or in a child that it watches over; its text is in src/cli.
import { Worker } from 'node:worker_threads';
import { main } from '../dist/cli/main.js';

if (process.channel) {
  // Whoever waited for the result is gone
  process.once('disconnect', () => process.exit(1));
  process.channel.unref();
  new Worker(new URL('parent-watch.js', import.meta.url), { workerData: { parent: process.ppid } }).unref();
}
process.exitCode = await main(process.argv.slice(2));
