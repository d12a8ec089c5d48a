/** Results of long runs on disk, by the hash of all that went into them: a run that was broken off goes on. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hashOf } from '../support/trace-store.js';

const FOLDER = path.join('.cache', 'rtl-results');

/** What `compute` gave for the same parts before, or gives now; it must survive JSON. */
export function remembered<Value>(parts: readonly string[], compute: () => Value): Value {
  const file = path.join(FOLDER, `${hashOf(parts)}.json`);
  // What this function wrote
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Value;
  const value = compute();
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${file}.part`, JSON.stringify(value));
  renameSync(`${file}.part`, file);
  return value;
}
