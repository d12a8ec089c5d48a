import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { formatSource } from '../../../src/dsl/format.js';
import { parseSource } from '../../../src/dsl/parse/parse-source.js';
import { printSource } from '../../../src/dsl/print-ast.js';
import { INVENTORY } from '../../../src/dsl/syntax/walk.js';
import { expectGolden, REPOSITORY } from '../../support/golden.js';
import { withoutSpans } from '../../support/without-spans.js';

const CONSTRUCTS = 'test/golden/dsl';
const FORMATTED = 'test/golden/format';

function sourcesBelow(folder: string): string[] {
  const names = readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ion')).map((name) => `${folder}/${name}`);
}

/** The kinds of all nodes in `value`. */
function kindsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const kind = 'kind' in value && typeof value.kind === 'string' ? [value.kind] : [];
  return [...kind, ...Object.values(value).flatMap(kindsIn)];
}

function parse(text: string) {
  const diagnostics = new DiagnosticBag();
  const tree = parseSource('input.ion', text, diagnostics);
  expect(diagnostics.all).toEqual([]);
  return tree!;
}

describe('the printer', () => {
  for (const name of readdirSync(join(REPOSITORY, CONSTRUCTS))) {
    it(`gives ${name} back as it is`, () => {
      const text = readFileSync(join(REPOSITORY, CONSTRUCTS, name), 'utf8');
      const tree = parse(text);
      expect(printSource(tree)).toBe(text);
      expect(withoutSpans(parse(printSource(tree)))).toEqual(withoutSpans(tree));
    });
  }
});

it('every construct has a golden', () => {
  const texts = readdirSync(join(REPOSITORY, CONSTRUCTS)).map((name) =>
    readFileSync(join(REPOSITORY, CONSTRUCTS, name), 'utf8'),
  );
  const kinds = new Set(texts.flatMap((text) => kindsIn(parse(text))));
  expect(INVENTORY.shapes.map(({ kind }) => kind).filter((kind) => !kinds.has(kind))).toEqual([]);
});

describe('the formatter', () => {
  for (const name of readdirSync(join(REPOSITORY, FORMATTED))) {
    it(`lays out ${name}`, () => {
      const input = readFileSync(join(REPOSITORY, FORMATTED, name, 'input.ion'), 'utf8');
      const diagnostics = new DiagnosticBag();
      const formatted = formatSource('input.ion', input, diagnostics);
      expect(diagnostics.all).toEqual([]);
      expectGolden(`${FORMATTED}/${name}/expected.ion`, formatted ?? '');
      expect(formatSource('input.ion', formatted ?? '', diagnostics)).toBe(formatted);
    });
  }

  it.each(['examples', 'src/devices/library'].flatMap(sourcesBelow))('finds %s in order', (file) => {
    const text = readFileSync(join(REPOSITORY, file), 'utf8');
    expect(formatSource(file, text, new DiagnosticBag())).toBe(text);
  });

  it('breaks long lists, and keeps every line within 100 columns', () => {
    const formatted = formatSource('input.ion', `param a = [${'1.25, '.repeat(50_000)}1]\n`, new DiagnosticBag()) ?? '';
    const lines = formatted.split('\n');
    expect(lines.length).toBeGreaterThan(3000);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
    expect(formatSource('input.ion', formatted, new DiagnosticBag())).toBe(formatted);
  });

  it('returns nothing for a text that does not parse', () => {
    const diagnostics = new DiagnosticBag();
    expect(formatSource('input.ion', 'param', diagnostics)).toBeUndefined();
    expect(diagnostics.all.map(({ code }) => code)).toEqual(['dsl/syntax']);
  });
});
