/** Formatting of a whole file: one edit, or none where nothing changes or the text does not parse. */
import type { TextEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { DiagnosticBag } from '../../core/diagnostic.js';
import { formatSource } from '../../dsl/format.js';

/** The edits that bring `document` into canonical layout. */
export function formatDocument(file: string, document: TextDocument): TextEdit[] {
  const text = document.getText();
  // Faults are told by the diagnostics of the document.
  const formatted = formatSource(file, text, new DiagnosticBag());
  if (formatted === undefined || formatted === text) return [];
  const range = { start: { line: 0, character: 0 }, end: document.positionAt(text.length) };
  return [{ range, newText: formatted }];
}
