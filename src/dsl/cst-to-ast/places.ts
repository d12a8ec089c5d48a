/** Places of tokens and syntax nodes as spans. */
import type { CstNode, IToken } from 'chevrotain';
import { invariant } from '../../core/invariant.js';
import type { Span } from '../../core/span.js';

/** What the builders need to know of the file at hand. */
export interface FileContext {
  readonly file: string;
}

/** The span of `token`, the start of the file where there is none. */
export function spanOfToken(file: string, token: IToken | undefined): Span {
  const start = { offset: token?.startOffset ?? 0, line: token?.startLine ?? 1, column: token?.startColumn ?? 1 };
  if (!token || Number.isNaN(start.offset)) {
    const origin = { offset: 0, line: 1, column: 1 };
    return { file, start: origin, end: origin };
  }
  const { length } = token.image;
  // No token spans lines, so its end is on the same one.
  return { file, start, end: { offset: start.offset + length, line: start.line, column: start.column + length } };
}

/** The span of a node that the parser accepted: from its first token to its last. */
export function spanOfNode(file: string, { location }: CstNode): Span {
  invariant(location, 'nodes are located: nodeLocationTracking is full');
  const { startOffset, startLine = 1, startColumn = 1, endOffset = startOffset, endLine = 1, endColumn = 1 } = location;
  return {
    file,
    start: { offset: startOffset, line: startLine, column: startColumn },
    end: { offset: endOffset + 1, line: endLine, column: endColumn + 1 },
  };
}

/** The one child of a node whose rule is a choice between single parts. */
export function onlyChild<Children extends { readonly [Key in keyof Children]?: readonly unknown[] | undefined }>(
  children: Children,
): NonNullable<Children[keyof Children]>[number] {
  // `Object.values` forgets the keys, and with them the types of the values.
  const all = Object.values(children).flat() as (NonNullable<Children[keyof Children]>[number] | undefined)[];
  return first(all.filter((child) => child !== undefined));
}

/** The first of children that the grammar guarantees. */
export function first<Child>(children: readonly (Child | undefined)[] | undefined): Child {
  return at(children, 0);
}

/** The child at `index` that the grammar guarantees. */
export function at<Child>(children: readonly (Child | undefined)[] | undefined, index: number): Child {
  const child = children?.[index];
  invariant(child !== undefined, 'a tree without syntax errors has all its parts');
  return child;
}
