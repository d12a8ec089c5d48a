/** Writing builds: all or nothing, only our own files, never through links. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Artifact } from '../../../src/core/artifact.js';
import { InternalError } from '../../../src/core/invariant.js';
import { writeArtifacts, writeWholeFile } from '../../../src/core/output-folder.js';

let root = '';
let folder = '';

beforeEach(() => {
  root = fs.mkdtempSync(path.join(tmpdir(), 'ionloom-output-'));
  folder = path.join(root, 'out');
});
afterEach(() => {
  fs.rmSync(root, { recursive: true });
});

function build(files: Readonly<Record<string, string>>): readonly Artifact[] {
  const artifacts = Object.entries(files).map(([name, text]): Artifact => ({ path: name, kind: 'other', text }));
  const text = JSON.stringify({
    generator: 'ionloom',
    artifacts: artifacts.map((artifact) => ({ path: artifact.path })),
  });
  return [...artifacts, { path: 'manifest.json', kind: 'json', text }];
}

/** Content by path of all files below the output folder, the manifest left out. */
function content(): Record<string, string> {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((item) => !item.isDirectory());
  const names = files.map((item) => path.relative(folder, path.join(item.parentPath, item.name)));
  const others = names.filter((name) => name !== 'manifest.json').sort();
  return Object.fromEntries(others.map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]));
}

it('writes into a new folder and replaces a build of its own', () => {
  expect(writeArtifacts(folder, build({ 'rtl/a.sv': '1', 'rtl/b.sv': '1', 'deep/er/c': '1' }))).toBeUndefined();
  expect(content()).toEqual({ 'rtl/a.sv': '1', 'rtl/b.sv': '1', 'deep/er/c': '1' });
  expect(writeArtifacts(folder, build({ 'rtl/a.sv': '2' }))).toBeUndefined();
  expect(content()).toEqual({ 'rtl/a.sv': '2' });
  expect(fs.readdirSync(folder).sort()).toEqual(['manifest.json', 'rtl']);
});

it('leaves files of the user alone', () => {
  writeArtifacts(folder, build({ 'rtl/a.sv': '1', 'rtl/b.sv': '1' }));
  fs.writeFileSync(path.join(folder, 'rtl', 'notes.txt'), 'mine');
  writeArtifacts(folder, build({ 'doc.md': '2' }));
  expect(content()).toEqual({ 'doc.md': '2', 'rtl/notes.txt': 'mine' });
});

it('refuses a folder that holds other things', () => {
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'thesis.tex'), 'years');
  expect(writeArtifacts(folder, build({ a: '1' }))).toMatchObject({ reason: 'not-ours', path: folder });
  expect(content()).toEqual({ 'thesis.tex': 'years' });
});

it.each(['{"name":"app","artifacts":[]}', '[', '{"generator":"ionloom","artifacts":[{"path":7}]}'])(
  'does not take %s for a manifest of ours',
  (manifest) => {
    fs.mkdirSync(folder);
    fs.writeFileSync(path.join(folder, 'manifest.json'), manifest);
    expect(writeArtifacts(folder, build({ a: '1' }))).toMatchObject({ reason: 'not-ours' });
  },
);

it('refuses to replace a file or folder that no build made', () => {
  writeArtifacts(folder, build({ a: '1' }));
  fs.writeFileSync(path.join(folder, 'b'), 'mine');
  fs.rmSync(path.join(folder, 'a'));
  fs.mkdirSync(path.join(folder, 'a'));
  fs.writeFileSync(path.join(folder, 'a', 'c'), 'mine');
  expect(writeArtifacts(folder, build({ b: '2' }))).toMatchObject({ reason: 'not-ours', path: path.join(folder, 'b') });
  expect(writeArtifacts(folder, build({ a: '2' }))).toMatchObject({ reason: 'not-ours', path: path.join(folder, 'a') });
  expect(content()).toEqual({ b: 'mine', 'a/c': 'mine' });
});

it('does not write through links, nor remove through them', () => {
  const outside = path.join(root, 'outside');
  fs.mkdirSync(outside);
  fs.writeFileSync(path.join(outside, 'a.sv'), 'mine');
  writeArtifacts(folder, build({ 'rtl/a.sv': '1' }));
  fs.rmSync(path.join(folder, 'rtl'), { recursive: true });
  fs.symlinkSync(outside, path.join(folder, 'rtl'));
  expect(writeArtifacts(folder, build({ 'rtl/a.sv': '2' }))).toMatchObject({ reason: 'link' });
  expect(writeArtifacts(folder, build({ b: '2' }))).toBeUndefined();
  expect(fs.readFileSync(path.join(outside, 'a.sv'), 'utf8')).toBe('mine');
});

it('does not follow a manifest out of the folder', () => {
  writeArtifacts(folder, build({ a: '1' }));
  fs.writeFileSync(path.join(root, 'precious'), 'mine');
  const forged = { generator: 'ionloom', artifacts: [{ path: '../precious' }, { path: 'a' }] };
  fs.writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(forged));
  expect(writeArtifacts(folder, build({ b: '2' }))).toBeUndefined();
  expect(fs.readFileSync(path.join(root, 'precious'), 'utf8')).toBe('mine');
});

it('does not take a folder that a manifest names for a file', () => {
  writeArtifacts(folder, build({ a: '1' }));
  fs.mkdirSync(path.join(folder, 'thesis'));
  fs.writeFileSync(path.join(folder, 'thesis', 'text'), 'years');
  const forged = { generator: 'ionloom', artifacts: [{ path: 'thesis' }] };
  fs.writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(forged));
  expect(writeArtifacts(folder, build({ b: '2' }))).toBeUndefined();
  expect(content()).toMatchObject({ 'thesis/text': 'years' });
});

it.each(['../precious', '/precious', 'link/precious'])('does not follow a journal to %s', (name) => {
  const outside = path.join(root, 'outside');
  fs.mkdirSync(outside);
  for (const place of [root, outside]) fs.writeFileSync(path.join(place, 'precious'), 'mine');
  fs.mkdirSync(path.join(folder, '.ionloom-staging'), { recursive: true });
  fs.symlinkSync(outside, path.join(folder, 'link'));
  fs.writeFileSync(path.join(folder, '.ionloom-staging', 'owner-999999999'), '');
  const forged = { names: [], stale: [name] };
  fs.writeFileSync(path.join(folder, '.ionloom-staging', 'forward.json'), JSON.stringify(forged));
  expect(writeArtifacts(folder, build({ a: '1' }))).toMatchObject({ reason: 'not-ours' });
  expect(fs.readFileSync(path.join(root, 'precious'), 'utf8')).toBe('mine');
  expect(fs.readFileSync(path.join(outside, 'precious'), 'utf8')).toBe('mine');
});

it('waits for nobody: a running writer is a fault, a dead one is swept away', () => {
  writeArtifacts(folder, build({ a: '1' }));
  const staging = path.join(folder, '.ionloom-staging');
  fs.mkdirSync(staging);
  fs.writeFileSync(path.join(staging, `owner-${process.ppid}`), '');
  expect(writeArtifacts(folder, build({ a: '2' }))).toMatchObject({ reason: 'busy' });
  expect(fs.readFileSync(path.join(folder, 'a'), 'utf8')).toBe('1');
  fs.renameSync(path.join(staging, `owner-${process.ppid}`), path.join(staging, 'owner-999999999'));
  expect(writeArtifacts(folder, build({ a: '2' }))).toBeUndefined();
  expect(content()).toEqual({ a: '2' });
});

it('says why the system refuses', () => {
  fs.writeFileSync(folder, 'a file');
  expect(writeArtifacts(folder, build({ a: '1' }))).toMatchObject({ reason: 'system', path: folder });
  expect(fs.readFileSync(folder, 'utf8')).toBe('a file');
});

it.each(['../a', '/a', 'a//b', 'a\\b', '', '.git/config', 'a/./b'])(
  'takes the artifact path %j for our bug',
  (name) => {
    expect(() => writeArtifacts(folder, build({ [name]: '1' }))).toThrow(InternalError);
    expect(fs.existsSync(folder)).toBe(false);
  },
);

it('replaces one file whole, not a link', () => {
  const file = path.join(root, 'pages', 'report.html');
  expect(writeWholeFile(file, '1')).toBeUndefined();
  expect(writeWholeFile(file, '2')).toBeUndefined();
  expect(fs.readFileSync(file, 'utf8')).toBe('2');
  expect(fs.readdirSync(path.dirname(file))).toEqual(['report.html']);
  fs.symlinkSync(file, path.join(root, 'link'));
  expect(writeWholeFile(path.join(root, 'link'), '3')).toMatchObject({ reason: 'link' });
  expect(fs.readFileSync(file, 'utf8')).toBe('2');
});

it('leaves no folder behind where it cannot write', () => {
  const inner = path.join(folder, 'a', 'b');
  const forged = build({ x: '1', 'x/y': '2' });
  expect(writeArtifacts(inner, forged)).toMatchObject({ reason: 'system', path: inner });
  expect(fs.existsSync(folder)).toBe(false);
  expect(writeWholeFile(path.join(folder, 'a', 'n'.repeat(300)), '1')).toMatchObject({ reason: 'system' });
  expect(fs.existsSync(folder)).toBe(false);
});

it.runIf(process.platform === 'linux')('ends where the file system makes no folders', () => {
  expect(writeArtifacts('/proc/ionloom/out', build({ a: '1' }))).toMatchObject({ reason: 'system' });
  expect(writeWholeFile('/proc/ionloom/page.html', '1')).toMatchObject({ reason: 'system' });
});

it('says why a file is no folder', () => {
  fs.writeFileSync(folder, 'a file');
  const file = path.join(folder, 'page.html');
  expect(writeWholeFile(file, '1')).toMatchObject({ reason: 'system', path: file });
});
