/** Python packages that some tests ask for a second opinion, in a folder of their own below the user's cache. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { root, run } from './setup.mjs';

const REQUIREMENTS = path.join(root, 'scripts', 'python-requirements.txt');

/**
 * Makes the environment where it is missing or out of date and names its interpreter in IONLOOM_PYTHON, unless that
 * names one already. Where it cannot be made, says so and leaves the tests to skip what needs it.
 */
export function ensurePythonPackages() {
  if (process.env.IONLOOM_PYTHON !== undefined) return;
  const folder = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'ionloom-python');
  const python = path.join(folder, 'bin', 'python');
  const stamp = path.join(folder, 'requirements.txt');
  const wanted = fs.readFileSync(REQUIREMENTS, 'utf8');
  const isCurrent = fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted && starts(python);
  if (!isCurrent && !install(folder, python)) {
    console.error('Without these Python packages some tests are skipped; see scripts/python-requirements.txt');
    return;
  }
  if (!isCurrent) fs.writeFileSync(stamp, wanted);
  process.env.IONLOOM_PYTHON = python;
}

function starts(python) {
  return spawnSync(python, ['--version'], { stdio: 'ignore' }).status === 0;
}

function install(folder, python) {
  console.error(`Installing Python packages into ${folder} ...`);
  fs.rmSync(folder, { recursive: true, force: true });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', REQUIREMENTS];
  return run('python3', ['-m', 'venv', folder]) === 0 && run(python, pip) === 0;
}
