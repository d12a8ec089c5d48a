/** The canonical text of a file. Parsing it gives the same tree again, places apart. */
import { unreachable } from '../core/invariant.js';
import type { ChipClause, ImportItem, Item, ParamItem, SourceFile, TileClause } from './ast.js';
import { layOut, printBraces, type Row } from './print/layout.js';
import { printHead, printProvenance, type LineClause } from './print/print-clause.js';
import { printExpression, printText } from './print/print-expression.js';

/** Text of `source` with two-blank indents, one clause a line and a final newline. */
export function printSource({ items }: SourceFile): string {
  const rows = items.clauses.map((item) => ({ head: printItem(item), tail: '', trivia: item.trivia }));
  return layOut(rows, items.closing, '');
}

function printItem(item: Item): string {
  switch (item.kind) {
    case 'import':
      return printImport(item);
    case 'param':
      return printParam(item);
    case 'device': {
      const summary = item.summary ? ` ${printText(item.summary)}` : '';
      return printBraces(`device ${item.name.name}${summary}`, item.body, rowOfLine);
    }
    case 'chip':
      return printBraces(`chip ${item.name.name}`, item.body, rowOfChipClause);
    case 'program':
      return printBraces(`program ${item.name.name}`, item.body, rowOfLine);
    case 'experiment':
      return printBraces(`experiment ${item.name.name}`, item.body, rowOfLine);
    default:
      return unreachable(item);
  }
}

function rowOfLine(clause: LineClause): Row {
  return { head: printHead(clause), tail: printProvenance(clause), trivia: clause.trivia };
}

function rowOfChipClause(clause: ChipClause): Row {
  return clause.kind === 'tile' ? { head: printTile(clause), tail: '', trivia: clause.trivia } : rowOfLine(clause);
}

function printTile({ rows, columns, body }: TileClause): string {
  return printBraces(`tile ${printExpression(rows)} x ${printExpression(columns)}`, body, rowOfLine);
}

/** The kind stands before the first name and wherever it changes. */
function printImport({ names, path }: ImportItem): string {
  const texts = names.map(({ name, exportKind }, index) =>
    names[index - 1]?.exportKind === exportKind ? name : `${exportKind} ${name}`,
  );
  return `import ${texts.join(', ')} from ${printText(path)}`;
}

function printParam({ name, value }: ParamItem): string {
  return `param ${name.name} = ${value.kind === 'text' ? printText(value) : printExpression(value)}`;
}
