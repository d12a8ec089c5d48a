/** Joins the requests of the protocol with the features that answer them. */
import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { complete } from './features/completion.js';
import { findDefinition } from './features/definition.js';
import { documentSymbols } from './features/document-symbols.js';
import { formatDocument } from './features/format.js';
import { hover } from './features/hover.js';
import { findHighlights, findReferences } from './features/references.js';
import { prepareRename, rename, type Refusal } from './features/rename.js';
import { signatureHelp } from './features/signature-help.js';
import type { FileIndex } from './names/symbols.js';
import { ObservationCache } from './observations.js';
import { pathOfUri } from './places.js';
import { fieldsOf, refusal, requireDocument, requireOffset, requireText } from './requests.js';
import type { Workspace } from './workspace.js';

/** A place of an open document. */
interface Place {
  readonly index: FileIndex;
  readonly offset: number;
}

/** Answers the requests of `connection` about `documents`. */
export function registerFeatures(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  workspace: Workspace,
): void {
  const observations = new ObservationCache(workspace);
  const indexOf = (params: unknown): FileIndex | undefined => {
    workspace.beginTurn();
    return workspace.index(pathOfUri(requireDocument(documents, params).uri));
  };
  /** Answers null where nothing can be read of the document. */
  const at = <Answer>(params: unknown, answer: (place: Place) => Answer | undefined): Answer | null => {
    const offset = requireOffset(requireDocument(documents, params), params);
    const index = indexOf(params);
    return (index && answer({ index, offset })) ?? null;
  };
  connection.onHover((params) =>
    at(params, ({ index, offset }) => hover(index, offset, workspace, () => observations.of(index))),
  );
  connection.onCompletion((params) => at(params, ({ index, offset }) => complete(index, offset, workspace)));
  connection.onSignatureHelp((params) => at(params, ({ index, offset }) => signatureHelp(index, offset, workspace)));
  connection.onDefinition((params) => at(params, ({ index, offset }) => findDefinition(index, offset, workspace)));
  connection.onReferences((params) => {
    const isDeclarationWanted = fieldsOf(fieldsOf(params)['context'])['includeDeclaration'] === true;
    return at(params, ({ index, offset }) => findReferences(index, offset, isDeclarationWanted, workspace));
  });
  connection.onDocumentHighlight((params) =>
    at(params, ({ index, offset }) => findHighlights(index, offset, workspace)),
  );
  connection.onPrepareRename((params) =>
    at(params, ({ index, offset }) => orRefuse(prepareRename(index, offset, workspace))),
  );
  connection.onRenameRequest((params) => {
    const newName = requireText(params, 'newName');
    return at(params, ({ index, offset }) => orRefuse(rename(index, offset, newName, workspace)));
  });
  connection.onDocumentSymbol((params) => {
    const index = indexOf(params);
    return index ? documentSymbols(index) : [];
  });
  connection.onDocumentFormatting((params) => {
    const document = requireDocument(documents, params);
    return formatDocument(pathOfUri(document.uri), document);
  });
}

function orRefuse<Answer extends object>(answer: Answer | Refusal): Answer {
  if (isRefusal(answer)) throw refusal(answer);
  return answer;
}

function isRefusal(answer: object): answer is Refusal {
  return 'kind' in answer && answer.kind === 'refusal';
}
