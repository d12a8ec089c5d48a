/** Diagnostics of reading and parsing source text. */
import { entry } from '../../core/diagnostic.js';

/** How this language writes what others write with characters that it has not. */
const HABITS: ReadonlyMap<string, string> = new Map([
  [';', 'a clause ends without a mark; settings are separated by commas'],
  ["'", 'a text stands in `"`; a time derivative is written `evolve x = …`'],
  ['#', 'a comment starts with `//`'],
  ['&', 'conditions are joined by `and`'],
  ['|', 'conditions are joined by `or`'],
]);

export const SYNTAX_ENTRIES = {
  'source-unreadable': entry<{ file: string; reason: string }>({
    severity: 'error',
    blame: 'environment',
    message: ({ file, reason }) => `cannot read \`${file}\`: ${reason}`,
    explain: 'The source file named on the command line could not be read. Check the path and the permissions.',
  }),
  'not-utf8': entry<{ file: string }>({
    severity: 'error',
    message: ({ file }) => `\`${file}\` is not UTF-8 text`,
    help: () => 'save the file as UTF-8',
    explain: 'Source files are UTF-8, with or without a byte order mark. Other encodings are not guessed.',
  }),
  'too-large': entry<{ what: string; limit: string }>({
    severity: 'error',
    message: ({ what, limit }) => `${what} is larger than ${limit}`,
    explain:
      'A source file holds at most 1 MiB and 250,000 tokens, which is some 20,000 lines, ' +
      'and a program with all its imports twice as much. Large tables belong in data files named by `from`.',
  }),
  'too-deep': entry<{ limit: number }>({
    severity: 'error',
    message: ({ limit }) => `nested deeper than ${limit} levels`,
    help: () => 'name parts of the expression with `let` or `param`',
    explain:
      'Parentheses, braces, conditions and chains of operators may be nested 256 levels deep. ' +
      'Deeper expressions come from generators; give their parts names.',
  }),
  'unexpected-character': entry<{ character: string }>({
    severity: 'error',
    message: ({ character }) => `unexpected character ${character}`,
    help: ({ character }) => HABITS.get(character.charAt(1)),
    explain:
      'Outside comments and texts only ASCII letters, digits and operators occur, besides the micro and ohm signs in units. ' +
      'Invisible and look-alike characters are refused so that a program is what it looks like.',
  }),
  'unterminated-text': entry<object>({
    severity: 'error',
    message: () => 'text is not closed on its line',
    help: () => 'close it with `"`; a quote inside a text is written `\\"`',
    explain: 'A text starts and ends with `"` on one line. Inside, `\\"` is a quote and `\\\\` a backslash.',
  }),
  syntax: entry<{ expected: string; found: string; nearest: string | undefined; hint?: string | undefined }>({
    severity: 'error',
    message: ({ expected, found }) => `expected ${expected}, found ${found}`,
    help: ({ nearest, hint }) => hint ?? (nearest === undefined ? undefined : `did you mean \`${nearest}\`?`),
    explain: 'The text does not follow the grammar at this place. The message says what could stand here.',
  }),
  'more-faults': entry<{ code: string; limit: number }>({
    severity: 'warning',
    message: ({ code, limit }) => `more than ${limit} faults are \`${code}\`; the others are not shown`,
    help: () => 'mend some of the faults above and check again',
    explain: 'Of each kind of fault at most 100 are shown; behind so many there is usually one cause.',
  }),
  'number-out-of-range': entry<{ text: string }>({
    severity: 'error',
    message: ({ text }) => `\`${text}\` is outside the range of numbers`,
    explain:
      'Numbers are IEEE 754 doubles. A literal that would become infinite, or zero without being written as zero, is refused.',
  }),
};
