/** What the names at the top level of a file stand for, its own and the imported ones. */
import type { DiagnosticBag } from '../core/diagnostic.js';
import { nearestName } from '../core/nearest.js';
import type { Declaration, ExportKind, ImportItem, ImportedName, Item } from './syntax/file.js';
import type { Identifier } from './syntax/nodes.js';
import { DSL_CATALOGUE } from './catalogue.js';
import type { SourceModule } from './load-modules.js';

/** A declaration together with the module whose names it uses. */
export interface ModuleSymbol {
  readonly declaration: Declaration;
  readonly module: SourceModule;
  /** Where this file gets the name: its declaration or its import. */
  readonly name: Identifier;
}

/** All names of one file. */
export type SymbolTable = ReadonlyMap<string, ModuleSymbol>;

/** The names of `module`; reports duplicates and imports of what is not there. */
export function resolveSymbols(module: SourceModule, diagnostics: DiagnosticBag): SymbolTable {
  const table = new Map<string, ModuleSymbol>();
  for (const symbol of module.tree.items.clauses.flatMap((item) => symbolsOf(item, module, diagnostics))) {
    const { name, span } = symbol.name;
    const first = table.get(name);
    if (!first) table.set(name, symbol);
    else {
      const related = [{ message: 'first declared here', span: first.name.span }];
      diagnostics.report(DSL_CATALOGUE, 'duplicate-name', { name }, { span, related });
    }
  }
  return table;
}

function symbolsOf(item: Item, module: SourceModule, diagnostics: DiagnosticBag): ModuleSymbol[] {
  if (item.kind !== 'import') return [{ declaration: item, module, name: item.name }];
  const exportKinds = exportKindsOf(item);
  return item.names.flatMap((name) => {
    const source = module.imports.get(name);
    const declaration =
      source &&
      findExport(name.name, { source, exportKind: exportKinds.get(name), path: item.path.value }, diagnostics);
    return source && declaration ? [{ declaration, module: source, name: name.name }] : [];
  });
}

/** The kind that each imported name is said to have: its own, or that of the name before it. */
function exportKindsOf({ names }: ImportItem): ReadonlyMap<ImportedName, ExportKind | undefined> {
  let kind: ExportKind | undefined;
  return new Map(names.map((name) => [name, (kind = name.exportKind ?? kind)]));
}

interface ImportSource {
  readonly source: SourceModule;
  readonly path: string;
  readonly exportKind: ExportKind | undefined;
}

function findExport(
  { name, span }: Identifier,
  { source, path, exportKind }: ImportSource,
  diagnostics: DiagnosticBag,
): Declaration | undefined {
  const found = source.declarations.get(name);
  if (!found) {
    const params = () => ({ name, path, nearest: nearestName(name, source.declarations.keys()) });
    diagnostics.report(DSL_CATALOGUE, 'unknown-export', params, { span });
  } else if (exportKind && found.kind !== exportKind) {
    const related = [{ message: 'declared here', span: found.name.span }];
    const params = { name, found: wordFor(found.kind), expected: exportKind };
    diagnostics.report(DSL_CATALOGUE, 'wrong-kind', params, { span, related });
  }
  // Of another kind it still is what its users mean
  return found;
}

type SymbolOf<Kind extends ExportKind> = ModuleSymbol & { readonly declaration: Extract<Declaration, { kind: Kind }> };

/** The declaration of `kind` that `identifier` refers to; undefined after reporting. */
export function findSymbol<Kind extends ExportKind>(
  identifier: Identifier,
  { kind, table }: { readonly kind: Kind; readonly table: SymbolTable },
  diagnostics: DiagnosticBag,
): SymbolOf<Kind> | undefined {
  const symbol = table.get(identifier.name);
  if (symbol && isOfKind(symbol, kind)) return symbol;
  reportMissing(identifier, { kinds: [kind], table }, diagnostics);
  return undefined;
}

/** Which of `kinds` the declaration is of that `identifier` refers to; undefined after reporting. */
export function findKind<Kind extends ExportKind>(
  identifier: Identifier,
  { kinds, table }: { readonly kinds: readonly Kind[]; readonly table: SymbolTable },
  diagnostics: DiagnosticBag,
): Kind | undefined {
  const symbol = table.get(identifier.name);
  const kind = kinds.find((candidate) => symbol && isOfKind(symbol, candidate));
  if (!kind) reportMissing(identifier, { kinds, table }, diagnostics);
  return kind;
}

function reportMissing(
  { name, span }: Identifier,
  { kinds, table }: { readonly kinds: readonly ExportKind[]; readonly table: SymbolTable },
  diagnostics: DiagnosticBag,
): void {
  const symbol = table.get(name);
  const expected = kinds.join(' or ');
  if (symbol) {
    const related = [{ message: 'declared here', span: symbol.name.span }];
    const params = { name, found: wordFor(symbol.declaration.kind), expected };
    diagnostics.report(DSL_CATALOGUE, 'wrong-kind', params, { span, related });
    return;
  }
  const params = () => {
    const candidates = [...table.values()].filter((candidate) => kinds.some((kind) => isOfKind(candidate, kind)));
    const names = candidates.map((candidate) => candidate.name.name);
    return { what: expected, name, nearest: nearestName(name, names) };
  };
  diagnostics.report(DSL_CATALOGUE, 'unknown-name', params, { span });
}

function isOfKind<Kind extends ExportKind>(symbol: ModuleSymbol, kind: Kind): symbol is SymbolOf<Kind> {
  return symbol.declaration.kind === kind;
}

function wordFor(kind: Declaration['kind']): string {
  return kind === 'param' ? 'parameter' : kind;
}
