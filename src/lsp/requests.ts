/** Guards of requests: what clients send is looked at before it is used. */
import { ErrorCodes, LSPErrorCodes, ResponseError, type Position } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Refusal } from './features/rename.js';

/** The documents that are open, by URI. */
export interface OpenDocuments {
  readonly get: (uri: string) => TextDocument | undefined;
}

/** The open document of a request; throws a {@link ResponseError} that the client sees. */
export function requireDocument(documents: OpenDocuments, params: unknown): TextDocument {
  const { textDocument } = fieldsOf(params);
  const { uri } = fieldsOf(textDocument);
  if (typeof uri !== 'string') throw invalid('the request names no document');
  const document = documents.get(uri);
  if (!document) throw invalid(`${uri} is not open`);
  return document;
}

/** The offset of a request's position, which must lie on a line of the document; columns end with the line. */
export function requireOffset(document: TextDocument, params: unknown): number {
  const { line, character } = fieldsOf(fieldsOf(params)['position']);
  if (!isIndex(line) || !isIndex(character)) throw invalid('the request has no position');
  if (line >= document.lineCount) throw invalid(`there is no line ${line}: the document has ${document.lineCount}`);
  const position: Position = { line, character };
  return document.offsetAt(position);
}

/** The text of a field; throws a {@link ResponseError} where it is none. */
export function requireText(params: unknown, field: string): string {
  const text = fieldsOf(params)[field];
  if (typeof text !== 'string') throw invalid(`the request has no ${field}`);
  return text;
}

/** The error that tells a client why something is not done. */
export function refusal({ reason }: Refusal): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, reason);
}

/** The fields of a value from outside; none where it is no object. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function invalid(reason: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidParams, reason);
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
