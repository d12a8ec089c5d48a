/** The folder that `cosim --break-on mismatch` writes: the smallest experiment that shows a mismatch, with its RTL. */
import { z } from 'zod';
import type { Artifact } from '../core/artifact.js';
import type { FileHost } from '../core/file-host.js';
import type { CosimResult } from '../cosim/cosimulate.js';
import type { SeedJob } from '../cosim/job.js';
import type { EventPair } from '../cosim/observe/event-log.js';
import type { PartSize } from '../cosim/observe/shrink-run.js';
import { schemaByPhase, scheduledArraySchema, tileStartSchema } from '../ir/schema.js';
import { createManifest } from './manifest.js';
import { readVersion } from './version.js';

export const EXPERIMENT_FILE = 'experiment.json';
const EVENTS_FILE = 'events.json';
/** What an experiment file begins with. */
const FORMAT = 'ionloom-experiment-1';
const MAX_BYTES = 2 ** 28;
const RTL_FOLDER = 'rtl';

/** Files of the folder, the manifest at the end. */
export function reproductionArtifacts(result: CosimResult, host: FileHost): readonly Artifact[] {
  const { reproduction, observations, engine } = result;
  if (!reproduction || !observations?.stop) return [];
  const { run, source, before, after, trials, stop } = reproduction;
  const document = { format: FORMAT, files: source.files.map(({ name }) => name), run };
  const size = { before, after, trials };
  const artifacts: readonly Artifact[] = [
    { path: EXPERIMENT_FILE, kind: 'json', text: `${JSON.stringify(document, undefined, 1)}\n` },
    { path: EVENTS_FILE, kind: 'json', text: eventsText(observations.stop.events) },
    { path: 'events-small.json', kind: 'json', text: eventsText(stop.events) },
    { path: 'README.md', kind: 'markdown', text: readmeText({ engine, size, result }) },
    ...source.files.map(({ name, text }): Artifact => ({ path: `${RTL_FOLDER}/${name}`, kind: 'systemverilog', text })),
  ];
  const header = { version: readVersion(host), source: run.legal.source, top: source.top };
  return [...artifacts, createManifest(header, artifacts)];
}

/** The command that shows the mismatch again, from the folder in which the reproduction lies. */
export function replayCommand(folder: string, engine: string): string {
  return `npx ionloom cosim ${folder}/${EXPERIMENT_FILE} --engine ${engine}`;
}

/** A list with one event a line. */
function eventsText(events: readonly EventPair[]): string {
  return events.length === 0 ? '[]\n' : `[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]\n`;
}

interface ReadmeFacts {
  readonly engine: string;
  readonly size: { readonly before: PartSize; readonly after: PartSize; readonly trials: number };
  readonly result: CosimResult;
}

function readmeText({ engine, size, result }: ReadmeFacts): string {
  const { before, after, trials } = size;
  const stop = result.reproduction?.stop;
  const sizeText = ({ dataSets, entries, spikes }: PartSize): string =>
    `data sets ${dataSets}, work-list entries ${entries}, spikes ${spikes}`;
  const { signal, expected, found } = stop?.divergence ?? { signal: '', expected: '', found: '' };
  return [
    '# A mismatch between controller and pulse program',
    '',
    `\`${signal}\` is ${found}, expected ${expected}. To see it again, in the folder that holds this one:`,
    '',
    `    ${replayCommand('THIS-FOLDER', engine)}`,
    '',
    `* \`${EXPERIMENT_FILE}\`: device, program and data of the smallest run that was found in ${trials} runs:`,
    `  ${sizeText(after)}. Before: ${sizeText(before)}.`,
    `* \`${RTL_FOLDER}/\`: the SystemVerilog that ran. The command reads it from here, so a change of it can be tried at once.`,
    `* \`${EVENTS_FILE}\`: the last events before the first mismatch of the whole run, what the RTL did beside what the`,
    '  program says; `events-small.json`: the same of the small run.',
    '',
  ].join('\n');
}

/** A reproduction as it is read back. */
export interface SavedExperiment {
  readonly run: SeedJob;
  /** In dependency order. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

const savedSchema = z.strictObject({
  format: z.literal(FORMAT),
  files: z.array(z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/)),
  run: z.strictObject({
    scheduled: scheduledArraySchema,
    legal: schemaByPhase.legal,
    seed: z.int().nonnegative(),
    start: tileStartSchema,
  }),
});

/** The experiment in `file` with the RTL beside it, or why it is none. */
export function readExperiment(file: string, host: FileHost): SavedExperiment | string {
  const text = readText(file, host);
  if (typeof text !== 'string') return text.reason;
  const parsed = savedSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'no experiment'}`;
  }
  const files = [];
  for (const name of parsed.data.files) {
    const content = readText(host.resolve(file, `${RTL_FOLDER}/${name}`), host);
    if (typeof content !== 'string') return `${RTL_FOLDER}/${name}: ${content.reason}`;
    files.push({ name, text: content });
  }
  return { run: parsed.data.run, files };
}

function readText(file: string, host: FileHost): string | { readonly reason: string } {
  const bytes = host.readBytes(file, MAX_BYTES);
  return bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : { reason: bytes.text };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
