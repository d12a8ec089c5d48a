/** The cache of built models: whole entries or none, whoever else is at it. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DiagnosticBag } from '../../../../src/core/diagnostic.js';
import { cacheFolder, cacheKey, findEntry, newWorkFolder, storeEntry } from '../../../../src/cosim/engines/cache.js';
import { CACHE_LIMITS, pruneCache, workName, type CacheLimits } from '../../../../src/cosim/engines/prune-cache.js';
import { prepareWasmModule } from '../../../../src/cosim/engines/wasm/prepare-module.js';
import { design } from '../../../support/model-fixture.js';

const FILE = { name: 'model.bin', bytes: Uint8Array.of(1, 2, 3) };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ionloom'));
  vi.stubEnv('IONLOOM_CACHE', path.join(folder, 'cache'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('cache', () => {
  it('finds what was stored, in a folder of its owner alone', () => {
    expect(findEntry('a')).toBeUndefined();
    const entry = storeEntry('a', [FILE]);
    expect(findEntry('a')).toBe(entry);
    expect([...readFileSync(path.join(entry, FILE.name))]).toEqual([1, 2, 3]);
    expect(statSync(cacheFolder()).mode & 0o077).toBe(0);
    expect(readdirSync(cacheFolder())).toEqual(['a']);
  });

  it('takes a damaged entry for none and replaces it', () => {
    const entry = storeEntry('a', [FILE]);
    writeFileSync(path.join(entry, FILE.name), 'rubbish');
    expect(findEntry('a')).toBeUndefined();
    storeEntry('a', [FILE]);
    expect(findEntry('a')).toBe(entry);
  });

  it('keeps the entry of a faster process', () => {
    storeEntry('a', [FILE]);
    storeEntry('a', [{ name: FILE.name, bytes: Uint8Array.of(9) }]);
    expect([...readFileSync(path.join(cacheFolder(), 'a', FILE.name))]).toEqual([1, 2, 3]);
  });

  it('tells parts of a key apart', () => {
    expect(cacheKey(['ab', 'c'])).not.toBe(cacheKey(['a', 'bc']));
    expect(cacheKey(['ab', 'c'])).toBe(cacheKey(['ab', 'c']));
  });

  it('names work folders by letters and digits only', () => {
    expect(path.basename(newWorkFolder())).toMatch(/^[a-z0-9]+$/);
  });

  it('builds a model again when its entry is damaged, and without any cache', async () => {
    const source = design('assign y_o = ~a_i;', { inputs: { a_i: 4 }, outputs: { y_o: 4 } });
    const bag = new DiagnosticBag();
    expect(await prepareWasmModule(source, bag)).toBeDefined();
    const [key] = readdirSync(cacheFolder());
    const file = path.join(cacheFolder(), key!, 'model.wasm');
    const intact = readFileSync(file);
    writeFileSync(file, intact.subarray(0, 20));
    expect(await prepareWasmModule(source, bag)).toBeDefined();
    expect(readFileSync(file).equals(intact)).toBe(true);
    writeFileSync(path.join(folder, 'file'), '');
    vi.stubEnv('IONLOOM_CACHE', path.join(folder, 'file', 'below'));
    expect(await prepareWasmModule(source, bag)).toBeDefined();
    expect(bag.all).toEqual([]);
  });
});

describe('pruning', () => {
  const DAY = 86_400;
  const LIMITS: CacheLimits = { maxAgeSeconds: 30 * DAY, maxBytes: 2500, graceSeconds: DAY };

  /** An entry, or another folder, of 1000 bytes that was last used so many days ago. */
  function addFolder(name: string, days: number): string {
    const added = path.join(cacheFolder(), name);
    mkdirSync(added, { recursive: true });
    writeFileSync(path.join(added, 'model.bin'), new Uint8Array(1000));
    const used = new Date(Date.now() - 1000 * DAY * days);
    utimesSync(added, used, used);
    return name;
  }

  const pruned = (limits: CacheLimits): string[] => {
    pruneCache(cacheFolder(), limits);
    return readdirSync(cacheFolder()).sort();
  };

  it('removes what is old, and the oldest beyond the size', () => {
    const [young, middle] = [addFolder(cacheKey([1]), 0), addFolder(cacheKey([2]), 3)];
    addFolder(cacheKey([3]), 5);
    addFolder(cacheKey([4]), 31);
    expect(pruned({ ...LIMITS, maxBytes: 1e9 })).toHaveLength(3);
    expect(pruned(LIMITS)).toEqual([young, middle].sort());
  });

  it('keeps what may be in use, whatever its size', () => {
    const names = [1, 2, 3, 4].map((part) => addFolder(cacheKey([part]), 0.5));
    expect(pruned(LIMITS)).toEqual(names.sort());
  });

  it('removes work folders that a killed process has left, and nothing that is not its own', () => {
    const kept = [addFolder('photos', 400), addFolder('work', 400), addFolder(workName(), 0)];
    addFolder(workName(), 2);
    expect(pruned(LIMITS)).toEqual(kept.sort());
  });

  it('happens when an entry is added; one that was found since counts as used', () => {
    const [found, forgotten] = [cacheKey(['found']), cacheKey(['forgotten'])];
    const old = new Date(Date.now() - 2 * 1000 * CACHE_LIMITS.maxAgeSeconds);
    const folders = [found, forgotten].map((key) => storeEntry(key, [FILE]));
    for (const entry of folders) utimesSync(entry, old, old);
    expect(findEntry(found)).toBeDefined();
    storeEntry(cacheKey(['new']), [FILE]);
    expect([found, forgotten].map((key) => findEntry(key) !== undefined)).toEqual([true, false]);
  });
});
