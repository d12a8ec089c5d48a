/** `ionloom build --verify-reproducible`: the same build once more, where everything is different that must not matter. */
import path from 'node:path';
import type { Artifact } from '../core/artifact.js';
import { MANIFEST_NAME } from '../core/manifest-name.js';
import { packagePlace } from '../core/package-place.js';
import type { RecordingHost } from '../core/recording-host.js';
import { inScratchFolder } from '../core/scratch-folder.js';
import { runTool } from '../cosim/engines/child-process.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { CommandContext } from './command.js';
import { differingArtifacts } from './manifest.js';

/** What a build is made from and what it makes. */
export interface FinishedBuild {
  readonly file: string;
  /** With the manifest among them. */
  readonly artifacts: readonly Artifact[];
}

/** Options that decide what is built. */
export interface BuildChoice {
  readonly target: string;
  readonly freeze: boolean;
  readonly experiment?: string;
  readonly seed?: number;
  readonly set: ReadonlyMap<string, string>;
}

/** A place far from everybody's: decimal commas, letters of their own, a zone at three quarters of an hour. */
const ELSEWHERE = { TZ: 'Pacific/Chatham', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', UV_THREADPOOL_SIZE: '1' };

/** Longest time of the second build [s]. */
const LIMIT_SECONDS = 600;

/** Largest manifest [bytes]. */
const MAX_MANIFEST_BYTES = 2 ** 26;

/** Whether the second build comes to the same bytes; false after reporting what differs. */
export async function isReproducible(
  { file, artifacts }: FinishedBuild,
  choice: BuildChoice,
  { host, diagnostics }: CommandContext & { readonly host: RecordingHost },
): Promise<boolean> {
  const expected = artifacts.find((artifact) => artifact.path === MANIFEST_NAME)?.text ?? '';
  const files = host.filesRead().map((each) => each.path);
  const found = await inScratchFolder(files, async (folder) => {
    const command = [packagePlace('bin/ionloom.js'), ...argumentsOf(file, choice)];
    const place = { folder, limitSeconds: LIMIT_SECONDS, environment: { ...ELSEWHERE, HOME: folder } };
    const end = await runTool(process.execPath, command, place);
    const manifest = host.readBytes(path.join(folder, 'out', MANIFEST_NAME), MAX_MANIFEST_BYTES);
    if (manifest instanceof Uint8Array) return new TextDecoder().decode(manifest);
    return { reason: end.kind === 'missing' ? end.reason : end.output.trim().split('\n').slice(-3).join('; ') };
  });
  if (found === expected) return true;
  const differing = typeof found === 'string' ? differingArtifacts(expected, found) : [];
  const reason = typeof found === 'string' ? 'its files differ' : found.reason;
  diagnostics.report(CLI_CATALOGUE, 'not-reproducible', { file, differing, reason });
  return false;
}

function argumentsOf(file: string, { target, freeze, experiment, seed, set }: BuildChoice): readonly string[] {
  return [
    ...['build', file, '--output', 'out', '--target', target],
    ...(freeze ? ['--freeze'] : []),
    ...(experiment === undefined ? [] : ['--experiment', experiment]),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ...[...set].flatMap(([name, value]) => ['--set', `${name}=${value}`]),
  ];
}
