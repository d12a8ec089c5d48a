/**
 * Which of the parser's errors are mistakes of their own. After an error the parser goes on at the next place that
 * looks familiar, and what it misses there is a consequence of the first mistake, not a second one.
 */
import type { IRecognitionException, IToken } from 'chevrotain';
import { EOF } from '../chevrotain.js';
import { LeftCurly, RightCurly } from './tokens.js';

/**
 * The errors without those that follow from one before: on the same line or at the first token behind it, inside the
 * braces that open on it, or a closing brace that is left over at the end.
 *
 * @param errors  in the order of the text, as a parser with recovery reports them
 */
export function independentErrors(
  errors: readonly IRecognitionException[],
  tokens: readonly IToken[],
): readonly IRecognitionException[] {
  let shadowEnd = -1;
  return errors.filter((error, index) => {
    const { token, context } = error;
    const before = tokens[firstFrom(tokens, startOf(token)) - 1];
    const isLeftOver = token.tokenType === RightCurly && context.ruleStack.length === 1;
    const isConsequence = index > 0 && (isLeftOver || (before?.startOffset ?? 0) < shadowEnd);
    shadowEnd = Math.max(shadowEnd, endOfShadow(token, tokens));
    return !isConsequence;
  });
}

function startOf(token: IToken): number {
  return token.tokenType === EOF ? Infinity : token.startOffset;
}

/** Offset behind the line of `token`, or behind the braces that open on it. */
function endOfShadow(token: IToken, tokens: readonly IToken[]): number {
  let depth = 0;
  for (let index = firstFrom(tokens, startOf(token)); index < tokens.length; index++) {
    const { tokenType, startLine, startOffset } = tokens[index] ?? token;
    if (depth === 0 && startLine !== token.startLine) return startOffset;
    if (tokenType === LeftCurly) depth++;
    else if (tokenType === RightCurly) depth = Math.max(0, depth - 1);
  }
  return Infinity;
}

/** Index of the first token at or behind `offset`, by bisection: a file may have a million. */
function firstFrom(tokens: readonly IToken[], offset: number): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tokens[middle]?.startOffset ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
