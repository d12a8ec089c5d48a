/** How long an engine takes to have a model: with nothing there, behind another model, and of a model that it knows. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModelSource } from '../../src/cosim/engine.js';
import { squareSource } from './engine-bench.js';
import type { Measurement } from './measurement.js';

/** Build times of a controller [s], of the wall clock: an engine's tools are processes of their own. */
interface BuildTimes {
  /** Empty cache, fresh process. */
  readonly cold: number;
  /** Another design of the same size behind it: what designs share is there. */
  readonly warm: number;
  /** That design again, in a fresh process. */
  readonly cached: number;
}

const LINES = 64;

const NOTES: Readonly<Record<keyof BuildTimes, string>> = {
  cold: 'nothing cached',
  warm: 'another model was built before',
  cached: 'the model is in the cache',
};

const measured = new Map<string, BuildTimes>();

/** Both engines' builds are measured once for all rows of this process. */
export function measureBuild(engine: 'verilator' | 'wasm', stage: keyof BuildTimes): Promise<Measurement> {
  const times = measured.get(engine) ?? buildTimes(engine);
  measured.set(engine, times);
  return Promise.resolve({ ours: times[stage], note: `${LINES} x ${LINES}, wall clock; ${NOTES[stage]}` });
}

function buildTimes(engine: string): BuildTimes {
  const folder = mkdtempSync(path.join(tmpdir(), 'ionloom-bench-'));
  try {
    const source = squareSource(LINES);
    const files = [source, withComment(source)].map((design, index) => {
      const file = path.join(folder, `${String(index)}.json`);
      writeFileSync(file, JSON.stringify(design));
      return file;
    });
    const [cold = NaN, warm = NaN] = build(engine, folder, files);
    const [cached = NaN] = build(engine, folder, files.slice(1));
    return { cold, warm, cached };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same hardware, which no engine can know. */
function withComment(source: ModelSource): ModelSource {
  return { ...source, files: source.files.map(({ name, text }) => ({ name, text: commented(name, text) })) };
}

function commented(name: string, text: string): string {
  return /\.s?vh?$/.test(name) ? `${text}// another one\n` : text;
}

function build(engine: string, folder: string, files: readonly string[]): readonly number[] {
  const script = fileURLToPath(new URL('build-once.js', import.meta.url));
  const env = { ...process.env, IONLOOM_CACHE: path.join(folder, 'cache') };
  const output = execFileSync(process.execPath, [script, engine, ...files], { env, encoding: 'utf8' });
  return JSON.parse(output) as readonly number[];
}
