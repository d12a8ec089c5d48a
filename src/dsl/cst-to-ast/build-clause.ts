/** What all clauses share: place, comments, provenance, and blocks of further clauses. */
import type { CstNode, IToken } from 'chevrotain';
import type { Block, ClauseBase, ProvenanceNode } from '../ast.js';
import type { ProvenanceCstNode } from '../cst.js';
import { buildIdentifier, buildText, type ExpressionContext } from './build-expression.js';
import { first, spanOfNode, type FileContext } from './places.js';
import type { TriviaReader } from './trivia-reader.js';

/** What building clauses needs. */
export interface ClauseContext extends ExpressionContext {
  readonly trivia: TriviaReader;
}

/** A syntax node that becomes a clause. */
export interface ClauseSource {
  readonly node: CstNode;
  readonly isFirst: boolean;
  /** The opening brace of a clause that has a block. */
  readonly brace?: IToken | undefined;
}

/** Adds place and comments to what `build` makes of the clause. */
export function buildClause<Content extends object>(
  { node, isFirst, brace }: ClauseSource,
  { file, trivia }: ClauseContext,
  build: () => Content,
): Content & ClauseBase {
  const span = spanOfNode(file, node);
  const headEnd = brace?.startOffset ?? span.end.offset;
  const { content, trivia: found } = trivia.read({ span, headEnd, isFirst }, build);
  return { ...content, span, trivia: found };
}

/** The clauses between braces; `build` is called in the order of the text. */
export function buildBlock<Node, Clause>(
  nodes: readonly Node[] | undefined,
  closingBrace: IToken,
  { trivia }: ClauseContext,
  build: (node: Node, isFirst: boolean) => Clause,
): Block<Clause> {
  const clauses = (nodes ?? []).map((node, index) => build(node, index === 0));
  return { clauses, closing: trivia.before(closingBrace.startOffset, clauses.length === 0) };
}

/** `source … confidence …` as the field that clauses spread into themselves; empty where it is absent. */
export function buildProvenance(
  nodes: readonly ProvenanceCstNode[] | undefined,
  context: FileContext,
): { readonly provenance?: ProvenanceNode } {
  const node = nodes?.[0];
  if (!node) return {};
  const source = buildText(first(node.children.Text), context);
  const confidence = buildIdentifier(first(node.children.Identifier), context);
  return { provenance: { source, confidence, span: spanOfNode(context.file, node) } };
}
