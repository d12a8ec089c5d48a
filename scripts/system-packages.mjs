/** System tools that the tests use, through apt where we may, else named. */
import { spawnSync } from 'node:child_process';
import { run } from './setup.mjs';

/** [command that must run, Debian package] */
const tools = [
  ['verilator', 'verilator'],
  ['g++', 'g++'],
  ['iverilog', 'iverilog'],
  ['yosys', 'yosys'],
  ['z3', 'z3'],
  ['ngspice', 'ngspice'],
  ['fst2vcd', 'gtkwave'],
  ['python3', 'python3-venv'],
  ['chromium', 'chromium'],
  ['zsh', 'zsh'],
  ['fish', 'fish'],
  ['munged', 'munge'],
  ['slurmctld', 'slurmctld'],
  ['slurmd', 'slurmd'],
  ['sbatch', 'slurm-client'],
];

function missingPackages() {
  return tools
    .filter(([command]) => spawnSync(command, ['--version'], { stdio: 'ignore' }).error)
    .map(([, name]) => name);
}

/**
 * Installs what is missing.
 * @returns {boolean} whether everything is there now; says what to install where it is not
 */
export function ensureSystemPackages() {
  const missing = missingPackages();
  if (missing.length === 0) return true;
  const isRoot = process.getuid?.() === 0;
  const hasApt = !spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).error;
  if (isRoot && hasApt) installPackages(missing);
  const still = isRoot && hasApt ? missingPackages() : missing;
  if (still.length > 0) console.error(`Install these system packages first: apt-get install ${still.join(' ')}`);
  return still.length === 0;
}

function installPackages(names) {
  console.error(`Installing system packages: ${names.join(' ')} ...`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-qq'], quiet);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], quiet);
}
