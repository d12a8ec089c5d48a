/** The compiled WebAssembly module of a design, from the cache where it is there. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DiagnosticBag } from '../../../core/diagnostic.js';
import type { ModelSource } from '../../engine.js';
import { cacheKey, codeFingerprint, findEntry, storeEntry } from '../cache.js';
import { buildWasmModel } from './build-model.js';
import { compileWasm, type WasmModule } from './webassembly.js';
import { YOSYS_VERSION } from './yosys.js';

const MODULE_FILE = 'model.wasm';

/** The compiled module, from the cache or built; undefined after reporting to `diagnostics`. */
export async function prepareWasmModule(
  source: ModelSource,
  diagnostics: DiagnosticBag,
): Promise<WasmModule | undefined> {
  const key = cacheKey(['wasm', YOSYS_VERSION, codeFingerprint(import.meta.dirname), source]);
  const entry = findEntry(key);
  if (entry !== undefined) return compileWasm(readFileSync(path.join(entry, MODULE_FILE)));
  const reportedBefore = diagnostics.all.length;
  const bytes = await buildWasmModel(source, diagnostics);
  if (!bytes) return undefined;
  // A design that Yosys warned about is read again next time, so that the warning is told again
  if (diagnostics.all.length === reportedBefore) keep(key, bytes);
  return compileWasm(bytes);
}

/** Without a writable cache the next run builds again, which is only slower. */
function keep(key: string, bytes: Uint8Array): void {
  try {
    storeEntry(key, [{ name: MODULE_FILE, bytes }]);
  } catch {
    return;
  }
}
