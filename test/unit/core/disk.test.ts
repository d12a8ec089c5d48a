/** Reading the real disk: bounded, regular files only, faults as data. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDiskHost } from '../../../src/core/disk.js';

const host = createDiskHost();
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ionloom-disk-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('reads a file up to the bound', () => {
  const file = path.join(folder, 'a');
  writeFileSync(file, 'four');
  expect(host.readBytes(file, 4)).toEqual(new TextEncoder().encode('four'));
  expect(host.readBytes(file, 3)).toMatchObject({ kind: 'file-fault', reason: 'too-large' });
});

it.each([
  ['nothing', 'missing'],
  ['.', 'directory'],
  ['a\0b', 'other'],
])('tells why %j cannot be read', (name, reason) => {
  expect(host.readBytes(path.join(folder, name), 10)).toMatchObject({ kind: 'file-fault', reason });
});

it('does not read devices', () => {
  expect(host.readBytes('/dev/zero', 10)).toMatchObject({ kind: 'file-fault', reason: 'other' });
});

it('resolves targets from the folder of the file that names them', () => {
  expect(host.resolve('examples/a/b.ion', 'c/d.csv')).toBe('examples/a/c/d.csv');
  expect(host.resolve('examples/a/b.ion', '../d.csv')).toBe('examples/d.csv');
  expect(host.resolve('b.ion', '/data/d.csv')).toBe('/data/d.csv');
});
