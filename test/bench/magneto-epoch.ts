/** An epoch of examples/magneto-ionic, devices and noise included, beside the same network in plain single precision. */
import path from 'node:path';
import { mapStudy } from '../../src/compiler.js';
import { DiagnosticBag } from '../../src/core/diagnostic.js';
import { createDiskHost } from '../../src/core/disk.js';
import type { FileHost } from '../../src/core/file-host.js';
import { compileSource, withStandardLibrary } from '../../src/dsl/front-end.js';
import type { ScheduleStep } from '../../src/ir/study.js';
import { SampleLoader } from '../../src/load-samples.js';
import { createStudyRun } from '../../src/networks/run/create-study-run.js';
import { findTestData } from '../support/test-data.js';
import { cpuSeconds, type Measurement } from './measurement.js';
import { peerFields, runPeer } from './peers.js';

const FILE = 'examples/magneto-ionic/digits.ion';

/** The row: CPU seconds of an epoch of 60,000 digits in the field, all threads together. */
export function measureMagnetoEpoch(): Promise<Measurement> {
  const images = findTestData('mnist/train-images-idx3-ubyte.gz');
  const labels = findTestData('mnist/train-labels-idx1-ubyte.gz');
  if (!images || !labels) {
    return Promise.resolve({ note: 'no MNIST on this machine; IONLOOM_TEST_DATA names its folder' });
  }
  const epochs = [1, 2, 3].map(() => runEpoch(path.dirname(images)));
  const ours = Math.min(...epochs.map(({ seconds }) => seconds));
  const peer = peerFields('numpy', runPeer('numpy_epoch.py', [images, labels]), 'seconds');
  const accuracy = `${(100 * (epochs[0]?.accuracy ?? NaN)).toFixed(1)} % of the first epoch found`;
  return Promise.resolve({ ours, ...peer, note: ['note' in peer ? peer.note : undefined, `CPU time; ${accuracy}`].filter(Boolean).join('; ') }); // prettier-ignore
}

function runEpoch(folder: string): { readonly seconds: number; readonly accuracy: number } {
  const diagnostics = new DiagnosticBag();
  const disk = withStandardLibrary(createDiskHost());
  const placeOf = (file: string): string => (file.endsWith('.gz') ? path.join(folder, path.basename(file)) : file);
  const host: FileHost = { ...disk, readBytes: (file, limit) => disk.readBytes(placeOf(file), limit) };
  const source = { file: FILE, host, overrides: new Map<string, string>() };
  const network = compileSource(FILE, host, source.overrides, diagnostics);
  const study = network?.studies.find(({ name }) => name === 'LinearThenRelaxed');
  const mapped = network && study && mapStudy({ network, study, point: [] }, source, diagnostics);
  const samples = mapped && new SampleLoader(host).load(mapped, diagnostics);
  if (!samples) throw new Error(diagnostics.all.map(({ message }) => message).join('; '));
  const schedule = mapped.study.schedule.flatMap(firstEpoch);
  const start = process.cpuUsage();
  const run = createStudyRun({ ...mapped, study: { ...mapped.study, schedule, expectations: [] } }, samples);
  while (run.step()) continue;
  return { seconds: cpuSeconds(start), accuracy: run.result().curve[0]?.accuracy ?? NaN };
}

/** Training alone, once, and the field that it happens in. */
function firstEpoch(step: ScheduleStep): readonly ScheduleStep[] {
  if (step.kind === 'modulate' || step.kind === 'train') return [step];
  if (step.kind !== 'phase' || !step.steps.some(({ kind }) => kind === 'train')) return [];
  return [{ ...step, repeat: 1, steps: step.steps.flatMap(firstEpoch) }];
}
