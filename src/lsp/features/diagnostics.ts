/** What the compiler says about a file, in the terms of the protocol. */
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic as EditorDiagnostic } from 'vscode-languageserver/node';
import type { Diagnostic } from '../../core/diagnostic.js';
import type { Span } from '../../core/span.js';
import type { TextLiteral } from '../../dsl/syntax/nodes.js';
import { rangeOf, uriOfPath } from '../places.js';
import type { Workspace } from '../workspace.js';

/** Diagnostics of one file, at most; more of them help nobody. */
const MAX_DIAGNOSTICS = 500;

/** Checks a file down to phase `network`. Nothing is scheduled, built or run. */
export function checkFile(file: string, workspace: Workspace): EditorDiagnostic[] {
  const found = workspace.checking.check(file);
  const isOwn = ({ span }: Diagnostic): boolean => span === undefined || span.file === file;
  const own = found.filter(isOwn);
  const foreign = found.filter((diagnostic) => !isOwn(diagnostic));
  return [...own.map(editorDiagnostic), ...foreignFaults(file, foreign, workspace)].slice(0, MAX_DIAGNOSTICS);
}

function editorDiagnostic({ code, severity, message, span, help, related = [] }: Diagnostic): EditorDiagnostic {
  return {
    range: span ? rangeOf(span) : FILE_START,
    severity: SEVERITIES[severity],
    code,
    source: 'ionloom',
    ...(UNNECESSARY.includes(code) && { tags: [DiagnosticTag.Unnecessary] }),
    message: help === undefined ? message : `${message}\nhelp: ${help}`,
    relatedInformation: related.map((place) => ({ message: place.message, location: locationOf(place.span) })),
  };
}

/** Codes of what could be removed, which editors show faded. */
const UNNECESSARY: readonly string[] = ['dsl/unused-name'];

const FILE_START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
} as const satisfies Readonly<Record<Diagnostic['severity'], DiagnosticSeverity>>;

function locationOf(span: Span) {
  return { uri: uriOfPath(span.file), range: rangeOf(span) };
}

/** Errors of other files are told where those are imported, the first of each file. */
function foreignFaults(file: string, diagnostics: readonly Diagnostic[], workspace: Workspace): EditorDiagnostic[] {
  const first = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const foreignFile = diagnostic.span?.file ?? '';
    if (diagnostic.severity === 'error' && !first.has(foreignFile)) first.set(foreignFile, diagnostic);
  }
  return [...first].map(([foreignFile, { code, message, span }]) => ({
    range: rangeOfImport(file, foreignFile, workspace),
    severity: DiagnosticSeverity.Error,
    code,
    source: 'ionloom',
    message: `an imported file has errors: ${message}`,
    relatedInformation: span ? [{ message, location: locationOf(span) }] : [],
  }));
}

/** The path of the import that brings `foreignFile`; the start of the file where another file brings it. */
function rangeOfImport(file: string, foreignFile: string, workspace: Workspace) {
  const imports = workspace.index(file)?.declarations.filter(({ kind }) => kind === 'import') ?? [];
  const found = imports.find(({ from = '', name }) => workspace.importedFile(file, from, name.name) === foreignFile);
  const path = (found ?? imports[0])?.clause.node['path'] as TextLiteral | undefined;
  return path ? rangeOf(path.span) : FILE_START;
}
