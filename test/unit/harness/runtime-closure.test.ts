import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runtimeClosure } from '../../../src/backends/harness/runtime-closure.js';

const source = (path: string): string => readFileSync(new URL(`../../../src/${path}`, import.meta.url), 'utf8');

it('follows value and type imports, and copies verbatim', () => {
  const entry = {
    path: 'harness/src/main.ts',
    kind: 'typescript' as const,
    text: "import { interpretProgram } from './runtime/ir/interpret.js';\n",
  };
  const files = runtimeClosure([entry], 'harness/', source);
  const paths = files.map(({ path }) => path);
  expect(paths).toContain('harness/src/runtime/ir/interpret.ts');
  expect(paths).toContain('harness/src/runtime/core/invariant.ts');
  expect(paths).toContain('harness/src/runtime/core/span.ts');
  expect(paths).toEqual([...new Set(paths)].sort());
  for (const { path, text } of files) expect(text).toBe(source(path.slice('harness/src/runtime/'.length)));
});

it('finds imports over several lines and of multiple forms', () => {
  const texts: Record<string, string> = {
    'a.ts':
      "import {\n  b,\n  c,\n} from './sub/b.js';\nexport type { D } from './d.js';\nconst text = \"from './no.js'\";\n",
    'sub/b.ts': "import type { A } from '../a.js';\nimport * as fs from 'node:fs';\n",
    'd.ts': '',
  };
  const entry = { path: 'src/x.ts', kind: 'typescript' as const, text: "import { a } from './runtime/a.js';\n" };
  const files = runtimeClosure([entry], '', (path) => texts[path] ?? 'missing');
  expect(files.map(({ path }) => path)).toEqual(['src/runtime/a.ts', 'src/runtime/d.ts', 'src/runtime/sub/b.ts']);
});
