/** Node's WebAssembly, which the ECMAScript library of TypeScript does not declare; only what this engine uses. */

export interface WasmModule {
  readonly kind?: never;
}

export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

interface WebAssemblyApi {
  compile(bytes: Uint8Array): Promise<WasmModule>;
  validate(bytes: Uint8Array): boolean;
  readonly Instance: new (module: WasmModule, imports?: object) => WasmInstance;
}

declare const WebAssembly: WebAssemblyApi;

export function compileWasm(bytes: Uint8Array): Promise<WasmModule> {
  return WebAssembly.compile(bytes);
}

export function isValidWasm(bytes: Uint8Array): boolean {
  return WebAssembly.validate(bytes);
}

export function instantiateWasm(module: WasmModule): WasmInstance {
  return new WebAssembly.Instance(module);
}
