/** How editors depict what names stand for. */
import { CompletionItemKind, SymbolKind as EditorKind } from 'vscode-languageserver/node';
import type { SymbolKind } from '../../dsl/syntax/name-role.js';

interface Depiction {
  readonly symbol: EditorKind;
  readonly completion: CompletionItemKind;
}

const constant: Depiction = { symbol: EditorKind.Constant, completion: CompletionItemKind.Constant };
const variable: Depiction = { symbol: EditorKind.Variable, completion: CompletionItemKind.Variable };
const field: Depiction = { symbol: EditorKind.Field, completion: CompletionItemKind.Field };
const property: Depiction = { symbol: EditorKind.Property, completion: CompletionItemKind.Property };
const type: Depiction = { symbol: EditorKind.Class, completion: CompletionItemKind.Class };
const part: Depiction = { symbol: EditorKind.Interface, completion: CompletionItemKind.Interface };
const callable: Depiction = { symbol: EditorKind.Function, completion: CompletionItemKind.Function };
const moduleLike: Depiction = { symbol: EditorKind.Module, completion: CompletionItemKind.Module };
const event: Depiction = { symbol: EditorKind.Event, completion: CompletionItemKind.Event };

/** Symbols of the outline and of completion, by what a name stands for. */
export const DEPICTIONS: Readonly<Record<SymbolKind, Depiction>> = {
  param: constant,
  device: type,
  rule: type,
  module: moduleLike,
  network: moduleLike,
  chip: type,
  program: callable,
  data: { symbol: EditorKind.Array, completion: CompletionItemKind.Value },
  experiment: event,
  parameter: constant,
  value: variable,
  spread: variable,
  table: callable,
  state: field,
  trace: field,
  weight: field,
  modulator: property,
  window: property,
  term: property,
  kernel: callable,
  population: part,
  input: part,
  output: part,
  projection: part,
  instance: part,
  part: property,
  phase: event,
  baseline: constant,
  local: variable,
  argument: variable,
  index: variable,
};
