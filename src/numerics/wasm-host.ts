/** Node's WebAssembly, which the ECMAScript library of TypeScript does not declare; only what is used here. */
import { PAGE_BYTES } from './wasm-binary.js';

declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number; maximum: number; shared: boolean }) => { buffer: ArrayBufferLike };
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (module: WasmModule, imports: object) => { readonly exports: unknown };
};

/** A compiled module; may be sent to another thread. */
export type WasmModule = object;

/** Memory that modules import as `env.memory`. */
export interface WasmMemory<Buffer extends ArrayBufferLike = ArrayBufferLike> {
  readonly buffer: Buffer;
}

/** Memory of at least `bytes`, for this thread. */
export function createMemory(bytes: number): WasmMemory<ArrayBuffer> {
  // Memory that is not shared has a buffer that is not.
  return pagesOf(bytes, false) as WasmMemory<ArrayBuffer>;
}

/** Memory of at least `bytes` that threads may share. */
export function createSharedMemory(bytes: number): WasmMemory {
  return pagesOf(bytes, true);
}

function pagesOf(bytes: number, shared: boolean): WasmMemory {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
}

/** The module of a binary; throws where it is not valid. */
export function compileModule(binary: Uint8Array): WasmModule {
  return new WebAssembly.Module(binary);
}

/** What `module` exports, on `memory` where it imports one; its types are known to the author of the module only. */
export function instantiateModule<Exports>(module: WasmModule, memory?: WasmMemory): Exports {
  return new WebAssembly.Instance(module, memory ? { env: { memory } } : {}).exports as Exports;
}
