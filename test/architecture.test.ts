/** The shape of the tree: who imports whom, sizes, doors, and that the documents speak of what is there. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DOORS, doorFault, folderOf, FOLDER_IMPORTS, importFault } from '../lint/import-table.mjs';
import { entriesByCode } from '../src/cli/catalogues.js';

const root = path.dirname(import.meta.dirname);
const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');

/** Files below `folder`, relative to the root, sorted. */
function filesBelow(folder: string, extension: string): readonly string[] {
  const items = fs.readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true });
  return items
    .filter((item) => item.isFile() && item.name.endsWith(extension))
    .map((item) => path.relative(root, path.join(item.parentPath, item.name)))
    .sort();
}

const sources = filesBelow('src', '.ts');

interface Import {
  readonly from: string;
  /** Path from the root for our own files, else the name of the package. */
  readonly to: string;
  readonly isOurs: boolean;
  /** Whether nothing of it is left at run time. */
  readonly isTypeOnly: boolean;
}

function importsOf(file: string): readonly Import[] {
  const statements = [...read(file).matchAll(/(?:^(import type|import|export type|export)\b[^;]*?\bfrom|\bimport)\s*\(?\s*'([^'\n]+)'/gm)]; // prettier-ignore
  return statements.map(([, keyword = '', specifier = '']) => {
    const isOurs = specifier.startsWith('.');
    const to = isOurs ? path.posix.join(path.posix.dirname(file), specifier).replace(/\.js$/, '.ts') : specifier;
    return { from: file, to, isOurs, isTypeOnly: keyword.endsWith('type') };
  });
}

const imports = sources.flatMap(importsOf);
const ours = imports.filter(({ isOurs }) => isOurs);
const inSource = (file: string): string => file.slice('src/'.length);

describe('imports', () => {
  it('point at files that exist', () => {
    expect(ours.filter(({ to }) => !fs.existsSync(path.join(root, to)))).toEqual([]);
  });

  it('follow the table of folders', () => {
    const faults = ours.map(({ from, to }) => importFault(inSource(from), inSource(to)));
    expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
  });

  it('use packages and Node modules through their doors only', () => {
    const packages = imports.filter(({ isOurs }) => !isOurs);
    const faults = packages.map(({ from, to }) => doorFault(from, to));
    expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
    const isUsed = ([pattern]: (typeof DOORS)[number]): boolean => packages.some(({ to }) => pattern?.test(to));
    expect(DOORS.filter((door) => !isUsed(door))).toEqual([]);
  });

  it('have no cycles between folders, and at run time none between files', () => {
    expect(findCycle(graphOf(ours.map(({ from, to }) => [folderOf(inSource(from)), folderOf(inSource(to))])))).toEqual(
      [],
    );
    const values = ours.filter(({ isTypeOnly }) => !isTypeOnly);
    expect(findCycle(graphOf(values.map(({ from, to }) => [from, to])))).toEqual([]);
  });

  it('the rules catch what they are for', () => {
    expect(importFault('core/span.ts', 'ir/network.ts')).toMatch(/may not import/);
    expect(importFault('backends/energy/a.ts', 'backends/harness/b.ts')).toMatch(/may not import/);
    expect(importFault('dsl/scope.ts', 'ir/network.ts')).toMatch(/may not import/);
    expect(importFault('dsl/lower/lower-chip.ts', 'ir/network.ts')).toBeUndefined();
    expect(doorFault('src/ir/print.ts', 'node:fs')).toMatch(/may not import/);
    expect(findCycle(graphOf([['a', 'b'], ['b', 'c'], ['c', 'a']]))).toEqual(['a', 'b', 'c', 'a']); // prettier-ignore
  });
});

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

function graphOf(edges: readonly (readonly [string, string])[]): Graph {
  const graph = new Map<string, Set<string>>();
  for (const [from, to] of edges) {
    if (from !== to) graph.set(from, (graph.get(from) ?? new Set()).add(to));
  }
  return graph;
}

/** Nodes of some cycle, the first repeated at the end; empty where there is none. */
function findCycle(graph: Graph): readonly string[] {
  const done = new Set<string>();
  const visit = (node: string, trail: readonly string[]): readonly string[] => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node];
    if (done.has(node)) return [];
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...trail, node]);
      if (cycle.length > 0) return cycle;
    }
    done.add(node);
    return [];
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

describe('sizes', () => {
  const countLines = (file: string): number => read(file).split('\n').length - 1;

  it.each([
    ['src', '.ts', 500],
    ['hw', '.sv', 400],
    ['templates', '.hbs', 60],
    ['scripts', '.mjs', 300],
  ])('no file of %s (%s) is longer than %i lines', (folder, extension, limit) => {
    const files = filesBelow(folder, extension);
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => countLines(file) > limit)).toEqual([]);
  });

  it('half of the source files have at most 120 lines', () => {
    const lengths = sources.map(countLines).sort((left, right) => left - right);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(120);
  });

  it('no file is named for what it is not', () => {
    const vague = /(^|[-/])(utils?|helpers?|common|misc|index)(\.ts$|\/)/;
    expect(sources.filter((file) => vague.test(file))).toEqual([]);
  });

  it('every source file begins with what it is', () => {
    expect(sources.filter((file) => !read(file).startsWith('/**'))).toEqual([]);
  });
});

describe('diagnostics', () => {
  const tests = filesBelow('test', '.test.ts').map(read).join('\n');

  it('every code has a golden folder or a test that names it', () => {
    const untested = [...entriesByCode().keys()].filter((code) => {
      const folder = path.join(root, 'test', 'golden', 'diagnostics', ...code.split('/'));
      return !fs.existsSync(folder) && !tests.includes(`'${code}'`);
    });
    expect(untested).toEqual([]);
  });

  it('every code is reported somewhere', () => {
    const text = sources.filter((file) => !/catalogue/.test(file)).map(read).join('\n'); // prettier-ignore
    const keys = [...entriesByCode().keys()].map((code) => code.slice(code.indexOf('/') + 1));
    expect(keys.filter((key) => !text.includes(`'${key}'`))).toEqual([]);
  });
});

describe('documents', () => {
  const architecture = read('ARCHITECTURE.md');

  it('ARCHITECTURE.md lists exactly the folders of src', () => {
    const listed = [...architecture.matchAll(/^\| `src\/([\w/]+)` \|/gm)].map((match) => match[1]!);
    const present = new Set(sources.map((file) => folderOf(inSource(file))).filter((folder) => folder !== '.'));
    expect(listed.sort()).toEqual([...present].sort());
    expect([...Object.keys(FOLDER_IMPORTS), 'cli'].sort()).toEqual([...present].sort());
  });

  it.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'hw/README.md'])('paths in %s exist', (document) => {
    const places = [...read(document).matchAll(/`((?:src|hw|templates|test|examples|scripts|lint|bin)\/[\w./-]*)`/g)];
    const missing = places.map((match) => match[1]!).filter((place) => !fs.existsSync(path.join(root, place)));
    expect(missing).toEqual([]);
  });

  it('README.md shows both commands', () => {
    expect(read('README.md')).toContain('npm start');
    expect(read('README.md')).toContain('npm test');
  });

  it('every dependency is justified in ARCHITECTURE.md', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      string,
      Record<string, string>
    >;
    const names = Object.keys({ ...dependencies, ...devDependencies });
    expect(names.filter((name) => !architecture.includes(`\`${name}\``))).toEqual([]);
  });
});
