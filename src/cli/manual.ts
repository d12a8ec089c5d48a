/** What `--help` says of every command beside its options: examples, files, environment, exit status, where to read on. */

/** A command line that works in a checkout, and what it does. */
export interface Example {
  /** Behind `ionloom`. */
  readonly args: string;
  readonly does: string;
}

export interface ManualPage {
  readonly examples: readonly Example[];
  /** Files that the command writes, apart from what is on stdout. */
  readonly writes?: string;
  /** Variables that it reads beside those of all commands. */
  readonly environment?: readonly (readonly [name: string, does: string])[];
  readonly seeAlso: readonly string[];
}

const IMAGE = 'examples/ecram-image/image.ion';
const FILM = 'examples/film-sweep/film.ion';
const STDP = 'examples/eis-stdp/stdp.ion';

const MODEL_VARIABLES: ManualPage['environment'] = [
  ['IONLOOM_MODEL_SECONDS', 'time after which a model counts as hung [s]'],
  ['VERILATOR, CXX', 'programs of engine verilator'],
  ['IVERILOG, CC', 'programs of engine icarus'],
  ['IONLOOM_PYTHON', 'the Python of engine cocotb'],
  ['IONLOOM_CACHE', 'folder of models that have been built'],
];

/** By command, in no order. */
export const MANUAL: Readonly<Record<string, ManualPage>> = {
  init: {
    examples: [
      { args: 'init first', does: 'a first crossbar in the folder first' },
      { args: 'init timing --template eis-stdp', does: 'spike timing instead' },
      { args: 'init --list', does: 'all templates' },
    ],
    writes: 'The folder with a description, its data and README.md; all of it or nothing.',
    seeAlso: ['check', 'sim', 'docs/tutorials'],
  },
  check: {
    examples: [
      { args: `check ${IMAGE}`, does: 'nothing but a line when all is well' },
      { args: 'check examples/ecram-image/image.ion examples/ecram-image/rows.ion', does: 'several files' },
      { args: `check --json ${IMAGE}`, does: 'diagnostics for scripts' },
    ],
    seeAlso: ['explain', 'fmt', 'docs/language.md'],
  },
  build: {
    examples: [
      { args: `build ${IMAGE} -o out`, does: 'everything into out' },
      { args: `build ${IMAGE} -o rtl --target systemverilog --freeze`, does: 'a controller with its program inside' },
      {
        args: `build ${STDP} -o stdp --experiment Hebbian --target harness`,
        does: 'one experiment as a project of its own',
      },
    ],
    writes:
      'The output folder: manifest.json lists all files. A folder that holds anything else is refused; a second build replaces the first and leaves files of yours alone.',
    seeAlso: ['cosim', 'docs/hardware.md'],
  },
  sim: {
    examples: [
      { args: `sim ${IMAGE}`, does: 'all experiments, all seeds' },
      { args: `sim ${STDP} --experiment Hebbian -o window.csv`, does: 'one of them, its window as a table' },
      { args: `sim ${IMAGE} --experiment Uncalibrated --seed 7 --json`, does: 'other seeds, for scripts' },
    ],
    writes: 'With -o the results, with --checkpoint the state of a run: each whole or not at all.',
    seeAlso: ['cosim', 'energy', 'report'],
  },
  cosim: {
    examples: [
      { args: `cosim ${IMAGE} --experiment Calibrated`, does: 'the controller of 20 seeds on the embedded engine' },
      {
        args: `cosim ${IMAGE} --experiment Calibrated --wave run.svg --window 0..2ms`,
        does: 'and a timing diagram of its first milliseconds',
      },
      { args: `cosim ${IMAGE} --experiment Calibrated --why tile0[3,7]`, does: 'and every pulse that moved a cell' },
    ],
    writes: 'With --wave that file, with --break-on a folder; models are kept in the cache.',
    environment: MODEL_VARIABLES,
    seeAlso: ['build', 'sim', 'docs/cosimulation.md', 'docs/performance.md'],
  },
  sweep: {
    examples: [
      {
        args: `sweep ${FILM} --vary volts=4V,4.4V --vary field=400mV,500mV -o film`,
        does: 'four settings with the seeds of the file, one table',
      },
      {
        args: `sweep ${FILM} --vary volts=4V,4.4V --seeds 9 --minimize rmsError --minimize writeTime -o best`,
        does: 'nine seeds each, and which settings are best',
      },
      { args: 'sweep --status best', does: 'what it has found so far' },
    ],
    writes:
      'The folder of the sweep: plan.json, a file for every point in points, table.csv, table.json, sweep.html and, with two figures to be least or most, pareto.svg; with --executor slurm also logs in slurm. Each is whole or not there. A folder of anything else is refused.',
    environment: [
      ['SBATCH_PARTITION, ...', 'what sbatch reads: where jobs of Slurm go'],
      ['IONLOOM_THREADS', 'threads of a run (local: its share of the processors)'],
    ],
    seeAlso: ['sim', 'report', 'docs/sweep.md'],
  },
  energy: {
    examples: [
      { args: `energy ${IMAGE} --experiment Calibrated`, does: 'the board around the array' },
      {
        args: `energy ${IMAGE} --experiment Calibrated --technology '65 nm' --every '1 h'`,
        does: 'a chip around it, and how long it lasts when it runs once an hour',
      },
      { args: `energy ${STDP} --experiment Update --json`, does: 'for scripts, with all digits' },
    ],
    seeAlso: ['report', 'build', 'docs/energy.md', 'docs/lifetime.md'],
  },
  report: {
    examples: [
      { args: `report ${IMAGE} --experiment Calibrated -o image.html`, does: 'one page with everything' },
      { args: `report ${STDP} --experiment Hebbian -o window.html`, does: 'of an experiment on a network' },
    ],
    writes: 'The page, which needs nothing else; models are kept in the cache.',
    environment: MODEL_VARIABLES,
    seeAlso: ['sim', 'cosim', 'energy', 'docs/report.md'],
  },
  plan: {
    examples: [
      {
        args: `plan ${IMAGE} --experiment Calibrated -o plan.csv`,
        does: 'every pulse and read, voltages of all lines',
      },
      { args: `plan ${IMAGE} --experiment Calibrated -o plan.h5`, does: 'the same as HDF5' },
      { args: `plan ${IMAGE} --experiment Calibrated -o bench.py`, does: 'a script that replays them on an ArC TWO' },
    ],
    writes: 'The table or the script, whole or not at all.',
    seeAlso: ['build', 'docs/formats.md'],
  },
  fit: {
    examples: [
      { args: 'fit examples/fit-from-csv/voltage-width.csv -o device.ion', does: 'the law that suits best' },
      {
        args: 'fit examples/fit-from-csv/voltage-width.csv --verify device.ion',
        does: 'compares it with the table again',
      },
    ],
    writes: 'The device, and beside it its plot (.svg) and the record of its residuals (.fit.json).',
    seeAlso: ['check', 'docs/fit.md', 'docs/devices.md'],
  },
  export: {
    examples: [{ args: `export nir ${STDP} --network Single -o single.nir`, does: 'one of the networks of a file' }],
    writes: 'The network, whole or not at all.',
    seeAlso: ['import', 'docs/nir.md'],
  },
  import: {
    examples: [
      { args: 'import nir single.nir -o single.ion', does: 'a description, its weights beside it' },
      { args: 'import nir single.nir -o single.ion --strict --json', does: 'only where nothing is to be repaired' },
    ],
    writes:
      'The description and its tables (FILE-NAME.csv), all or none. Files of yours, and those that you have changed, are left alone without --force.',
    seeAlso: ['export', 'check', 'docs/nir.md'],
  },
  fmt: {
    examples: [
      { args: `fmt --check ${IMAGE}`, does: 'fails where the layout is another one' },
      { args: 'fmt device.ion', does: 'rewrites the file' },
    ],
    writes: 'The files themselves, each whole or not at all.',
    seeAlso: ['check'],
  },
  explain: {
    examples: [
      { args: 'explain dsl/unknown-name', does: 'what a code means and how to mend it' },
      { args: `explain --realization ${STDP} --experiment Hebbian`, does: 'how hardware carries out a rule' },
    ],
    seeAlso: ['check', 'docs/language.md'],
  },
  completion: {
    examples: [{ args: 'completion bash', does: 'the script for bash; the first lines of it say where it goes' }],
    seeAlso: ['README.md'],
  },
  lsp: {
    examples: [],
    seeAlso: ['editors/vscode/README.md'],
  },
};

const EXIT_STATUS = `Exit status:
  0    all is well
  1    errors in the input, a failed expectation or a mismatch
  2    wrong usage
  3    something is missing on the machine, or cannot be written
  70   a bug of ionloom
  130  interrupted`;

const ENVIRONMENT: NonNullable<ManualPage['environment']> = [
  ['NO_COLOR', 'no colors'],
  ['FORCE_COLOR', 'colors also for files; 0: none'],
];

/** The end of a command's `--help`, at most `width` columns wide where words allow. */
export function manualText({ examples, writes, environment = [], seeAlso }: ManualPage, width: number): string {
  const variables = [...environment, ...ENVIRONMENT];
  const longest = Math.max(...variables.map(([name]) => name.length));
  return [
    ...(examples.length > 0 ? [`Examples:\n${examples.map((example) => exampleText(example, width)).join('\n')}`] : []),
    ...(writes === undefined ? [] : [`Writes:\n${wrap(writes, width)}`]),
    `Environment:\n${variables.map(([name, does]) => `  ${name.padEnd(longest)}  ${does}`).join('\n')}`,
    EXIT_STATUS,
    `See also: ${seeAlso.map((name) => (/[/.]/.test(name) ? name : `ionloom ${name}`)).join(', ')}`,
  ].join('\n\n');
}

/** Too long a line goes on behind a backslash, as shells read it. */
function exampleText({ args, does }: Example, width: number): string {
  const line = `  ionloom ${args}`;
  const shown = line.length <= width ? line : line.replaceAll(' --', ' \\\n      --');
  return `${shown}\n        ${does}`;
}

/** Lines of whole words, two blanks in front. */
function wrap(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 3 > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => `  ${each}`).join('\n');
}
