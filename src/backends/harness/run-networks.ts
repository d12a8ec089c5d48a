/** What an emitted harness does with experiments on networks in Node; copied into every harness that has some. */
import path from 'node:path';
import { createDiskHost } from '../../core/disk.js';
import { writeWholeFile } from '../../core/output-folder.js';
import { unpack } from '../../data/unpack.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import { encodeCheckpoint } from '../../networks/run/checkpoint-file.js';
import { studyCsv } from '../../networks/run/result-csv.js';
import { PointRuns, type RunPoint } from '../../networks/run/run-points.js';
import type { CreateStudyRun } from '../../networks/run/study-run.js';
import { faultText, networkText, progressLine } from './network-text.js';
import { filesOfPoints, pointsWithSamples } from './network-samples.js';

/** What the harness runs, where, and how it was called. */
export interface NetworkHarness {
  readonly points: readonly MappedNetwork[];
  readonly create: CreateStudyRun;
  /** Folder of the project, in which the files of data sets are found. */
  readonly root: string;
  /** Arguments of the command line. */
  readonly words: readonly string[];
}

const USAGE = 'usage: node dist/networks/main.js [--json] [--csv FILE] [--checkpoint FILE] [--experiment NAME]\n';

/** Ends of the process beside 0 (well). */
const EXIT = { failed: 1, usage: 2, environment: 3 } as const;

const MAX_FILE_BYTES = 2 ** 31;
const CHECKPOINT_INTERVAL = 60_000;

/** Runs all experiments, prints what they came to, and returns the exit status. */
export async function runNetworks({ points, create, root, words }: NetworkHarness): Promise<number> {
  const options = parseWords(words);
  if (!options) return fail(USAGE, EXIT.usage);
  const chosen = points.filter(({ study }) => options.experiment === undefined || study.name === options.experiment);
  if (chosen.length === 0) return fail(USAGE, EXIT.usage);
  const loaded = loadPoints(chosen, root);
  if (typeof loaded === 'string') return fail(loaded, EXIT.environment);
  const runs = new PointRuns(loaded, create);
  const refusal = restore(runs, options.checkpoint);
  if (refusal !== undefined) return fail(refusal, EXIT.failed);
  try {
    await stepThrough(runs, options.checkpoint);
  } catch (error) {
    return fail(`${faultText(error)}\n`, EXIT.failed);
  }
  return finish(runs, options);
}

function finish(runs: PointRuns, { csv, isJson }: Options): number {
  const { results } = runs;
  const ok = results.every(({ expectations }) => expectations.every((each) => each.ok));
  const fault = csv === undefined ? undefined : writeWholeFile(csv, studyCsv(results));
  if (fault) return fail(`${fault.path}: ${fault.text}\n`, EXIT.environment);
  const document = { ok, experiments: results };
  process.stdout.write(isJson ? `${JSON.stringify(document, undefined, 2)}\n` : results.map(networkText).join('\n'));
  return ok ? 0 : EXIT.failed;
}

interface Options {
  readonly isJson: boolean;
  readonly csv: string | undefined;
  readonly checkpoint: string | undefined;
  readonly experiment: string | undefined;
}

function parseWords(words: readonly string[]): Options | undefined {
  const values = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const isFlag = word === '--json';
    const value = isFlag ? '' : words[++at];
    if (!['--json', '--csv', '--checkpoint', '--experiment'].includes(word) || value === undefined) return undefined;
    values.set(word, value);
  }
  return {
    isJson: values.has('--json'),
    csv: values.get('--csv'),
    checkpoint: values.get('--checkpoint'),
    experiment: values.get('--experiment'),
  };
}

/** The points with the samples of their files, or why there are none. */
function loadPoints(points: readonly MappedNetwork[], root: string): readonly RunPoint[] | string {
  const host = createDiskHost();
  const files = new Map<string, Uint8Array>();
  for (const file of filesOfPoints(points)) {
    const place = path.join(root, file);
    const bytes = host.readBytes(place, MAX_FILE_BYTES);
    if (!(bytes instanceof Uint8Array)) return `${place}: ${bytes.text}; put your copy there\n`;
    const content = unpack(bytes);
    if (!(content instanceof Uint8Array)) return `${place}: ${content.reason}\n`;
    files.set(file, content);
  }
  const loaded = pointsWithSamples(points, files);
  const faults = loaded.filter((each) => typeof each === 'string');
  return faults.length > 0 ? `${faults.join('\n')}\n` : loaded.filter((each) => typeof each !== 'string');
}

/** Goes on from a checkpoint where there is one; says why it cannot. */
function restore(runs: PointRuns, file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  const bytes = createDiskHost().readBytes(file, MAX_FILE_BYTES);
  if (!(bytes instanceof Uint8Array)) return bytes.reason === 'missing' ? undefined : `${file}: ${bytes.text}\n`;
  const fault = runs.resume(bytes);
  return fault && `${file}: ${fault.reason}\n`;
}

/** All steps, with progress on a terminal; a signal saves the state before it ends the process. */
async function stepThrough(runs: PointRuns, file: string | undefined): Promise<void> {
  const save = (): void => {
    const fault = file === undefined ? undefined : writeWholeFile(file, encodeCheckpoint(runs.checkpoint()));
    if (fault) throw new Error(`${fault.path}: ${fault.text}`);
  };
  let isInterrupted = false;
  const interrupt = (): void => {
    isInterrupted = true;
  };
  if (file !== undefined) for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, interrupt);
  const begin = performance.now();
  let saved = begin;
  for (let progress = runs.step(); progress; progress = runs.step()) {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${progressLine(progress, performance.now() - begin)}`);
    await new Promise((resolve) => setImmediate(resolve));
    if (isInterrupted || performance.now() > saved + CHECKPOINT_INTERVAL) {
      save();
      saved = performance.now();
    }
    if (isInterrupted) process.exit(130);
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  save();
}

function fail(text: string, status: number): number {
  process.stderr.write(text);
  return status;
}
