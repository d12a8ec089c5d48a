/** A job that never ends. */
import { writeFileSync } from 'node:fs';

export function executeJob() {
  writeFileSync('host.pid', String(process.pid));
  for (;;);
}
