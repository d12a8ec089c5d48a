/** What the grammar expected where it failed, in words: the messages behind `dsl/syntax`. */
import { EOF, type IParserErrorMessageProvider, type TokenType } from 'chevrotain';
import { Identifier, RightCurly } from './tokens.js';

/** What may stand in the repetition before `}` or the end of the file, by grammar rule. */
const REPEATED: ReadonlyMap<string, string> = new Map([
  ['file', '`import`, `param`, `device`, `chip`, `program` or `experiment`'],
  [
    'deviceItem',
    '`pulse`, `read`, `window`, `default`, `param`, `spread`, `let`, `state`, `evolve`, `current`, `energy`, `maximum` or `}`',
  ],
  ['chipItem', '`clock`, `bus`, `tile` or `}`'],
  ['tileClause', '`bias`, `rails`, `timer`, `settle`, `adc`, `lines` or `}`'],
  ['programItem', '`device`, `from`, `write`, `read`, `disturb` or `}`'],
  ['experimentItem', '`run`, `seeds`, `without`, `calibrate`, `expect` or `}`'],
]);

/** Chevrotain's hook for messages; it returns only the expectation, the catalogue words the rest. */
export const describeMismatch: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, ruleName }) =>
    (expected === RightCurly || expected === EOF ? REPEATED.get(ruleName) : undefined) ?? labelOf(expected),
  buildNotAllInputParsedMessage: ({ ruleName }) => REPEATED.get(ruleName) ?? 'the end',
  buildNoViableAltMessage: ({ expectedPathsPerAlt, customUserDescription }) =>
    customUserDescription ?? listFirst(expectedPathsPerAlt.flat()),
  buildEarlyExitMessage: ({ expectedIterationPaths }) => listFirst(expectedIterationPaths),
};

function listFirst(paths: readonly (readonly TokenType[])[]): string {
  const labels = [...new Set(paths.flatMap(([first]) => (first ? [labelOf(first)] : [])))];
  const last = labels.pop() ?? 'something else';
  return labels.length === 0 ? last : `${labels.join(', ')} or ${last}`;
}

function labelOf(token: TokenType): string {
  if (token === EOF) return 'the end of the file';
  return token === Identifier ? 'a name' : (token.LABEL ?? token.name);
}
