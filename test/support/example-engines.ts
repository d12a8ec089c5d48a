/** Every example with experiments: how it is co-simulated in steps that every engine takes, or why it has no controller. */
import { copyFileSync, cpSync, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { REPOSITORY } from './golden.js';
import { findTestData } from './test-data.js';

const EXAMPLES = path.join(REPOSITORY, 'examples');

/** A command `ionloom cosim`. */
export interface ExampleRun {
  /** From the folder of examples. */
  readonly file: string;
  /** The experiments that it co-simulates, by name. */
  readonly experiments: readonly string[];
  readonly options?: readonly string[];
  /** Whether `npm test` runs it on `wasm` and `verilator`, or on all engines. */
  readonly inTests?: 'two' | 'all';
  /** Files of `findTestData` that belong beside it. */
  readonly data?: readonly string[];
}

const DIGITS = ['mnist/t10k-images-idx3-ubyte.gz', 'mnist/t10k-labels-idx1-ubyte.gz'];
const MUSHROOMS = ['mushroom/agaricus-lepiota.data'];
/** One batch, run or sequence, and no whole training before it. */
const ONE_STEP = ['--steps', '1', '--no-expectations'];
/** Rules that are superposed. */
const WINDOWS = ['Window', 'Hebbian', 'AntiHebbian', 'SymmetricWindow', 'OneSidedWindow', 'Nanoseconds', 'Trials'];

// prettier-ignore
export const EXAMPLE_RUNS: readonly ExampleRun[] = [
  { file: 'braille/braille.ion', experiments: ['WriteVerify'], options: ['--experiment', 'WriteVerify', '--steps', '2', '--no-expectations'], inTests: 'two' },
  ...['Ideal', 'Disturbed', 'OpenLoop', 'ByRows'].map((name): ExampleRun => ({ file: 'braille/braille.ion', experiments: [name], options: ['--experiment', name, ...ONE_STEP] })),
  { file: 'braille/proton.ion', experiments: ['OpenLoop', 'WriteVerify', 'WriteVerifyThird'], options: ONE_STEP },
  { file: 'ecram-image/image.ion', experiments: ['Calibrated', 'Uncalibrated'], inTests: 'two' },
  { file: 'ecram-image/rows.ion', experiments: ['RowParallel'] },
  { file: 'ecram-image/mnist.ion', experiments: ['Digit', 'DigitByRows'], data: DIGITS, inTests: 'two' },
  { file: 'ecram-mushroom/mushrooms.ion', experiments: ['InSitu'], options: ONE_STEP, data: MUSHROOMS, inTests: 'all' },
  { file: 'ecram-mushroom/ordinal.ion', experiments: ['Ordinal'], options: ONE_STEP, data: MUSHROOMS },
  { file: 'ecram-mushroom/products.ion', experiments: ['Calibrated', 'Uncalibrated'] },
  { file: 'ecram-mushroom/vgg-digits.ion', experiments: ['FewDigits'], options: ['--experiment', 'FewDigits', ...ONE_STEP], data: DIGITS },
  { file: 'ecram-mushroom/vgg-digits.ion', experiments: ['Digits'], options: ['--experiment', 'Digits', ...ONE_STEP], data: DIGITS },
  ...[...WINDOWS, 'Update', 'TimeStamps'].map((name): ExampleRun => ({
    ...{ file: 'eis-stdp/stdp.ion', experiments: [name], options: ['--experiment', name, ...ONE_STEP] },
    ...(name === 'TimeStamps' && { inTests: 'all' }),
    ...(name === 'Window' && { inTests: 'two' }),
  })),
  { file: 'film-sweep/film.ion', experiments: ['Write'] },
  { file: 'half-select/passive.ion', experiments: ['HalfSelect', 'ThirdSelect', 'WithSelector'] },
  { file: 'magneto-ionic/reduced.ion', experiments: ['InField'], options: ONE_STEP, data: DIGITS },
  { file: 'oxide-wires/wires.ion', experiments: ['ThroughIdealWires', 'ThroughRealWires'] },
  { file: 'sto-stpn/retrieval.ion', experiments: ['Retrieval', 'OnTile', 'NothingKept'], options: [...ONE_STEP, '--set', 'epochs=1'] },
  { file: 'sto-stpn/reduced.ion', experiments: ['Reduced'], options: ONE_STEP, inTests: 'two' },
  { file: 'tiki-taka/tiki-taka.ion', experiments: ['Descent', 'VersionOne', 'VersionTwo'], options: ONE_STEP },
];

/** Experiments that no controller carries out, and what the tool says to that. */
export const WITHOUT_CONTROLLER: readonly (Pick<ExampleRun, 'file' | 'experiments' | 'data'> & {
  readonly reason: string;
})[] = [
  {
    file: 'magneto-ionic/digits.ion',
    experiments: [
      'LinearThenRelaxed',
      'Exponential',
      'OrderInField',
      'OrderWithoutField',
      'FewLinear',
      'FewExponential',
      'FewWholePulses',
    ],
    reason: '1024 x 1024 cells do not fit a tile',
    data: [...DIGITS, ...['images-idx3', 'labels-idx1'].map((name) => `mnist/train-${name}-ubyte.gz`)],
  },
  { file: 'large-layer/layer.ion', experiments: ['Read'], reason: 'it learns by no rule' },
  { file: 'sto-stpn/agent.ion', experiments: ['Play', 'NothingKept'], reason: 'games are not recorded as programs' },
  { file: 'sto-stpn/plain.ion', experiments: ['PlainWeights'], reason: 'no fast weights lie in devices of it' },
  { file: 'sto-stpn/pong.ion', experiments: ['Game'], reason: 'cells do not fit a tile' },
  { file: 'sto-stpn/retrieval.ion', experiments: ['RowNorm'], reason: 'no fast weights lie in devices of it' },
  { file: 'tiki-taka/tiki-taka.ion', experiments: ['Host'], reason: 'its synapses are numbers of the host' },
];

/** Samples of these are not to be had: CIFAR-10 would have to be fetched. */
export const WITHOUT_DATA = [{ file: 'ecram-mushroom/vgg8.ion', experiments: ['Plan'] }];

/** Files of all examples, from their folder. */
export function exampleFiles(): readonly string[] {
  const names = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ion')).sort();
}

export function hasDataOf({ data = [] }: Pick<ExampleRun, 'data'>): boolean {
  return data.every((file) => findTestData(file) !== undefined);
}

/** Copies the example's folder to `folder`, with the data that belongs to it; returns the place of its file. */
export function copyExample({ file, data = [] }: Pick<ExampleRun, 'file' | 'data'>, folder: string): string {
  const own = path.join(folder, path.dirname(file));
  if (!existsSync(own)) cpSync(path.join(EXAMPLES, path.dirname(file)), own, { recursive: true });
  for (const each of data) copyFileSync(findTestData(each) ?? '', path.join(own, path.basename(each)));
  return path.join(folder, file);
}
