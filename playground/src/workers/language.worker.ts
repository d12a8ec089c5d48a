/** The front end in a worker: checks what is typed, colors it, and says what is known about places of it. */
import { CompletionItemKind } from 'vscode-languageserver/node';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { formatSource } from '../../../src/dsl/format.js';
import { complete } from '../../../src/lsp/features/completion.js';
import { hover } from '../../../src/lsp/features/hover.js';
import { semanticTokens } from '../../../src/lsp/features/semantic-tokens.js';
import { ObservationCache } from '../../../src/lsp/observations.js';
import { Workspace } from '../../../src/lsp/workspace.js';
import { FileStore } from '../host/files.js';
import type { Checked, CompletionEntry, HoverText, LanguageAnswer, LanguageRequest, Project } from '../protocol.js';

const store = new FileStore();
const workspace = new Workspace(store);
const observations = new ObservationCache(workspace);
let project: Project = { main: '', files: new Map() };

addEventListener('message', ({ data }: MessageEvent<LanguageRequest>) => {
  if (data.kind === 'project') setProject(data.project);
  else if (data.kind === 'edit') workspace.open(data.file, data.text);
  else postMessage(answerOrFailure(data));
});

/** A question that has an answer. */
type Question = Exclude<LanguageRequest, { readonly kind: 'project' | 'edit' }>;

function setProject(next: Project): void {
  for (const file of project.files.keys()) workspace.close(file);
  project = next;
  store.files = next.files;
  workspace.beginTurn();
}

/** A bug of ours must not end the session; the next change is checked again. */
function answerOrFailure(question: Question): LanguageAnswer {
  try {
    workspace.beginTurn();
    return answer(question);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: 'failure', id: question.id, reason };
  }
}

function answer(question: Question): LanguageAnswer {
  const { id, file } = question;
  switch (question.kind) {
    case 'check':
      return { kind: 'check', id, ...check(file) };
    case 'complete':
      return { kind: 'complete', id, items: completionsAt(file, question.offset) };
    case 'hover':
      return { kind: 'hover', id, hover: hoverAt(file, question.offset) };
    case 'format':
      return { kind: 'format', id, text: formatSource(file, textOf(file), new DiagnosticBag()) };
  }
}

function textOf(file: string): string {
  return workspace.index(file)?.text ?? '';
}

/** What the compiler says of the whole program, and the tokens of the file in the editor. */
function check(file: string): Checked {
  const index = file.endsWith('.ion') ? workspace.index(file) : undefined;
  const declared = workspace.index(project.main)?.declarations ?? [];
  const diagnostics = workspace.checking.check(project.main);
  // A file that the program does not import is checked by itself
  const isPart = file === project.main || !file.endsWith('.ion');
  const own = isPart ? [] : workspace.checking.check(file);
  return {
    tokens: index ? semanticTokens(index, workspace.resolver) : [],
    diagnostics: [...diagnostics, ...own.filter((one) => !diagnostics.some((other) => isSame(one, other)))],
    experiments: declared.filter(({ kind }) => kind === 'experiment').map(({ name }) => name.name),
  };
}

type Found = Checked['diagnostics'][number];

function isSame(one: Found, other: Found): boolean {
  const isPlace = one.span?.file === other.span?.file && one.span?.start.offset === other.span?.start.offset;
  return isPlace && one.code === other.code;
}

const KIND_NAMES = new Map(Object.entries(CompletionItemKind).map(([name, kind]) => [kind, name.toLowerCase()]));

function completionsAt(file: string, offset: number): readonly CompletionEntry[] {
  const index = workspace.index(file);
  if (!index) return [];
  return complete(index, offset, workspace).items.map(({ label, insertText, kind, detail = '', sortText }) => ({
    label,
    insert: insertText ?? label,
    kind: kind === undefined ? '' : (KIND_NAMES.get(kind) ?? ''),
    detail,
    order: sortText ?? label,
  }));
}

function hoverAt(file: string, offset: number): HoverText | undefined {
  const index = workspace.index(file);
  if (!index) return undefined;
  const found = hover(index, offset, workspace, () => observations.of(index));
  if (!found?.range || typeof found.contents !== 'object' || !('value' in found.contents)) return undefined;
  const { start, end } = found.range;
  return {
    from: offsetOf(index.text, start.line, start.character),
    to: offsetOf(index.text, end.line, end.character),
    markdown: found.contents.value,
  };
}

function offsetOf(text: string, line: number, character: number): number {
  let start = 0;
  for (let count = 0; count < line; count++) start = text.indexOf('\n', start) + 1;
  return start + character;
}
