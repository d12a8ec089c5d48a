/**
 * Gives every comment to a clause, once. Comments above a clause lead it; one behind it on its last line
 * trails it; comments between its tokens are moved above it, so that none is ever lost.
 */
import type { IToken } from 'chevrotain';
import type { Span } from '../../core/span.js';
import type { CommentNode, Trivia } from '../syntax/nodes.js';

/** Where a clause lies, and how much of it can hold comments of its own. */
export interface ClauseExtent {
  readonly span: Span;
  /** Comments before this offset belong to the clause itself, later ones to clauses inside its braces. */
  readonly headEnd: number;
  /** The first clause of a block has no blank line above it. */
  readonly isFirst: boolean;
}

/** Hands out comments in order; clauses must be read in the order of the text. */
export class TriviaReader {
  readonly #comments: readonly IToken[];
  readonly #tokens: readonly IToken[];
  #nextComment = 0;
  #nextToken = 0;

  constructor(comments: readonly IToken[], tokens: readonly IToken[]) {
    this.#comments = comments;
    this.#tokens = tokens;
  }

  /** The trivia of a clause; `build` makes its content and reads the clauses inside it. */
  read<Content>({ span, headEnd, isFirst }: ClauseExtent, build: () => Content): { content: Content; trivia: Trivia } {
    const leading = this.before(span.start.offset, isFirst);
    const isAfterBlank = !(isFirst && leading.length === 0) && this.#isBlankAbove(span.start.offset, span.start.line);
    const inside = this.before(headEnd, true);
    const content = build();
    const trailing = this.#behind(span);
    return { content, trivia: { ...mergeComments(leading, inside, isAfterBlank), ...(trailing && { trailing }) } };
  }

  /** The comments not yet given that start before `offset`. */
  before(offset: number, isFirst: boolean): CommentNode[] {
    const found: CommentNode[] = [];
    for (let next = this.#comments[this.#nextComment]; next && next.startOffset < offset;) {
      const isAfterBlank =
        !(isFirst && found.length === 0) && this.#isBlankAbove(next.startOffset, next.startLine ?? 1);
      found.push({ text: next.image.trimEnd(), isAfterBlank });
      next = this.#comments[++this.#nextComment];
    }
    return found;
  }

  #behind({ end }: Span): string | undefined {
    const comment = this.#comments[this.#nextComment];
    if (!comment || comment.startLine !== end.line) return undefined;
    const next = this.#tokenFrom(end.offset);
    if (next && next.startOffset < comment.startOffset) return undefined;
    this.#nextComment++;
    return comment.image.trimEnd();
  }

  /** Whether an empty line separates what starts at `offset` from the token or comment before it. */
  #isBlankAbove(offset: number, line: number): boolean {
    this.#tokenFrom(offset);
    const tokenLine = this.#tokens[this.#nextToken - 1]?.startLine ?? 0;
    const commentLine = this.#comments[this.#nextComment - 1]?.startLine ?? 0;
    const previousLine = Math.max(tokenLine, commentLine);
    return previousLine > 0 && line - previousLine > 1;
  }

  /** The first token at or after `offset`; offsets ascend between calls. */
  #tokenFrom(offset: number): IToken | undefined {
    let token = this.#tokens[this.#nextToken];
    while (token && token.startOffset < offset) token = this.#tokens[++this.#nextToken];
    return token;
  }
}

function mergeComments(leading: readonly CommentNode[], inside: readonly CommentNode[], isAfterBlank: boolean): Trivia {
  const [firstInside, ...otherInside] = inside;
  if (!firstInside) return { leading, isAfterBlank };
  // A comment that moves above the clause also takes over the blank line above it.
  const others = otherInside.map((comment) => ({ ...comment, isAfterBlank: false }));
  return { leading: [...leading, { ...firstInside, isAfterBlank }, ...others], isAfterBlank: false };
}
