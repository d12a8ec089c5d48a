/** Commands in process: what goes where, and with which status they end. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerExplain } from '../../../src/cli/commands/explain.js';
import { registerFmt } from '../../../src/cli/commands/fmt.js';
import { runCli } from '../../support/run-cli.js';

interface Document {
  readonly ok: boolean;
  readonly diagnostics: readonly { readonly code: string }[];
}

const documentOf = (stdout: string): Document => JSON.parse(stdout) as Document;
const codesOf = (stdout: string): readonly string[] => documentOf(stdout).diagnostics.map(({ code }) => code);

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloom-cli-'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

function write(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, content);
  return file;
}

const UNTIDY = 'param  digit=7   // which one\n';
const TIDY = 'param digit = 7 // which one\n';

describe('fmt', () => {
  it('rewrites what is not in canonical layout, and only that', async () => {
    const [untidy, tidy] = [write('a.ion', UNTIDY), write('b.ion', TIDY)];
    const run = await runCli(registerFmt, 'fmt', untidy, tidy);
    expect(run).toEqual({ status: 0, stdout: `formatted ${untidy}\n`, stderr: '' });
    expect(fs.readFileSync(untidy, 'utf8')).toBe(TIDY);
    expect(fs.readdirSync(folder)).toEqual(['a.ion', 'b.ion']);
  });

  it('changes nothing with --check, and fails', async () => {
    const untidy = write('a.ion', UNTIDY);
    const run = await runCli(registerFmt, 'fmt', '--check', '--json', untidy);
    expect(run.status).toBe(1);
    expect(codesOf(run.stdout)).toEqual(['cli/not-formatted']);
    expect(documentOf(run.stdout)).toMatchObject({ ok: false, files: [{ path: untidy, changed: true }] });
    expect(fs.readFileSync(untidy, 'utf8')).toBe(UNTIDY);
  });

  it('takes a byte order mark for untidy', async () => {
    const run = await runCli(registerFmt, 'fmt', '--check', write('a.ion', `\ufeff${TIDY}`));
    expect(run.status).toBe(1);
  });

  it('leaves a file with errors as it is', async () => {
    const broken = write('a.ion', 'param = = 7\n');
    const run = await runCli(registerFmt, 'fmt', broken);
    expect(run.status).toBe(1);
    expect(run.stdout).toBe('');
    expect(run.stderr).toContain(`--> ${broken}:1:`);
    expect(fs.readFileSync(broken, 'utf8')).toBe('param = = 7\n');
  });

  it('tells a missing file from one that is no text', async () => {
    const missing = await runCli(registerFmt, 'fmt', '--json', path.join(folder, 'missing.ion'));
    expect([missing.status, codesOf(missing.stdout)]).toEqual([3, ['cli/unreadable-file']]);
    const binary = await runCli(registerFmt, 'fmt', '--json', write('a.ion', Uint8Array.of(0xff, 0xfe)));
    expect([binary.status, codesOf(binary.stdout)]).toEqual([1, ['cli/not-utf8']]);
  });

  it('says where it may not write', async () => {
    const untidy = write('a.ion', UNTIDY);
    fs.symlinkSync(untidy, path.join(folder, 'link.ion'));
    const run = await runCli(registerFmt, 'fmt', '--json', path.join(folder, 'link.ion'));
    expect([run.status, codesOf(run.stdout)]).toEqual([3, ['cli/output-refused']]);
    expect(fs.readFileSync(untidy, 'utf8')).toBe(UNTIDY);
  });
});

describe('explain', () => {
  it('prints the explanation of a code', async () => {
    const run = await runCli(registerExplain, 'explain', 'cli/not-formatted');
    expect(run.status).toBe(0);
    expect(run.stdout).toMatch(/^error\[cli\/not-formatted\]\n\n`ionloom fmt --check` found/);
  });

  it('lists all codes', async () => {
    const run = await runCli(registerExplain, 'explain');
    const areas = run.stdout.split('\n').map((line) => /^ {2}(\w+)\//.exec(line)?.[1]);
    expect(new Set(areas)).toEqual(
      new Set([
        'dsl',
        'schedule',
        'study',
        'realize',
        'program',
        'assembly',
        'interop',
        'cosim',
        'cli',
        'nir',
        undefined,
      ]),
    );
  });

  it('offers the nearest code', async () => {
    const run = await runCli(registerExplain, 'explain', 'cli/not-formated');
    expect(run).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'error[cli/unknown-code]: there is no diagnostic `cli/not-formated`\n' +
        '  = help: did you mean `cli/not-formatted`?\n\n',
    });
    const far = await runCli(registerExplain, 'explain', '--json', 'x');
    expect(codesOf(far.stdout)).toEqual(['cli/unknown-code']);
  });
});
