/** Recorded runs on disk: one folder for each design, with the design itself and its runs. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { ModelSource } from '../../src/cosim/engine.js';
import { traceSide, type PortTrace } from './port-trace.js';

/** A design, its parts as they were when it ran, and its recorded runs. */
export interface RecordedDesign {
  /** Hash of the design. */
  readonly key: string;
  readonly source: ModelSource;
  readonly traces: readonly PortTrace[];
  /** Hash of the runs. */
  readonly runs: string;
}

const DESIGN_FILE = 'design.json';
const TRACE_SUFFIX = '.trace.gz';

/** Adds a run of `source`; the same run is kept once. */
export function storeTrace(store: string, source: ModelSource, trace: PortTrace): void {
  if (trace.clocks === 0) return;
  const folder = path.join(store, hashOf([JSON.stringify(source)]));
  mkdirSync(folder, { recursive: true });
  const design = path.join(folder, DESIGN_FILE);
  if (!existsSync(design)) writeFileSync(design, JSON.stringify(source));
  const bytes = wordsToBytes([Uint32Array.of(trace.clocks), trace.inputs, trace.outputs, trace.reads]);
  writeFileSync(path.join(folder, `${hashOf([bytes])}${TRACE_SUFFIX}`), gzipSync(bytes, { level: 1 }));
}

/** Every design of a store with its runs, in an order that depends on their content only. */
export function* storedDesigns(store: string): Generator<RecordedDesign> {
  for (const key of readdirSync(store).sort()) {
    const design = path.join(store, key, DESIGN_FILE);
    if (!existsSync(design)) continue;
    // What this module wrote
    const source = JSON.parse(readFileSync(design, 'utf8')) as ModelSource;
    const names = readdirSync(path.join(store, key)).filter((name) => name.endsWith(TRACE_SUFFIX));
    const traces = names.sort().map((name) => readTrace(path.join(store, key, name), source));
    yield { key, source, traces, runs: hashOf(names) };
  }
}

function readTrace(file: string, source: ModelSource): PortTrace {
  const bytes = gunzipSync(readFileSync(file));
  const words = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const clocks = words[0] ?? 0;
  const outputsAt = 1 + clocks * traceSide(source.ports, 'input').words;
  const readsAt = outputsAt + clocks * traceSide(source.ports, 'output').words;
  return {
    clocks,
    inputs: words.slice(1, outputsAt),
    outputs: words.slice(outputsAt, readsAt),
    reads: words.slice(readsAt),
  };
}

/** Numbers as the bytes of this machine, one list after the other. */
export function wordsToBytes(lists: readonly Uint32Array[]): Buffer {
  return Buffer.concat(lists.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)));
}

/** First half of the SHA-256 of the parts. */
export function hashOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 32);
}
