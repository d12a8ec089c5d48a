/** The TextMate grammar: up to date with the language, and what it makes of real programs. */
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { GRAMMAR_FILE, readTables, textmateGrammar } from '../../../scripts/textmate-grammar.mjs';
import { expectGolden, REPOSITORY } from '../../support/golden.js';

type Grammar = NonNullable<Awaited<ReturnType<InstanceType<typeof textmate.Registry>['loadGrammar']>>>;

let grammar: Grammar;

beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  await oniguruma.loadWASM(readFileSync(wasm));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: (scope) => {
      const file = path.join(REPOSITORY, GRAMMAR_FILE);
      return Promise.resolve(
        scope === 'source.ion' ? textmate.parseRawGrammar(readFileSync(file, 'utf8'), file) : null,
      );
    },
  });
  grammar = (await registry.loadGrammar('source.ion'))!;
});

/** The tokens of a text that have a scope of their own, `scope: text`, line by line. */
function tokenize(text: string): string[] {
  let state = textmate.INITIAL;
  return text.split('\n').flatMap((line, index) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.flatMap(({ startIndex, endIndex, scopes }) => {
      const scope = scopes.at(-1)!.replace(/\.ion$/, '');
      const image = line.slice(startIndex, endIndex);
      return scopes.length < 2 || image.trim() === '' ? [] : [`${index + 1} ${scope}: ${image}`];
    });
  });
}

/** Scopes by image, for texts in which each image has one. */
const scopesOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    tokenize(text).map((token) => [token.replace(/^.*?: /, ''), token.replace(/^\d+ (.*?): .*$/, '$1')]),
  );

describe('the TextMate grammar', () => {
  it('is what scripts/textmate-grammar.mjs writes', async () => {
    const tables = await readTables(async (module) => {
      const file = path.join(REPOSITORY, 'src', `${module}.ts`);
      return (await import(/* @vite-ignore */ file)) as Record<string, unknown>;
    });
    expectGolden(GRAMMAR_FILE, textmateGrammar(tables));
  });

  it('tells keywords from names that look like them', () => {
    const names = scopesOf('  let step = 2 * window / g');
    expect(names).toMatchObject({ let: 'storage.type', step: 'variable.other.declaration' });
    expect(names).not.toHaveProperty('window');
    expect(tokenize('  evolve g = step / pulse.width')).not.toContain('1 keyword.other: step');
    expect(tokenize('  window low = 1 uS .. 2 uS step 6 nS')).toContain('1 keyword.other: step');
    expect(tokenize('  param at = 3')).toContain('1 variable.other.declaration: at');
  });

  it('knows numbers with every kind of unit', () => {
    const units = (text: string): string[] => tokenize(text).filter((token) => token.includes('unit')).map((token) => token.replace(/^.*: /, '')); // prettier-ignore
    expect(units('param a = 10 mC/S')).toEqual(['mC/S']);
    expect(units('param a = 10 µs')).toEqual(['µs']);
    expect(units('param a = 5% + 3 V^2 + 1e-3 kΩ')).toEqual(['%', 'V^2', 'kΩ']);
    expect(units('param a : S = 3')).toEqual(['S']);
    expect(units('param m2 = 3 meters')).toEqual([]);
  });

  it('ends texts and comments where the language does', () => {
    expect(tokenize('param a = "x // y" // z')).toContain('1 comment.line.double-slash: // z');
    expect(tokenize('param a = "open\nparam b = 3')).toContain('2 constant.numeric: 3');
    expect(tokenize('param a = "\\"" // z')).toContain('1 constant.character.escape: \\"');
  });
});

const programs = ['examples', 'src/devices/library'].flatMap((folder) =>
  readdirSync(path.join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ion'))
    .map((file) => path.posix.join(folder, file)),
);

describe('the tokens of every example and library device', () => {
  it.each(programs)('%s', (file) => {
    // Without line numbers, so that a new line changes the golden in one place
    const tokens = tokenize(readFileSync(path.join(REPOSITORY, file), 'utf8')).map((token) =>
      token.replace(/^\d+ /, ''),
    );
    expectGolden(`test/golden/textmate/${file.replaceAll('/', '-')}.txt`, `${tokens.join('\n')}\n`);
  });
});
