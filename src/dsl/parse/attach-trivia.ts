/** Gives the clauses of a tree the comments and blank lines around them. */
import type { IToken } from 'chevrotain';
import { ITEMS, type Item } from '../syntax/file.js';
import type { Block, ClauseBase, CommentNode, Trivia } from '../syntax/nodes.js';
import type { ClauseSet } from '../syntax/shape.js';
import { blocksOf } from '../syntax/walk.js';
import { TriviaReader } from './trivia-reader.js';

/** A tree that the parser has just built and that nobody else has seen yet. */
type Fresh<Node> = { -readonly [Key in keyof Node]: Node[Key] };

/** Completes the tree of a file; tokens and comments in the order of the text. */
export function attachTrivia(items: Block<Item>, comments: readonly IToken[], tokens: readonly IToken[]): void {
  const reader = new TriviaReader(comments, tokens);
  attachToBlock(items, { set: ITEMS, end: Infinity }, reader);
  items.clauses.forEach(separateBlocks);
}

interface Extent {
  readonly set: ClauseSet;
  /** Where comments of the block end. */
  readonly end: number;
}

function attachToBlock(block: Block<ClauseBase>, { set, end }: Extent, reader: TriviaReader): void {
  block.clauses.forEach((clause, index) => {
    const blocks = blocksOf(set, clause);
    const headEnd = blocks[0]?.block.span.start.offset ?? clause.span.end.offset;
    const { trivia } = reader.read({ span: clause.span, headEnd, isFirst: index === 0 }, () => {
      for (const inner of blocks) {
        attachToBlock(inner.block, { set: inner.set, end: inner.block.span.end.offset - 1 }, reader);
      }
    });
    setTrivia(clause, trivia);
  });
  // Comments before the closing brace belong to the block
  const fresh: Fresh<Block<ClauseBase>> = block;
  const closing: readonly CommentNode[] = reader.before(end, block.clauses.length === 0);
  fresh.closing = closing;
}

/** Blocks stand apart: a blank line above and below each is part of the canonical form. */
function separateBlocks(item: Item, index: number, items: readonly Item[]): void {
  const previous = items[index - 1];
  if (!previous || !('body' in item || 'body' in previous)) return;
  const { trivia } = item;
  const [comment, ...comments] = trivia.leading;
  if (comment) setTrivia(item, { ...trivia, leading: [{ ...comment, isAfterBlank: true }, ...comments] });
  else setTrivia(item, { ...trivia, isAfterBlank: true });
}

function setTrivia(clause: ClauseBase, trivia: Trivia): void {
  const fresh: Fresh<ClauseBase> = clause;
  fresh.trivia = trivia;
}
