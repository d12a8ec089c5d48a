/** Compiles a text in memory, for tests of the front end. */
import { DiagnosticBag } from '../../src/core/diagnostic.js';
import { compileSource } from '../../src/dsl/front-end.js';
import { memoryHost } from './memory-host.js';

/** The network of `text` with further files, and the codes of all diagnostics in order. */
export function compileText(
  text: string,
  files: Readonly<Record<string, string | Uint8Array>> = {},
  overrides: Readonly<Record<string, string>> = {},
) {
  const diagnostics = new DiagnosticBag();
  const host = memoryHost({ 'input.ion': text, ...files });
  const network = compileSource('input.ion', host, new Map(Object.entries(overrides)), diagnostics);
  return { network, codes: diagnostics.all.map(({ code }) => code), diagnostics: diagnostics.all };
}
