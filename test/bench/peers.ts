/**
 * Peers of the bench that are Python packages, in an environment of their own: the Python that
 * `IONLOOM_BENCH_PYTHON` names, or the one that `npm run bench -- --with-peers` installs beside the cache folder.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../../src/cosim/engines/cache.js';
import { ONE_THREAD, runNative } from './native.js';

/**
 * The wheel of aihwkit 1.1.0 only works with the torch that it was built for; a newer aihwkit is source text that needs a
 * compiler and OpenBLAS. badcrossbar comes without cairo, which only its plots use.
 */
const PACKAGES = ['torch==2.10.0', 'aihwkit==1.1.0', 'numpy', 'scipy', 'pathvalidate', 'sigfig'];
const PACKAGES_ALONE = ['badcrossbar==1.1.0'];

/** Of the last cocotb that works with Verilator 5.006, in an environment of its own: ours needs the next. */
const COCOTB_PACKAGES = ['cocotb==1.9.2'];

/** Environments by name. */
export type PeerEnvironment = 'peers' | 'cocotb';

/** What a script in `test/bench/peers` found, or why it could not. */
export type PeerResult =
  { readonly kind: 'found'; readonly version: string; readonly values: ReadonlyMap<string, unknown> } | MissingPeer;

export interface MissingPeer {
  readonly kind: 'missing';
  readonly why: string;
}

function environmentFolder(name: PeerEnvironment): string {
  return path.join(`${cacheFolder()}-bench`, name);
}

/** The Python with the peers, if there is one. */
function findPython(name: PeerEnvironment): string | undefined {
  const { IONLOOM_BENCH_PYTHON: chosen } = process.env;
  if (chosen) return chosen;
  const installed = path.join(environmentFolder(name), 'bin', 'python');
  return existsSync(installed) ? installed : undefined;
}

/** Installs the peers where they are not yet (minutes, and some gigabytes); throws where that fails. */
export function installPeers(): void {
  installInto('peers', (install) => {
    run([...install, '--only-binary', 'aihwkit,torch,numpy,scipy', ...PACKAGES]);
    run([...install, '--no-deps', ...PACKAGES_ALONE]);
  });
  installInto('cocotb', (install) => {
    run([...install, ...COCOTB_PACKAGES]);
  });
}

function installInto(name: PeerEnvironment, work: (install: readonly string[]) => void): void {
  if (findPython(name) !== undefined) return;
  const folder = environmentFolder(name);
  try {
    run(['python3', '-m', 'venv', folder]);
    work([path.join(folder, 'bin', 'python'), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check']);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function run([program = '', ...args]: readonly string[]): void {
  console.error(`${program} ${args.join(' ')} ...`);
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error ?? status !== 0) throw new Error(`${program} ${args.join(' ')} failed`);
}

/** Runs a script in a process of its own, on one thread. */
export function runPeer(
  script: string,
  args: readonly (string | number)[],
  input: object = {},
  environment: PeerEnvironment = 'peers',
): PeerResult {
  const python = findPython(environment);
  if (python === undefined) return missing('not installed; `npm run bench -- --with-peers` does that');
  const file = path.join('test', 'bench', 'peers', script);
  const { status, error, stdout, stderr } = spawnSync(python, [file, ...args.map(String)], {
    encoding: 'utf8',
    env: { ...process.env, ...ONE_THREAD },
    input: JSON.stringify(input),
    maxBuffer: 2 ** 28,
  });
  if (error || status !== 0) return missing(`${script} fails: ${error?.message ?? lastLine(stderr)}`);
  // The scripts print one object, see there.
  const { version, ...values } = JSON.parse(lastLine(stdout)) as Record<string, unknown>;
  return { kind: 'found', version: String(version), values: new Map(Object.entries(values)) };
}

function missing(why: string): MissingPeer {
  return { kind: 'missing', why };
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

/** Fields of a row for a peer. */
export type PeerFields = { readonly peer: number; readonly peerName: string } | { readonly note: string };

/** The value `key` of what a script finds, as fields of a row. */
export function peerFields(name: string, result: PeerResult, key: string): PeerFields {
  if (result.kind === 'missing') return { note: `${name}: ${result.why}` };
  return { peer: Number(result.values.get(key)), peerName: `${name} ${result.version}` };
}

/** Single-precision matrix-vector products per second of the OpenBLAS that numpy brings along. */
export function openBlasProducts(size: number): PeerFields {
  const place = runPeer('openblas.py', []);
  if (place.kind === 'missing') return { note: `OpenBLAS: ${place.why}` };
  const { values } = place;
  try {
    const [rate = NaN] = runNative('sgemv', [
      String(values.get('library')),
      String(values.get('symbol')),
      String(size),
    ]);
    return { peer: rate, peerName: `OpenBLAS ${place.version}` };
  } catch (error) {
    return { note: `OpenBLAS: ${error instanceof Error ? error.message : String(error)}` };
  }
}
