import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { createDiskHost } from '../../../src/core/disk.js';
import { compileSource } from '../../../src/dsl/front-end.js';
import { compileText } from '../../support/compile-text.js';
import { BENCH, CLASSIFIER, experimentOn, SPIKING } from '../../support/study-text.js';

const USER = `import chip Bench, rule stdp, network Net from "./parts/parts.ion"
`;

describe('imports', () => {
  it('bring every kind of declaration, with what it uses', () => {
    const text = `import chip Bench, network Classifier, data samples from "./parts.ion"
${experimentOn('Classifier', 'train on samples')}`;
    const samples = 'data samples {\n  from "table.csv"\n}\n';
    const row = `${Array.from({ length: 16 }, () => '1').join(',')}\n`;
    const files = { 'parts.ion': BENCH + CLASSIFIER + samples, 'table.csv': row };
    const { network, codes } = compileText(text, files);
    expect(codes).toEqual([]);
    expect(network).toMatchObject({
      chips: [{ name: 'Bench' }],
      networks: [{ name: 'Classifier' }],
      data: [{ name: 'samples', file: 'table.csv' }],
      studies: [{ name: 'Try' }],
    });
  });

  it('let experiments name the rules of an imported network', () => {
    const text = `${USER}${experimentOn('Net', 'wait 1 s', 'set stdp.a = 2 nS')}`;
    const { network, codes } = compileText(text, { 'parts/parts.ion': BENCH + SPIKING });
    expect(codes).toEqual([]);
    expect(network?.studies[0]?.settings).toMatchObject([{ name: 'stdp.a' }]);
  });

  it('are warned of where nothing uses them, one by one', () => {
    const { diagnostics } = compileText(
      `${USER}${experimentOn('Net', 'wait 1 s').replace('on Bench', 'on Own')}
${BENCH.replace('Bench', 'Own')}`,
      { 'parts/parts.ion': BENCH + SPIKING },
    );
    expect(diagnostics.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      'warning: imported name `Bench` is never used',
    ]);
  });

  it('of parameters are warned of in the same way, and declarations are not', () => {
    expect(compileText(`param a = 1\nparam b = a\n${BENCH}`).diagnostics.map(({ message }) => message)).toEqual([
      'parameter `b` is never used',
    ]);
  });

  it('stay without warnings while there are errors', () => {
    expect(compileText(`import chip Bench, chip Other from "./parts.ion"\n`, { 'parts.ion': BENCH }).codes).toEqual([
      'dsl/unknown-export',
    ]);
  });

  it.each([
    ['a name twice', 'import chip Bench, chip Bench from "./parts.ion"\n', 'dsl/duplicate-name'],
    ['a name that the file declares', `import chip Bench from "./parts.ion"\n${BENCH}`, 'dsl/duplicate-name'],
    ['a name that the other file imports', 'import device yszEcram from "./parts.ion"\n', 'dsl/unknown-export'],
    ['a kind that the name is not of', 'import program Bench from "./parts.ion"\n', 'dsl/wrong-kind'],
    ['a missing file', 'import chip Bench from "./part.ion"\n', 'dsl/import-unreadable'],
    ['a path upwards', 'import chip Bench from "../parts.ion"\n', 'dsl/import-path'],
    ['a path downwards and up', 'import chip Bench from "./a/../../parts.ion"\n', 'dsl/import-path'],
    ['an absolute path', 'import chip Bench from "/parts.ion"\n', 'dsl/import-path'],
    ['itself', 'import chip Bench from "./input.ion"\n', 'dsl/import-cycle'],
  ])('of %s are refused', (_, text, code) => {
    const files = { 'parts.ion': `import device yszEcram from "std/devices"\n${BENCH}` };
    expect(compileText(text, files).codes).toEqual([code]);
  });
});

describe('modules of the library', () => {
  it('offer their own devices only, and say where another is', () => {
    const { diagnostics } = compileText('import device softBounds from "std/devices"\n');
    expect(diagnostics.map(({ code, help }) => [code, help])).toEqual([
      ['dsl/unknown-export', '`softBounds` is in "std/aihwkit"'],
    ]);
  });

  it('are read as far as they are imported', () => {
    const { network } = compileText(
      'import device neurosimReal from "std/neurosim"\ndevice mine extends neurosimReal {}\n',
    );
    expect(network?.devices.map(({ name }) => name)).toContain('mine');
  });
});

describe('the root file', () => {
  it('is checked as a whole, whatever its experiments use', () => {
    const text = `${BENCH}${BENCH.replace('Bench', 'Unused').replace('bus apb', 'bus abp')}`;
    expect(compileText(text).codes).toEqual(['dsl/unknown-word']);
  });

  it('does not answer for what it does not import', () => {
    const text = `import chip Bench from "./parts.ion"\n${CLASSIFIER}${experimentOn('Classifier', 'wait 1 s')}`;
    const files = { 'parts.ion': `${BENCH}${BENCH.replace('Bench', 'Unused').replace('bus apb', 'bus abp')}` };
    expect(compileText(text, files).codes).toEqual([]);
  });
});

describe('imports through links', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ionloom-imports-'));
    for (const name of ['project', 'elsewhere']) mkdirSync(join(folder, name));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function codesOf(...path: readonly string[]): readonly string[] {
    const diagnostics = new DiagnosticBag();
    compileSource(join(folder, ...path), createDiskHost(), new Map(), diagnostics);
    return diagnostics.all.map(({ code }) => code);
  }

  const write = (text: string, ...path: readonly string[]) => {
    writeFileSync(join(folder, ...path), text);
  };
  const user = (file: string) =>
    `import chip Bench from "./${file}"\n${CLASSIFIER}${experimentOn('Classifier', 'wait 1 s')}`;

  it('may not leave the folder of the root', () => {
    write(BENCH, 'elsewhere', 'bench.ion');
    symlinkSync(join(folder, 'elsewhere', 'bench.ion'), join(folder, 'project', 'bench.ion'));
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'project', 'parts'));
    write(user('bench.ion'), 'project', 'a.ion');
    write(user('parts/bench.ion'), 'project', 'b.ion');
    expect(codesOf('project', 'a.ion')).toEqual(['dsl/import-path']);
    expect(codesOf('project', 'b.ion')).toEqual(['dsl/import-path']);
  });

  it('may lead to another file of the folder, which is one file', () => {
    write(BENCH, 'project', 'bench.ion');
    symlinkSync('bench.ion', join(folder, 'project', 'link.ion'));
    symlinkSync('root.ion', join(folder, 'project', 'round.ion'));
    const more = 'import network Net from "./net.ion"\n';
    write(
      `${more}${user('link.ion')}${experimentOn('Net', 'wait 1 s').replace('Try', 'Other')}`,
      'project',
      'root.ion',
    );
    write(`import chip Bench from "./bench.ion"\n${SPIKING}`, 'project', 'net.ion');
    expect(codesOf('project', 'root.ion')).toEqual([]);
    write('import network Net from "./round.ion"\n', 'project', 'root.ion');
    expect(codesOf('project', 'root.ion')).toEqual(['dsl/import-cycle']);
  });

  it('work in a folder that is a link itself', () => {
    write(BENCH, 'project', 'bench.ion');
    write(user('bench.ion'), 'project', 'root.ion');
    symlinkSync(join(folder, 'project'), join(folder, 'link'));
    expect(codesOf('link', 'root.ion')).toEqual([]);
  });
});
