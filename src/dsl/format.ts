/** The formatter: canonical layout, every comment kept. */
import type { DiagnosticBag } from '../core/diagnostic.js';
import { parseSource } from './parse/parse-source.js';
import { printSource } from './print-ast.js';

/**
 * `text` in canonical layout: `\n` line ends, two-blank indents, at most one blank line in a row. Formatting
 * twice changes nothing more. Undefined after reporting to `diagnostics` where the text does not parse.
 */
export function formatSource(file: string, text: string, diagnostics: DiagnosticBag): string | undefined {
  const source = parseSource(file, text.replace(/^\ufeff/, ''), diagnostics);
  return source && printSource(source);
}
