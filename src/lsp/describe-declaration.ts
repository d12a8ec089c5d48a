/** A declaration in Markdown: its text, what it is, dimension and value, origin of its number, the comment above it. */
import type { TypedExpression } from '../dsl/check/value-type.js';
import { SYMBOL_KINDS } from '../dsl/syntax/name-role.js';
import type { ClauseBase, ExpressionNode, TextLiteral, UnitName } from '../dsl/syntax/nodes.js';
import type { ProvenanceNode } from '../dsl/syntax/shared.js';
import { elementsOf } from '../dsl/syntax/walk.js';
import { describeDimension } from '../units/describe-dimension.js';
import { parseUnit } from '../units/unit.js';
import { describeMeaning } from './describe-meaning.js';
import type { ClauseEntry, SymbolDeclaration } from './names/symbols.js';
import type { Observations } from './observations.js';

/** Characters of the declaration's text that are shown, at most. */
const MAX_HEAD = 240;

/** What is known of a declaration; `typed` was found out where the name is used. */
export function describeDeclaration(
  { kind, clause, name, scope }: SymbolDeclaration,
  text: string,
  observations: Observations,
  typed?: TypedExpression,
): string {
  // Names that a clause declares beside its own are not what its expressions are about
  const isMain = clause.declaration?.name === name;
  const what = kind === 'import' ? 'import' : SYMBOL_KINDS[kind];
  const owner = scope.owner?.declaration;
  const place = owner && owner.name !== name ? ` of \`${owner.name.name}\`` : '';
  const meaning = describeMeaning(typed) ?? (isMain ? meaningOf(clause, observations) : undefined);
  return [
    `\`\`\`ion\n${headOf(clause, text)}\n\`\`\``,
    what + place + (meaning === undefined ? '' : `: ${meaning}`),
    ...(isMain ? [textOf(clause, 'summary'), originOf(clause), commentOf(clause)] : []),
  ]
    .filter((part) => part !== undefined)
    .join('\n\n');
}

/** The clause up to its first block, blanks and line ends as one blank. */
function headOf({ span, inner }: ClauseEntry, text: string): string {
  const end = inner.find(({ kind }) => kind === 'block')?.span.start.offset ?? span.end.offset;
  const head = text.slice(span.start.offset, end).replace(/\s+/g, ' ').trim();
  return head.length > MAX_HEAD ? `${head.slice(0, MAX_HEAD)} …` : head;
}

/** Type and value of the first expression that stands for the whole, or the dimension of the unit. */
function meaningOf({ shape, node }: ClauseEntry, observations: Observations): string | undefined {
  const field = elementsOf(shape).find((element) => element.kind === 'part' && element.part === 'expression');
  // A field of a node has the type that its shape says.
  const value = field && 'field' in field ? (node[field.field] as ExpressionNode | undefined) : undefined;
  const meaning = value && describeMeaning(observations.at(value.span));
  if (meaning !== undefined) return meaning;
  const unit = parseUnit((node['unit'] as UnitName | undefined)?.symbol ?? '');
  return unit && describeDimension(unit.dimension);
}

function originOf({ node }: ClauseEntry): string | undefined {
  const provenance = node['provenance'] as ProvenanceNode | undefined;
  return provenance && `source: ${provenance.source.value} (${provenance.confidence.name})`;
}

function textOf({ node }: ClauseEntry, field: string): string | undefined {
  return (node[field] as TextLiteral | undefined)?.value;
}

function commentOf({ node }: ClauseEntry): string | undefined {
  const { leading = [] } = (node['trivia'] as ClauseBase['trivia'] | undefined) ?? {};
  const lines = leading.map(({ text }) => text.replace(/^\/\/\s?/, ''));
  return lines.length === 0 ? undefined : lines.join('  \n');
}
