/** A job for model hosts in tests: as many steps as the URL's `count` says, each with `io[1]` set to `mode`. */
import { writeFileSync } from 'node:fs';

const { searchParams } = new URL(import.meta.url);

export function executeJob(session, job, watch) {
  writeFileSync('host.pid', String(process.pid));
  const count = Number(searchParams.get('count'));
  for (let step = 0; step < count; step++) {
    session.io[0] = 1;
    session.io[1] = Number(searchParams.get('mode'));
    session.step();
    watch?.(step + 1, count);
  }
  return outcome(session.evaluatedClocks);
}

function outcome(clocks) {
  const counts = { clocks, evaluatedClocks: clocks, busClocks: 0, events: 0, pulses: 0, samples: 0, mismatches: 0 };
  return { ...counts, maxConductanceError: 0, conductances: [], states: [], digest: '', seconds: 0 };
}
