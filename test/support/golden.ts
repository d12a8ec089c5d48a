/** Files that a test compares with; `UPDATE_GOLDENS=1` rewrites them, and a person reads the difference. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/** The checkout's folder; golden paths are relative to it. */
export const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** Compares `actual` with the file at `path` (relative to the checkout), or writes it where goldens are updated. */
export function expectGolden(path: string, actual: string): void {
  const file = join(REPOSITORY, path);
  if (process.env['UPDATE_GOLDENS'] === '1') {
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file) || readFileSync(file, 'utf8') !== actual) writeFileSync(file, actual);
    return;
  }
  expect(existsSync(file), `${path} is missing; UPDATE_GOLDENS=1 writes it`).toBe(true);
  expect(actual).toBe(readFileSync(file, 'utf8'));
}
