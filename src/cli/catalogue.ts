/** What the command line itself can say: choices that do not exist, files that cannot be written. */
import { defineCatalogue, entry } from '../core/diagnostic.js';
import { ENERGY_ENTRIES } from './catalogue-energy.js';
import { FIT_ENTRIES } from './catalogue-fit.js';
import { OBSERVE_ENTRIES } from './catalogue-observe.js';
import { SWEEP_ENTRIES } from './catalogue-sweep.js';
import { PLAN_ENTRIES } from './catalogue-plan.js';

const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
const suggestion = (nearest: string | undefined): string | undefined =>
  nearest === undefined ? undefined : `did you mean \`${nearest}\`?`;

const describeStudies = (names: readonly string[]): string =>
  names.length === 1 ? `experiment ${list(names)} runs` : `experiments ${list(names)} run`;

const isOrAre = (names: readonly string[]): string => (names.length === 1 ? 'is' : 'are');

/** Diagnostics `cli/…`. */
export const CLI_CATALOGUE = defineCatalogue('cli', {
  'unreadable-file': entry<{ file: string; reason: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ file, reason }) => `cannot read \`${file}\`: ${reason}`,
    help: () => 'check the path; it counts from the folder in which you are',
    explain:
      'A file named on the command line does not exist or may not be read. Nothing was changed. Correct the path, or the permissions of the file.',
  }),
  'not-reproducible': entry<{ file: string; differing: readonly string[]; reason: string }>({
    severity: 'error',
    message: ({ file, reason }) => `\`${file}\` was not built a second time to the same bytes: ${reason}`,
    help: ({ differing }) =>
      differing.length === 0 ? undefined : `different: ${list(differing.slice(0, 5))}; this is a fault of ionloom`,
    explain:
      '`--verify-reproducible` builds again in another folder, with another locale and time zone, and something came out otherwise. Nothing was written. If no file in the message is one that changed while the builds ran, please report it.',
  }),
  'not-utf8': entry<{ file: string }>({
    severity: 'error',
    message: ({ file }) => `\`${file}\` is not UTF-8 text`,
    explain: 'Source files are UTF-8. Convert the file, for example with `iconv -t utf-8`.',
  }),
  'no-experiment': entry<{ file: string }>({
    severity: 'error',
    message: ({ file }) => `\`${file}\` declares no experiment`,
    help: () => 'add `experiment Name { run Program on Chip }`',
    explain:
      'Building, simulating and pricing all start from an experiment: it says which program runs on which chip, with which seeds. A file with devices, chips and programs only can be imported by another one, and checked.',
  }),
  'network-without': entry<{ names: readonly string[] }>({
    severity: 'error',
    message: ({ names }) => `${describeStudies(names)} a network of which no controller can be made`,
    help: () => '`ionloom sim` runs it, `ionloom explain --realization` says how hardware carries out its rules',
    explain:
      'The experiments that were chosen run networks, and none of their projections gets a controller. One is made of a projection whose rule a pulse program carries out; the warnings say what stands in the way of each.',
  }),
  'controller-left-out': entry<{ projection: string; experiments: readonly string[]; reason: string }>({
    severity: 'warning',
    message: ({ projection, experiments, reason }) =>
      `\`${projection}\` of experiment${experiments.length === 1 ? '' : 's'} ${list(experiments)} gets no controller: ${reason}`,
    explain:
      '`ionloom build` makes a controller for every projection of a network that learns on a device by a pulse program, the same that `ionloom cosim` runs. Synapses on the host have none; those on a device have none where no program carries out the rule, or where one tile does not hold pairs under counted pulses. All other controllers are built.',
  }),
  'experiment-left-out': entry<{ experiments: readonly string[]; reason: string }>({
    severity: 'warning',
    message: ({ experiments, reason }) => `${list(experiments)} ${isOrAre(experiments)} not co-simulated: ${reason}`,
    help: () => '`ionloom sim` runs networks without a pulse program, too',
    explain:
      '`ionloom cosim` runs controllers, and this experiment has none: no pulse program carries it out, for the reason that is told. The other experiments of the file are co-simulated. Where none is left, this is an error.',
  }),
  'energy-left-out': entry<{ experiments: readonly string[] }>({
    severity: 'warning',
    message: ({ experiments }) => `no energy is written of ${list(experiments)}: the whole training would have to run`,
    help: () => 'use `ionloom energy`, or `ionloom build --target energy`',
    explain:
      'The energy of an experiment that trains is counted while it trains, which takes as long as `ionloom sim` does. A build of everything leaves it out; asked for energy by name, it runs the training.',
  }),
  'unknown-experiment': entry<{ name: string; known: readonly string[]; nearest: string | undefined }>({
    severity: 'error',
    message: ({ name, known }) => `there is no experiment \`${name}\`; the file has ${list(known)}`,
    help: ({ nearest }) => suggestion(nearest),
    explain: '`--experiment` takes the name of an experiment that the file itself declares, in the same spelling.',
  }),
  'checkpoint-unusable': entry<{ file: string; reason: string }>({
    severity: 'error',
    message: ({ file, reason }) => `\`${file}\` cannot be gone on from: ${reason}`,
    help: () => 'name another file, or remove this one to begin anew',
    explain:
      '`--checkpoint` names a file that runs save their state in, and go on from where it exists. It is written whole or not at all, and checked when it is read; a file that holds anything else is left as it is.',
  }),
  'checkpoint-other': entry<{ file: string }>({
    severity: 'error',
    message: ({ file }) => `\`${file}\` is a checkpoint of other experiments than these`,
    help: () => 'name another file, or choose experiments, seeds and parameters as they were',
    explain:
      'A run can go on only if everything is as it was: the description, its parameters and seeds, the experiments that were chosen, and the samples. Changes of comments and layout do not matter. The file is left as it is.',
  }),
  'output-format': entry<{ path: string }>({
    severity: 'error',
    message: ({ path }) => `\`${path}\` names no format: results are written as \`.json\` or \`.csv\``,
    explain:
      '`sim -o` writes what it found in the format of the ending: JSON with everything, or a table with one figure a line.',
  }),
  'not-own': entry<{ path: string; reason: string }>({
    severity: 'error',
    message: ({ path, reason }) => `\`${path}\` is not overwritten: ${reason}`,
    help: () => 'choose another place, or give `--force`',
    explain:
      '`ionloom import` begins every file with a line that says so, with a digest of what follows. It replaces files that are still as it has written them; others may hold work of yours. Nothing was written.',
  }),
  'unknown-code': entry<{ code: string; nearest: string | undefined }>({
    severity: 'error',
    message: ({ code }) => `there is no diagnostic \`${code}\``,
    help: ({ nearest }) => suggestion(nearest) ?? '`ionloom explain` without a code lists all of them',
    explain: 'A code is the area and the name in brackets after `error` or `warning`, for example `dsl/unknown-name`.',
  }),
  'not-formatted': entry<{ file: string }>({
    severity: 'error',
    message: ({ file }) => `\`${file}\` is not in canonical layout`,
    help: ({ file }) => `run \`ionloom fmt ${file}\``,
    explain:
      '`ionloom fmt --check` found a file that `ionloom fmt` would rewrite. Only blanks, line breaks and the spelling of units change, never the meaning.',
  }),
  divergence: entry<{
    signal: string;
    expected: string;
    found: string;
    when: string;
    mismatches: number;
    word: string | undefined;
  }>({
    severity: 'error',
    message: ({ signal, expected, found, when }) =>
      `the controller departs from the pulse program ${when}: \`${signal}\` is ${found}, expected ${expected}`,
    help: ({ mismatches, word }) =>
      [
        ...(word === undefined ? [] : [`the controller executes ${word}`]),
        ...(mismatches > 1 ? [`${mismatches} differences in all; this is the first`] : []),
      ].join('; ') || undefined,
    explain:
      'Co-simulation runs the emitted SystemVerilog and the interpreter of the pulse program side by side and compares every change of a line, every converter sample and the conductances at the end of every image. The place is the statement that the operation comes from; the word is the one that the controller says it executes, with its line in the program listing of a build. `--break-on mismatch` makes a small experiment that shows the difference. With RTL that nobody edited this is a bug of ionloom: please report it.',
  }),
  'output-refused': entry<{ path: string; text: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ path, text }) => `cannot write \`${path}\`: ${text}`,
    help: () => 'nothing was changed there; choose another place, or free this one',
    explain:
      'Output is written whole or not at all. A build goes into a new or empty folder or over a build of its own (the folder has our `manifest.json`); it never replaces files that it did not make and never writes through links. Full disks and missing permissions are told in the words of the system.',
  }),
  ...FIT_ENTRIES,
  ...ENERGY_ENTRIES,
  ...OBSERVE_ENTRIES,
  ...SWEEP_ENTRIES,
  ...PLAN_ENTRIES,
});
