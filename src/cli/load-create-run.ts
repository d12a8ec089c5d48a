/** Loads what runs experiments on networks: a good part of all files, and many commands need none of them. */
import type { CreateStudyRun } from '../networks/run/study-run.js';

/** See `src/networks/run/create-study-run.ts`. */
export async function loadCreateRun(): Promise<CreateStudyRun> {
  const { createStudyRun } = await import('../networks/run/create-study-run.js');
  return createStudyRun;
}
