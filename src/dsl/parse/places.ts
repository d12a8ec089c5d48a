/** Places of tokens as spans. */
import type { IToken } from 'chevrotain';
import type { Span } from '../../core/span.js';

/** The span of `token`, the start of the file where there is none. */
export function spanOfToken(file: string, token: IToken | undefined): Span {
  return spanOfTokens(file, token, token);
}

/** From the start of the first token to the end of the last; the start of the file where a token is not there. */
export function spanOfTokens(file: string, first: IToken | undefined, last: IToken | undefined): Span {
  if (!first || !last || Number.isNaN(first.startOffset) || Number.isNaN(last.startOffset)) {
    const origin = { offset: 0, line: 1, column: 1 };
    return { file, start: origin, end: origin };
  }
  const start = { offset: first.startOffset, line: first.startLine ?? 1, column: first.startColumn ?? 1 };
  // No token spans lines, so the end of one is on the line of its start.
  const { length } = last.image;
  const end = {
    offset: last.startOffset + length,
    line: last.startLine ?? 1,
    column: (last.startColumn ?? 1) + length,
  };
  return { file, start, end };
}
