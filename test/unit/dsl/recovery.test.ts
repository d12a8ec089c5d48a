/** One slip of the finger makes one message: every token of every construct, deleted, doubled, swapped, misspelt. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DiagnosticBag, type Diagnostic } from '../../../src/core/diagnostic.js';
import { parseSource } from '../../../src/dsl/parse/parse-source.js';
import { scan, type SourceToken } from '../../../src/dsl/parse/scan.js';
import { printSource } from '../../../src/dsl/print-ast.js';
import { KEYWORDS } from '../../../src/dsl/syntax/walk.js';
import { REPOSITORY } from '../../support/golden.js';

const CONSTRUCTS = join(REPOSITORY, 'test/golden/dsl');
const TEXTS = readdirSync(CONSTRUCTS).map((name) => readFileSync(join(CONSTRUCTS, name), 'utf8'));

interface Slip {
  readonly kind: 'deleted' | 'doubled' | 'swapped' | 'misspelt';
  readonly token: SourceToken;
  readonly text: string;
}

const endOf = ({ startOffset, image }: SourceToken) => startOffset + image.length;

function* slipsIn(text: string): Generator<Slip> {
  const { tokens } = scan(text);
  for (const [index, token] of tokens.entries()) {
    const [before, behind] = [text.slice(0, token.startOffset), text.slice(endOf(token))];
    yield { kind: 'deleted', token, text: before + behind };
    yield { kind: 'doubled', token, text: `${before}${token.image} ${token.image}${behind}` };
    const next = tokens[index + 1];
    if (next?.startLine === token.startLine) {
      const between = text.slice(endOf(token), next.startOffset);
      yield { kind: 'swapped', token, text: before + next.image + between + token.image + text.slice(endOf(next)) };
    }
    const misspelt = token.image.replace(/^([a-z])([a-z])([a-z])(?=[a-z])/, '$1$3$2');
    if (misspelt !== token.image) yield { kind: 'misspelt', token, text: before + misspelt + behind };
  }
}

/** The tokens of a text without the commas between settings, which the printer puts where the layout wants them. */
const wordsOf = (text: string) =>
  scan(text).tokens.flatMap(({ image }) => (image === ',' ? [] : [image.replace(/\s/g, '')]));

const parsed = TEXTS.flatMap((text) => [...slipsIn(text)]).map((slip) => {
  const diagnostics = new DiagnosticBag();
  return { ...slip, tree: parseSource('input.ion', slip.text, diagnostics), found: diagnostics.all };
});
const refused = parsed.filter(({ found }) => found.length > 0);

describe('a slip', () => {
  it('is found, or makes another program', () => {
    expect(parsed.length).toBeGreaterThan(5000);
    for (const { text, tree, found } of parsed) {
      expect(tree === undefined, text).toBe(found.length > 0);
      if (tree) expect(wordsOf(printSource(tree))).toEqual(wordsOf(text));
    }
  });

  it.each(['deleted', 'doubled', 'swapped', 'misspelt'] as const)('makes one message where a token is %s', (kind) => {
    const messages = refused.filter((slip) => slip.kind === kind).map(({ found }) => found.length);
    expect(messages.filter((count) => count === 1).length / messages.length).toBeGreaterThan(0.99);
    expect(Math.max(...messages)).toBeLessThanOrEqual(3);
  });

  it('in a keyword is told with the keyword that was meant', () => {
    const isMeant = ({ image, startOffset }: SourceToken, { help, span }: Diagnostic) =>
      help === `did you mean \`${image}\`?` && span?.start.offset === startOffset;
    const misspelt = refused.filter(({ kind, token }) => kind === 'misspelt' && KEYWORDS.includes(token.image));
    const told = misspelt.filter(({ token, found: [first] }) => first && isMeant(token, first));
    expect(told.length / misspelt.length).toBeGreaterThan(0.9);
  });
});

describe('what is missing', () => {
  it.each([
    ['chip\n', 'a name', 'the end', '1:5'],
    ['chip a {\n  clock\n}\n', 'an expression', 'the end of the line', '2:8'],
    ['chip a {\n  clock\n  bus apb\n}\n', 'the rest of the clause', 'the end of the line', '2:8'],
    ['chip a\n  clock 1 MHz\n}\n', '`{`', 'the end of the line', '1:7'],
    ['param a = 1 +\nparam b = 2\n', 'the rest of the clause', 'the end of the line', '1:14'],
    ['param a = b ? 1 :\n\n{', 'an expression', 'the end of the line', '1:18'],
    ['rule r {\n  on pre { x = 1\n  on post { x = 2 }\n}\n', '`}`', 'the end of the line', '2:17'],
    ['chip a {\n  clock 1 MHz\n\nparam b = 1\n', '`}`', '`param`', '4:1'],
  ])('in %j is %s', (text, expected, found, place) => {
    const diagnostics = new DiagnosticBag();
    parseSource('input.ion', text, diagnostics);
    const [first] = diagnostics.all;
    expect(first?.message).toBe(`expected ${expected}, found ${found}`);
    expect(`${first?.span?.start.line}:${first?.span?.start.column}`).toBe(place);
  });
});

it('a unit that is none is taken for one, a word that goes on on the next line is not', () => {
  const tree = parseSource('input.ion', 'param a = 14 bits\nparam b = 1\nrule x {}\n', new DiagnosticBag());
  expect(tree?.items.clauses.map(({ kind }) => kind)).toEqual(['param', 'param', 'rule']);
  expect(tree?.items.clauses[0]).toMatchObject({ value: { digits: '14', unit: { symbol: 'bits' } } });
  expect(tree?.items.clauses[1]).not.toMatchObject({ value: { unit: expect.anything() as unknown } });
});

it('a percent sign behind a number is its unit, and no operator on the next line either', () => {
  const diagnostics = new DiagnosticBag();
  expect(parseSource('input.ion', 'param a = 7 % // of all\nparam b = (7) % 2\n', diagnostics)).toBeDefined();
  expect(parseSource('input.ion', 'param a = 7\n  % b\n', diagnostics)).toBeUndefined();
  expect(diagnostics.all.map(({ message }) => message)).toEqual([expect.stringMatching(/found `%`$/)]);
});
