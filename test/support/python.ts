/** Python and its packages, which some tests ask for a second opinion; without them those tests are skipped by name. */
import { spawnSync } from 'node:child_process';

/** The interpreter that `npm test` has prepared, else the one of the system. */
export const PYTHON = process.env['IONLOOM_PYTHON'] ?? 'python3';

/** Whether these modules can be imported. */
export function hasPythonPackages(...modules: readonly string[]): boolean {
  return spawnSync(PYTHON, ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore' }).status === 0;
}
