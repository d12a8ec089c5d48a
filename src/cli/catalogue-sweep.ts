/** What the command line can say about sweeps. */
import { entry } from '../core/diagnostic.js';

const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** Entries of the catalogue of the command line. */
export const SWEEP_ENTRIES = {
  'sweep-other': entry<{ folder: string; differs: string }>({
    severity: 'error',
    message: ({ folder, differs }) => `\`${folder}\` is the folder of another sweep: ${differs}`,
    help: () => 'name another folder, or remove this one',
    explain:
      'A sweep goes on in its folder only as the same sweep: the same source file with all that it reads, the same parameters and values in the same order, the same experiment and seeds, and the same version of ionloom. Anything else would mix results that cannot be compared. The folder is left as it is.',
  }),
  'sweep-too-large': entry<{ points: number; most: number }>({
    severity: 'error',
    message: ({ points, most }) => `these are ${points} points, more than ${most}`,
    help: () => 'give fewer values or seeds, or divide the sweep into several',
    explain: 'Every value of every parameter meets every value of the others and every seed, and each point is a file.',
  }),
  'sweep-no-folder': entry<{ folder: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ folder }) => `\`${folder}\` is no folder of a sweep`,
    help: () => 'name the folder that `ionloom sweep -o` was given',
    explain: '`ionloom sweep --status` shows what a sweep has found so far; its folder has a `plan.json` of ours.',
  }),
  'sweep-no-figure': entry<{ figure: string; known: readonly string[]; nearest: string | undefined }>({
    severity: 'error',
    message: ({ figure, known }) =>
      `there is no figure \`${figure}\` to look for the best of; there are ${list(known)}`,
    help: ({ nearest }) => (nearest === undefined ? undefined : `did you mean \`${nearest}\`?`),
    explain:
      '`--minimize` and `--maximize` take figures of the experiment: the metrics of programs, the measures that expectations of an experiment on a network name, and what every run counts. They are spelled as in the table.',
  }),
  'sweep-one-experiment': entry<{ names: readonly string[] }>({
    severity: 'error',
    message: ({ names }) => `the best of several experiments cannot be compared; there are ${list(names)}`,
    help: () => 'choose one with `--experiment`',
    explain: 'A Pareto front is of one experiment: figures of different experiments are not figures of the same thing.',
  }),
  'sweep-sources-changed': entry<{ reason: string }>({
    severity: 'error',
    message: ({ reason }) => `the sweep stops: ${reason}`,
    help: () => 'restore the file, or begin again in another folder',
    explain:
      'Workers compare everything that they read with the plan. What has changed since would make results of two programs in one table. Finished points are kept.',
  }),
  'sweep-point-failed': entry<{ point: string; values: string; reason: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ point, values, reason }) => `point ${point}${values} has no result: ${reason}`,
    help: () => 'the same command tries it again and runs nothing else',
    explain:
      'The process that ran the point was ended, by the system where memory is short for example, or could not read a file. It was tried twice; what is known of the other points stands in the table.',
  }),
  'sweep-point-faulty': entry<{ points: number; values: string; message: string; place: string | undefined }>({
    severity: 'error',
    message: ({ points, values, message, place }) =>
      `${points === 1 ? 'a point' : `${points} points`}${values} cannot run: ${message}${place === undefined ? '' : ` (${place})`}`,
    help: () => '`ionloom sim` with the same values by `--set` shows the place',
    explain:
      'With these values the file has an error: a value out of its range, or of another dimension. The points stand in the table as failed; the others are not affected.',
  }),
  'sweep-worker': entry<{ reason: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ reason }) => `no worker can be started: ${reason}`,
    explain: 'A sweep runs its points in processes of their own. Three of them ended before they were ready.',
  }),
  'slurm-missing': entry<{ reason: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ reason }) => `the commands of Slurm cannot be run: ${reason}`,
    help: () =>
      'install them (Debian: `apt-get install slurm-client`) on a machine of the cluster, or use `--executor local`',
    explain:
      '`--executor slurm` runs `sbatch`, `squeue` and `scancel`, which have to be found in the search path of the machine where `ionloom sweep` runs. The cluster itself runs `slurmctld` on one machine and `slurmd` on every node.',
  }),
  'slurm-failed': entry<{ reason: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ reason }) => `Slurm does not take the jobs: ${reason}`,
    help: () =>
      '`sinfo` tells whether the cluster is there; SBATCH_PARTITION, SBATCH_ACCOUNT and SBATCH_TIMELIMIT say where jobs go',
    explain:
      'The message is the one of Slurm. "Unable to contact slurm controller" means that `slurmctld` does not run or that `SLURM_CONF` names another cluster, "Invalid account or partition" that a site wants one to be named: `sbatch` reads them from variables such as SBATCH_PARTITION. Finished points are kept, and the same command goes on.',
  }),
};
