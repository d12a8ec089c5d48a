/** A host that waits for a simulator sees nothing of its parent; a thread looks after that, however the parent ends. */
import { Worker } from 'node:worker_threads';

/** How often the thread looks [ms]. */
const INTERVAL = 250;

/** Ends the process group of this process, which leads it, as soon as the process that has started it is gone. */
export function endWithParent(): void {
  // Known before the thread begins: by then the parent may be gone
  const script = `
    const parent = ${String(process.ppid)};
    setInterval(() => {
      if (process.ppid !== parent) process.kill(-process.pid, 'SIGKILL');
    }, ${String(INTERVAL)});
  `;
  new Worker(script, { eval: true }).unref();
}
