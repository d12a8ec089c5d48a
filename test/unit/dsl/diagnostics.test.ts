/** Every diagnostic of the language has a file that provokes it, and the text that a user then reads. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import type { FileHost } from '../../../src/core/file-host.js';
import { renderDiagnostic } from '../../../src/core/render-diagnostic.js';
import { DSL_CATALOGUE } from '../../../src/dsl/catalogue.js';
import { compileSource } from '../../../src/dsl/front-end.js';
import { MAX_SOURCE_BYTES } from '../../../src/dsl/source-text.js';
import { expectGolden, REPOSITORY } from '../../support/golden.js';
import { memoryHost } from '../../support/memory-host.js';

const GOLDEN = 'test/golden/diagnostics/dsl';

/** Inputs too large to be kept as files. */
const GENERATED: Readonly<Record<string, () => FileHost>> = {
  'too-large': () => memoryHost({ 'input.ion': ' '.repeat(MAX_SOURCE_BYTES + 1) }),
  'table-too-large': () =>
    memoryHost({
      'input.ion': readFileSync(join(REPOSITORY, GOLDEN, 'table-too-large/input.ion'), 'utf8'),
      'large.csv': '0,1\n'.repeat(500_001),
    }),
  'import-depth': () =>
    memoryHost(
      Object.fromEntries(
        Array.from({ length: 40 }, (_, depth) => [
          depth === 0 ? 'input.ion' : `${depth}.ion`,
          `import chip Board from "./${depth + 1}.ion"\n`,
        ]),
      ),
    ),
};

function overridesOf(folder: string): ReadonlyMap<string, string> {
  const file = join(folder, 'overrides.txt');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

/** A host on disk whose files have short names, so that messages do not depend on where the checkout is. */
function folderHost(folder: string): FileHost {
  const disk = createDiskHost();
  return {
    readBytes: (file, maxBytes) => disk.readBytes(disk.resolve(join(folder, 'x'), file), maxBytes),
    readHead: (file, maxBytes) => disk.readHead(disk.resolve(join(folder, 'x'), file), maxBytes),
    realPath: (file) => disk.realPath(disk.resolve(join(folder, 'x'), file)),
    resolve: (fromFile, target) => disk.resolve(fromFile, target),
  };
}

function textOf(folder: string) {
  return (file: string) => {
    const path = join(folder, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  };
}

describe('diagnostics of the language', () => {
  for (const key of Object.keys(DSL_CATALOGUE.entries)) {
    it(`shows dsl/${key}`, () => {
      const folder = join(REPOSITORY, GOLDEN, key);
      const diagnostics = new DiagnosticBag();
      const host = GENERATED[key]?.() ?? folderHost(folder);
      compileSource('input.ion', host, overridesOf(folder), diagnostics);
      expect(diagnostics.all.map(({ code }) => code)).toContain(`dsl/${key}`);
      const text = diagnostics.all.map((diagnostic) => renderDiagnostic(diagnostic, textOf(folder))).join('\n\n');
      expectGolden(`${GOLDEN}/${key}/expected.txt`, `${text}\n`);
    });
  }
});
