/** Text to syntax tree, with every fault of the text reported and the limits that keep the parser safe. */
import type { IToken } from 'chevrotain';
import type { DiagnosticBag } from '../../core/diagnostic.js';
import { formatCount } from '../../units/format-quantity.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { SourceFile } from '../syntax/file.js';
import type { ExpressionNode } from '../syntax/nodes.js';
import { attachTrivia } from './attach-trivia.js';
import { PARSER } from './machines.js';
import { MAX_NESTING } from './nesting.js';
import { spanOfToken } from './places.js';
import { reportStray, reportSyntaxFault } from './report-faults.js';
import { MAX_TOKENS, scan, type ScannedText } from './scan.js';
import * as t from './tokens.js';

/** A text after parsing: what could be read of it, and whether that is all of it. */
export interface ParsedSource {
  /** Without the clauses that have faults. */
  readonly tree: SourceFile;
  readonly isWhole: boolean;
}

/** The tree of a whole file, which editors use even where it has faults; these go to `diagnostics`. */
export function parseTolerantly(file: string, text: string, diagnostics: DiagnosticBag): ParsedSource | undefined {
  const scanned = scanSafely(file, text, diagnostics);
  if (!scanned) return undefined;
  let nesting = PARSER.begin(file);
  let items = withTokens(scanned.tokens, () => PARSER.items());
  const braces = PARSER.faults.filter(({ brace }) => brace !== undefined);
  if (PARSER.faults.length > 1 || braces.length > 0) {
    nesting = PARSER.begin(file, true);
    items = withTokens(scanned.tokens, () => PARSER.items());
  }
  attachTrivia(items, scanned.comments, scanned.tokens);
  const tree = { file, items };
  // What is lost behind a stray character would make faults of its own
  if (scanned.strays.length > 0) return { tree, isWhole: false };
  for (const fault of PARSER.faults) reportSyntaxFault(file, fault, diagnostics);
  const { tooDeep } = nesting;
  if (tooDeep) diagnostics.report(DSL_CATALOGUE, 'too-deep', { limit: MAX_NESTING }, { span: tooDeep });
  return { tree, isWhole: PARSER.faults.length === 0 && !tooDeep };
}

/** The tree of a whole file; undefined after reporting to `diagnostics`. */
export function parseSource(file: string, text: string, diagnostics: DiagnosticBag): SourceFile | undefined {
  const parsed = parseTolerantly(file, text, diagnostics);
  return parsed?.isWhole === true ? parsed.tree : undefined;
}

/** The tree of a lone expression, for example of a value on the command line. */
export function parseExpression(file: string, text: string, diagnostics: DiagnosticBag): ExpressionNode | undefined {
  const scanned = scanSafely(file, text, diagnostics);
  if (!scanned || scanned.strays.length > 0) return undefined;
  const { tokens } = scanned;
  const nesting = PARSER.begin(file);
  const { node, error } = withTokens(tokens, () => {
    // A root rule returns nothing after a fault.
    const root: ExpressionNode | undefined = PARSER.expression();
    return { node: root, error: PARSER.errors[0] };
  });
  if (error) {
    const previous = tokens[tokens.findLastIndex(({ startOffset }) => !(startOffset >= error.token.startOffset))];
    reportSyntaxFault(
      file,
      { token: error.token, previous: previous ?? error.token, expected: error.message },
      diagnostics,
    );
    return undefined;
  }
  if (!nesting.tooDeep) return node;
  diagnostics.report(DSL_CATALOGUE, 'too-deep', { limit: MAX_NESTING }, { span: nesting.tooDeep });
  return undefined;
}

/** The tokens of a text that is within the limits; undefined after reporting where it is not. */
function scanSafely(file: string, text: string, diagnostics: DiagnosticBag): ScannedText | undefined {
  const scanned = scan(text);
  for (const stray of scanned.strays) reportStray(file, stray, diagnostics);
  if (scanned.tooMany) {
    const limit = `${formatCount(MAX_TOKENS)} tokens`;
    const span = spanOfToken(file, scanned.tooMany);
    diagnostics.report(DSL_CATALOGUE, 'too-large', { what: 'this file', limit }, { span });
    return undefined;
  }
  const deepest = findTooDeep(scanned.tokens);
  if (!deepest) return scanned;
  diagnostics.report(DSL_CATALOGUE, 'too-deep', { limit: MAX_NESTING }, { span: spanOfToken(file, deepest) });
  return undefined;
}

/** The token that opens the first level too many. Chevrotain 11 overflows the stack between 500 and 1,000 levels. */
function findTooDeep(tokens: readonly IToken[]): IToken | undefined {
  let brackets = 0;
  let conditions = 0;
  for (const token of tokens) {
    if (token.tokenType === t.LeftParen || token.tokenType === t.LeftCurly || token.tokenType === t.LeftSquare)
      brackets++;
    else if (token.tokenType === t.RightParen || token.tokenType === t.RightCurly || token.tokenType === t.RightSquare)
      brackets = Math.max(0, brackets - 1);
    else if (token.tokenType === t.Question) conditions++;
    else if (token.tokenType === t.Colon) conditions = Math.max(0, conditions - 1);
    if (brackets + conditions > MAX_NESTING) return token;
  }
  return undefined;
}

/** What `parse` makes of `tokens`; the parser must not keep those of a large file alive. */
function withTokens<Result>(tokens: IToken[], parse: () => Result): Result {
  PARSER.input = tokens;
  try {
    return parse();
  } finally {
    PARSER.input = [];
  }
}
