/** The cache of built models: whole entries or none, whoever else is at it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DiagnosticBag } from '../../../../src/core/diagnostic.js';
import { cacheFolder, cacheKey, findEntry, newWorkFolder, storeEntry } from '../../../../src/cosim/engines/cache.js';
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
