/** A job that runs some clocks, ends its simulator by the URL's `signal`, and goes on. */
import { readFileSync } from 'node:fs';

const { searchParams } = new URL(import.meta.url);

export function executeJob(session) {
  session.io[0] = 1;
  for (let step = 0; step < 5; step++) session.step();
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8');
  for (const child of children.trim().split(' ')) process.kill(Number(child), searchParams.get('signal'));
  for (;;) session.step();
}
