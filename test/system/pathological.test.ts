/** Sources that nobody writes but somebody sends: each ends soon, in little memory, with a diagnostic of its own. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepRecord } from '../support/hostile/trust-record.js';
import { measuredRun } from '../support/hostile/measured-run.js';

/** What a source may take at most: time of the processor [s], memory [bytes]. */
const LIMITS = { seconds: 2, bytes: 500e6 };

const MEBIBYTE = 2 ** 20;
const DEEP = 100_000;

const network = (clauses: string): string => `network N {\n${clauses}\n}\n`;

/** Name, source, the code it ends with. */
const SOURCES: readonly (readonly [string, string, string])[] = [
  ['10 MB of comments', '# c\n'.repeat((10 * MEBIBYTE) / 4), 'dsl/too-large'],
  ['10 MB of parameters', 'param a = 1\n'.repeat((10 * MEBIBYTE) / 12), 'dsl/too-large'],
  ['100,000 parentheses', `param a = ${'('.repeat(DEEP)}1${')'.repeat(DEEP)}\n`, 'dsl/too-deep'],
  ['100,000 braces', `network N ${'{'.repeat(DEEP)}${'}'.repeat(DEEP)}\n`, 'dsl/too-deep'],
  ['100,000 signs', `param a = ${'-'.repeat(DEEP)}1\n`, 'dsl/too-deep'],
  ['100,000 powers', `param a = ${'2^'.repeat(DEEP)}1\n`, 'dsl/too-deep'],
  ['100,000 negations', `param a = ${'not '.repeat(DEEP)}true\n`, 'dsl/too-deep'],
  ['a sum of 100,000', `param a = ${'1+'.repeat(DEEP)}1\n`, 'dsl/too-deep'],
  ['a population of 1e12', network('population a : lif[1000000000000]'), 'dsl/integer-range'],
  ['a square of 2e9', network('population a : lif[2000000000, 2000000000]'), 'dsl/population-too-large'],
  [
    '1e12 modules',
    `module M { input x : spikes[1] output y = x }\n${network('use M[1000000000000] as m')}`,
    'dsl/integer-range',
  ],
  [
    'a loop of 1e12',
    network('population a : lif[4]\nfor i in 0 .. 999999999999 { projection a -> a all-to-all { weights = 1 } }'),
    'dsl/integer-range',
  ],
  ['a diagnostic in every line', '@\n'.repeat(MEBIBYTE / 2), 'dsl/unexpected-character'],
  ['one name in every line', 'param a = b\n'.repeat(60_000), 'dsl/duplicate-name'],
  ['a prefix out of range', 'param a : V = 1e308 GV\n', 'dsl/number-out-of-range'],
  ['a number out of range', 'param a = 1e400\n', 'dsl/number-out-of-range'],
  ['a product out of range', 'param a = 1e300 * 1e300\n', 'dsl/not-finite'],
  ['zeros', '\0'.repeat(MEBIBYTE), 'dsl/unexpected-character'],
  [
    'a wrong name in every line',
    Array.from({ length: 40_000 }, (_, at) => `param a${at} = b${at}\n`).join(''),
    'dsl/unknown-name',
  ],
  ['one long string', `import device a from "${'x'.repeat(MEBIBYTE - 100)}"\n`, 'dsl/import-path'],
];

let folder = '';

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloom-pathological-'));
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

describe('sources that nobody writes', () => {
  it.each(SOURCES)('%s', (name, source, code) => {
    const place = fs.mkdtempSync(path.join(folder, 'run-'));
    fs.writeFileSync(path.join(place, 'a.ion'), source);
    const run = measuredRun(place, 'check', 'a.ion');
    expect(run.stderr.slice(0, 2000), name).toContain(`error[${code}]`);
    expect(run).toMatchObject({ status: 1 });
    expect(run.seconds, 'time of the processor [s]').toBeLessThan(LIMITS.seconds);
    expect(run.bytes, 'memory [bytes]').toBeLessThan(LIMITS.bytes);
    expect(run.stderr.length, 'what is printed').toBeLessThan(200_000);
    keepRecord({
      what: 'sources that nobody writes, in 2 s and 500 MB',
      tried: 1,
      faults: { 'beyond these limits': 0 },
    });
  });
});
