/** Checking while typing says what checking from scratch says, after any edits. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiagnosticBag, type Diagnostic } from '../../../src/core/diagnostic.js';
import { CheckingSession } from '../../../src/dsl/checking-session.js';
import { compileSource } from '../../../src/dsl/front-end.js';
import { IncrementalSource, relocate } from '../../../src/dsl/parse/incremental-source.js';
import { parseSource } from '../../../src/dsl/parse/parse-source.js';
import { createDiskHost } from '../../../src/core/disk.js';
import type { FileHost } from '../../../src/core/file-host.js';
import { REPOSITORY } from '../../support/golden.js';
import { withoutSpans } from '../../support/without-spans.js';

/** Real files beside one that is being typed. */
class TypedFile {
  text = '';
  readonly file: string;
  readonly host: FileHost;

  constructor(file: string) {
    this.file = file;
    const disk = createDiskHost();
    const bytes = () => new TextEncoder().encode(this.text);
    this.host = {
      ...disk,
      readBytes: (name, maxBytes) => (name === file ? bytes() : disk.readBytes(name, maxBytes)),
      readHead: (name, maxBytes) => (name === file ? bytes().subarray(0, maxBytes) : disk.readHead(name, maxBytes)),
      realPath: (name) => (name === file ? name : disk.realPath(name)),
    };
  }

  /** What the compiler says from scratch. */
  fromScratch(): readonly Diagnostic[] {
    const diagnostics = new DiagnosticBag();
    compileSource(this.file, this.host, new Map(), diagnostics);
    return diagnostics.all;
  }
}

/** Diagnostics in an order that does not depend on who came first. */
const sorted = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map((diagnostic) => JSON.stringify(diagnostic)).sort();

const programs = readdirSync(path.join(REPOSITORY, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ion'))
  .map((file) => path.join(REPOSITORY, 'examples', file));

/** An edit by parts of the text: where it begins, how much it takes away, what it puts there. */
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof({ weight: 3, arbitrary: fc.nat(3) }, fc.nat(200)),
  inserted: fc.constantFrom('', '', ' ', '\n', '7', '0 V', ' + 1 s', 'g', '// ', '"', '{', '}', '(', 'param q = 2 mV\n', '\nchip C {}\n', 'device d "x" {\n}\n', '\r\n', 'import', 'x'), // prettier-ignore
});

function apply(text: string, { at, removed, inserted }: { at: number; removed: number; inserted: string }): string {
  const offset = Math.floor(at * text.length);
  return text.slice(0, offset) + inserted + text.slice(offset + removed);
}

describe('checking while typing', () => {
  it.each(programs)('says of %s what checking from scratch says, after every edit and its undoing', (file) => {
    const original = readFileSync(file, 'utf8');
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        const typed = new TypedFile(file);
        const session = new CheckingSession(typed.host);
        typed.text = original;
        for (const each of [undefined, ...edits, undefined]) {
          typed.text = each ? apply(typed.text, each) : original;
          expect(sorted(session.check(file))).toEqual(sorted(typed.fromScratch()));
        }
      }),
      { numRuns: 12, seed: 3 },
    );
  });

  it('sees when something that a declaration uses has changed', () => {
    const file = path.join(REPOSITORY, 'typed.ion');
    const typed = new TypedFile(file);
    const session = new CheckingSession(typed.host);
    const program = (unit: string) => `param low = 1 ${unit}\n\nchip C {\n  clock low * 10\n  bus apb\n}\n`;
    typed.text = program('MHz');
    const before = sorted(session.check(file));
    expect(before).toEqual(sorted(typed.fromScratch()));
    typed.text = program('V');
    expect(session.check(file).some(({ code }) => code === 'dsl/unexpected-dimension')).toBe(true);
    typed.text = program('MHz');
    expect(sorted(session.check(file))).toEqual(before);
  });
});

describe('checking twice', () => {
  const goldens = path.join(REPOSITORY, 'test/golden/diagnostics/dsl');
  const broken = readdirSync(goldens).flatMap((key) => {
    const file = path.join(goldens, key, 'input.ion');
    return existsSync(file) ? [file] : [];
  });

  it.each([...programs, ...broken])('says of %s the same in the same order', (file) => {
    const typed = new TypedFile(file);
    typed.text = readFileSync(file, 'utf8');
    const first = typed.fromScratch();
    expect(typed.fromScratch()).toEqual(first);
    const session = new CheckingSession(typed.host);
    const before = session.check(file);
    expect(session.check(file)).toEqual(before);
  });
});

describe('an incremental source', () => {
  it('keeps the trees of items whose text stays, and has every place right', () => {
    const text = 'param a = 1 V\n// about b\nparam b = a\nparam c = b // last\n';
    const source = new IncrementalSource('a.ion');
    const first = source.parse(text, new DiagnosticBag())!;
    const edited = text.replace('1 V', '1 V\n\n').replace('param b', 'param  bb');
    const second = source.parse(edited, new DiagnosticBag())!;
    expect(second.items.clauses[2]).toBe(first.items.clauses[2]);
    const fresh = parseSource('a.ion', edited, new DiagnosticBag())!;
    expect(withoutSpans(second.items.clauses.map((item) => ({ ...item, trivia: undefined })))).toEqual(
      withoutSpans(fresh.items.clauses.map((item) => ({ ...item, trivia: undefined }))),
    );
    second.items.clauses.forEach(({ span }, index) => {
      const found = { code: '', severity: 'error', blame: 'input', message: '', span } as const;
      const placed = relocate(found, (each) => ({
        ...each,
        start: source.locate(each.start),
        end: source.locate(each.end),
      }));
      expect(placed.span).toEqual(fresh.items.clauses[index]!.span);
    });
  });
});
