/** What `--help` and `ionloom help` say is whole, fits on a terminal, and its examples work. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MANUAL } from '../../src/cli/manual.js';
import { REPOSITORY } from '../support/golden.js';
import { ionloom, ionloomIn } from '../support/ionloom.js';
import { inWorkFolder } from '../support/work-folder.js';

const overview = (): string => ionloom('--help').stdout;
const commands = (): readonly string[] =>
  [...overview().matchAll(/^ {2}([a-z]+) (?:\[|<)/gm)].map((match) => match[1]!);

it('has a page for every command', () => {
  expect([...commands()].sort()).toEqual(Object.keys(MANUAL).sort());
});

it.each(Object.keys(MANUAL))('help of %s has all parts in 80 columns', (name) => {
  const page = ionloom('help', name);
  expect([page.status, page.stderr]).toEqual([0, '']);
  expect(ionloom(name, '--help').stdout).toBe(page.stdout);
  expect(page.stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(page.stdout).toMatch(
    /^Usage: ionloom [^]*\nOptions:\n[^]*\nEnvironment:\n[^]*\nExit status:\n[^]*\nSee also: /,
  );
});

it('leads to commands and files that there are', () => {
  const places = Object.values(MANUAL).flatMap(({ seeAlso }) => seeAlso);
  const missing = places.filter((place) => !commands().includes(place) && !fs.existsSync(path.join(REPOSITORY, place)));
  expect(missing).toEqual([]);
});

it('helps with help, and with what is mistyped', () => {
  expect(ionloom('help').stdout).toBe(overview());
  expect(ionloom('help', 'cosmi')).toMatchObject({ status: 2, stdout: '' });
  expect(ionloom('cosmi').stderr).toContain('(Did you mean cosim?)');
  expect(ionloom('sim', 'x.ion', '--expriment', 'A').stderr).toContain('(Did you mean --experiment?)');
});

/** Words of a command line as a shell has them: quotes keep blanks. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

describe('examples', () => {
  it('all work, one after the other in a folder with the examples', () => {
    inWorkFolder((folder) => {
      fs.symlinkSync(path.join(REPOSITORY, 'examples'), path.join(folder, 'examples'));
      const lines = Object.values(MANUAL).flatMap(({ examples }) => examples.map(({ args }) => args));
      expect(lines.length).toBeGreaterThan(20);
      const failed = lines.filter((line) => ionloomIn(folder, ...wordsOf(line)).status !== 0);
      expect(failed).toEqual([]);
      const written = ['first/crossbar.ion', 'out/manifest.json', 'window.csv', 'run.svg', 'image.html', 'device.svg'];
      expect(written.filter((file) => !fs.existsSync(path.join(folder, file)))).toEqual([]);
    });
  });
});
