/** Networks and rules in the text of the IR, to be read beside their sources. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseModule } from '../../../src/ir/parse.js';
import { printModule } from '../../../src/ir/print.js';
import { formatSource } from '../../../src/dsl/format.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { compileText } from '../../support/compile-text.js';
import { expectGolden, REPOSITORY } from '../../support/golden.js';

const FOLDER = 'test/golden/network';
const sources = readdirSync(join(REPOSITORY, FOLDER)).filter((file) => file.endsWith('.ion'));

describe('rules and networks in phase network', () => {
  it.each(sources)('%s', (file) => {
    const text = readFileSync(join(REPOSITORY, FOLDER, file), 'utf8');
    expect(formatSource(file, text, new DiagnosticBag())).toBe(text);
    const { network, diagnostics } = compileText(text);
    expect(diagnostics).toEqual([]);
    // The devices have goldens of their own.
    const module = { ...network!, devices: [] };
    const printed = printModule(module);
    expectGolden(`${FOLDER}/${file.replace(/\.ion$/, '.ir')}`, printed);
    expect(parseModule(printed)).toEqual(module);
  });
});
