/** Results of long runs on disk, by the hash of all that went into them: a run that was broken off goes on. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hashOf } from '../support/trace-store.js';

const FOLDER = path.join('.cache', 'rtl-results');

/** What `compute` gave for the same parts before, or gives now; it must survive JSON. */
export function remembered<Value>(parts: readonly string[], compute: () => Value): Value {
  const file = fileOf(parts);
  // What this module wrote
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Value;
  const value = compute();
  write(file, value);
  return value;
}

/** Those of `keys` that `select` chooses, each asked for once: later runs may ask for other keys. */
export function rememberedChoice(
  parts: readonly string[],
  keys: readonly string[],
  select: (keys: ReadonlySet<string>) => ReadonlySet<string>,
): ReadonlySet<string> {
  const file = fileOf(parts);
  // What this module wrote
  const stored = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, boolean>) : {};
  const known = new Map(Object.entries(stored));
  const missing = new Set(keys.filter((key) => !known.has(key)));
  if (missing.size > 0) {
    const chosen = select(missing);
    for (const key of missing) known.set(key, chosen.has(key));
    write(file, Object.fromEntries(known));
  }
  return new Set(keys.filter((key) => known.get(key)));
}

function fileOf(parts: readonly string[]): string {
  return path.join(FOLDER, `${hashOf(parts)}.json`);
}

function write(file: string, value: unknown): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${file}.part`, JSON.stringify(value));
  renameSync(`${file}.part`, file);
}
