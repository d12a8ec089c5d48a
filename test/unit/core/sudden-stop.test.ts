/** A build that is stopped at any of its calls to the file system: old or new, and whole after the next build. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Artifact } from '../../../src/core/artifact.js';
import { fillNewFolder, writeArtifacts, writeWholeFile } from '../../../src/core/output-folder.js';
import { keepRecord } from '../../support/hostile/trust-record.js';
import { stopAt, unsynced } from '../../support/sudden-stop.js';

type Files = Readonly<Record<string, string>>;

const OLD: Files = { 'rtl/a.sv': 'old a', 'rtl/gone.sv': 'old gone', 'deep/er/c': 'old c', files: 'old files' };
const NEW: Files = { 'rtl/a.sv': 'new a', 'rtl/b.sv': 'new b', files: 'new files' };
const MINE: Files = { 'rtl/notes.txt': 'mine' };

let root = '';
let folder = '';

beforeEach(() => {
  root = fs.mkdtempSync(path.join(tmpdir(), 'ionloom-stop-'));
  folder = path.join(root, 'out');
});
afterEach(() => {
  fs.rmSync(root, { recursive: true });
});

function build(files: Files): readonly Artifact[] {
  const artifacts = Object.entries(files).map(([name, text]): Artifact => ({ path: name, kind: 'other', text }));
  const paths = artifacts.map((artifact) => ({ path: artifact.path }));
  const text = JSON.stringify({ generator: 'ionloom', artifacts: paths });
  return [...artifacts, { path: 'manifest.json', kind: 'json', text }];
}

/** Content by path of what is below a folder, without what is ours while it is written. */
function content(): Files {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((item) => !item.isDirectory());
  const names = files.map((item) => path.relative(folder, path.join(item.parentPath, item.name)));
  const kept = names.filter((name) => !name.startsWith('.ionloom-staging'));
  return Object.fromEntries(kept.map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]));
}

function withManifest(files: Files): Files {
  return Object.fromEntries(build(files).map(({ path: name, text }) => [name, text]));
}

/** Starts from the build `OLD` and a file of the user's. */
function prepare(): void {
  fs.rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of Object.entries({ ...withManifest(OLD), ...MINE })) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
}

describe('a build that is stopped anywhere', () => {
  /** Every place where it can be stopped: `check` sees what it leaves. */
  function everywhere(check: () => void): number {
    for (let at = 0; ; at++) {
      prepare();
      if (!stopAt(at, () => writeArtifacts(folder, build(NEW)))) return at;
      check();
    }
  }

  it('leaves the old build or the new one under a manifest, and files of the user', () => {
    const places = everywhere(() => {
      const found = content();
      expect(found).toMatchObject(MINE);
      if (!('manifest.json' in found)) return;
      const isNew = found['manifest.json'] === withManifest(NEW)['manifest.json'];
      expect(found).toEqual({ ...withManifest(isNew ? NEW : OLD), ...MINE });
    });
    expect(places).toBeGreaterThan(80);
    keepRecord({
      what: 'stop a build at each of its calls to the file system',
      tried: places,
      faults: { mixtures: 0 },
    });
  });

  it('is finished or forgotten by the next one, which leaves nothing of it', () => {
    const places = everywhere(() => {
      expect(unsynced(() => writeArtifacts(folder, build({ files: 'third' })))).toBeUndefined();
      expect(content()).toEqual({ ...withManifest({ files: 'third' }), ...MINE });
      expect(fs.readdirSync(folder).filter((name) => name.startsWith('.ionloom'))).toEqual([]);
    });
    keepRecord({ what: 'build again behind such a stop', tried: places, faults: { 'lost files': 0 } });
  });

  it('loses nothing where the next one is stopped, too', () => {
    prepare();
    stopAt(60, () => writeArtifacts(folder, build(NEW)));
    const keep = path.join(root, 'keep');
    fs.cpSync(folder, keep, { recursive: true });
    for (let at = 0, isStopped = true; isStopped; at++) {
      fs.rmSync(folder, { recursive: true });
      fs.cpSync(keep, folder, { recursive: true });
      isStopped = stopAt(at, () => writeArtifacts(folder, build({ files: 'third' })));
      expect(unsynced(() => writeArtifacts(folder, build(NEW)))).toBeUndefined();
      expect(content()).toEqual({ ...withManifest(NEW), ...MINE });
    }
  });
});

it('a refused move in the middle takes all others back', () => {
  prepare();
  const forged = build({ ...NEW, 'x/y': '2', x: '1' });
  expect(writeArtifacts(folder, forged)).toMatchObject({ reason: 'system' });
  expect(content()).toEqual({ ...withManifest(OLD), ...MINE });
});

it('a new folder that is stopped anywhere is filled by the next try', () => {
  const files = Object.entries(NEW).map(([name, text]) => ({ path: name, content: text }));
  for (let at = 0, isStopped = true; isStopped; at++) {
    fs.rmSync(folder, { recursive: true, force: true });
    isStopped = stopAt(at, () => fillNewFolder(folder, files));
    const fault = unsynced(() => fillNewFolder(folder, files));
    // What was finished for a dead process is there already
    if (fault) expect(fault).toMatchObject({ reason: 'not-ours' });
    expect(content()).toEqual(NEW);
  }
});

it('a file that is stopped anywhere is the old one or the new one', () => {
  const file = path.join(folder, 'page.html');
  for (let at = 0, isStopped = true; isStopped; at++) {
    fs.rmSync(folder, { recursive: true, force: true });
    writeWholeFile(file, 'old');
    isStopped = stopAt(at, () => writeWholeFile(file, 'new'));
    expect(['old', 'new']).toContain(fs.readFileSync(file, 'utf8'));
    expect(writeWholeFile(file, 'third')).toBeUndefined();
    expect(content()).toEqual({ 'page.html': 'third' });
  }
});
