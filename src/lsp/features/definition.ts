/** Go to definition: the place where a name, or an imported file, comes from. */
import type { Location } from 'vscode-languageserver/node';
import type { TextLiteral } from '../../dsl/syntax/nodes.js';
import { nameAt } from '../at-place.js';
import { clausesAt, touches, type FileIndex } from '../names/symbols.js';
import { rangeOf, uriOfPath } from '../places.js';
import type { Workspace } from '../workspace.js';

/** Where the name at `offset` is declared, or the file of the import path there. */
export function findDefinition(index: FileIndex, offset: number, workspace: Workspace): Location | undefined {
  const { declaration } = nameAt(index, offset, workspace.resolver) ?? {};
  if (declaration) return { uri: uriOfPath(declaration.file), range: rangeOf(declaration.name.span) };
  return importedFile(index, offset, workspace);
}

function importedFile(index: FileIndex, offset: number, workspace: Workspace): Location | undefined {
  const [clause] = clausesAt(index.root, offset);
  if (clause?.shape.kind !== 'import') return undefined;
  const path = clause.node['path'] as TextLiteral;
  const imported = clause.scope.declarations.find((declaration) => declaration.clause === clause);
  if (!imported || !touches(path.span, offset)) return undefined;
  const file = workspace.importedFile(index.file, path.value, imported.name.name);
  const start = { line: 0, character: 0 };
  return file === undefined || !workspace.index(file)
    ? undefined
    : { uri: uriOfPath(file), range: { start, end: start } };
}
