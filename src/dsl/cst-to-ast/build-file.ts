/** Whole files: the items at the top level, imports and parameters. */
import { unreachable } from '../../core/invariant.js';
import type { ExportKind, ImportItem, ImportedName, Item, ParamItem, SourceFile } from '../ast.js';
import type { FileCstNode, ImportItemCstNode, ItemCstNode, ParamItemCstNode } from '../cst.js';
import { buildChip } from './build-chip.js';
import { buildClause, type ClauseContext } from './build-clause.js';
import { buildDevice } from './build-device.js';
import { buildExperiment } from './build-experiment.js';
import { buildExpression, buildIdentifier, buildText } from './build-expression.js';
import { buildProgram } from './build-program.js';
import { first, onlyChild } from './places.js';

/** The tree of a file that parsed without errors. */
export function buildFile({ children }: FileCstNode, context: ClauseContext): SourceFile {
  const items = (children.item ?? []).map((item, index) => buildItem(item, index === 0, context));
  const closing = context.trivia.before(Infinity, items.length === 0);
  return { file: context.file, items: { clauses: items.map(separateBlocks), closing } };
}

function buildItem(wrapper: ItemCstNode, isFirst: boolean, context: ClauseContext): Item {
  const node = onlyChild(wrapper.children);
  switch (node.name) {
    case 'importItem':
      return buildImport(node, isFirst, context);
    case 'paramItem':
      return buildParam(node, isFirst, context);
    case 'deviceItem':
      return buildDevice(node, isFirst, context);
    case 'chipItem':
      return buildChip(node, isFirst, context);
    case 'programItem':
      return buildProgram(node, isFirst, context);
    case 'experimentItem':
      return buildExperiment(node, isFirst, context);
    default:
      return unreachable(node);
  }
}

/** Blocks stand apart: a blank line above and below each is part of the canonical form. */
function separateBlocks(item: Item, index: number, items: readonly Item[]): Item {
  const previous = items[index - 1];
  if (!previous || !('body' in item || 'body' in previous)) return item;
  const { trivia } = item;
  const [comment, ...comments] = trivia.leading;
  const leading = comment && [{ ...comment, isAfterBlank: true }, ...comments];
  return { ...item, trivia: leading ? { ...trivia, leading } : { ...trivia, isAfterBlank: true } };
}

function buildImport(node: ImportItemCstNode, isFirst: boolean, context: ClauseContext): ImportItem {
  return buildClause({ node, isFirst }, context, () => ({
    kind: 'import',
    names: buildImportedNames(node, context),
    path: buildText(first(node.children.Text), context),
  }));
}

/** A name without a kind has that of the name before it. */
function buildImportedNames({ children }: ImportItemCstNode, context: ClauseContext): ImportedName[] {
  const names: ImportedName[] = [];
  let exportKind: ExportKind | undefined;
  for (const { children: parts } of [...children.firstImport, ...(children.furtherImport ?? [])]) {
    const kind = parts.importKind?.[0];
    // The alternatives of `importKind` are exactly the export kinds.
    if (kind) exportKind = onlyChild(kind.children).image as ExportKind;
    names.push({ ...buildIdentifier(first(parts.Identifier), context), exportKind: first([exportKind]) });
  }
  return names;
}

function buildParam(node: ParamItemCstNode, isFirst: boolean, context: ClauseContext): ParamItem {
  const { Identifier, Text, expression } = node.children;
  return buildClause({ node, isFirst }, context, () => ({
    kind: 'param',
    name: buildIdentifier(first(Identifier), context),
    value: Text ? { kind: 'text', ...buildText(first(Text), context) } : buildExpression(first(expression), context),
  }));
}
