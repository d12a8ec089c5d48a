/** Everything that `ionloom init` makes does what its README says, without anything from outside the folder. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { INIT_TEMPLATES } from '../../src/cli/init-templates.js';
import { REPOSITORY } from '../support/golden.js';
import { ionloomIn } from '../support/ionloom.js';
import { inWorkFolder } from '../support/work-folder.js';

const TEMPLATES = path.join(REPOSITORY, 'templates', 'init');

/** Commands of a README: indented lines, what they do stands three blanks behind them. */
function commandsOf(readme: string): readonly (readonly string[])[] {
  const lines = [...readme.matchAll(/^ {4}ionloom (.*?)(?: {3,}.*)?$/gm)];
  return lines.map(([, words = '']) => words.split(' '));
}

it('offers the folders of templates/init, with all of their files', () => {
  const offered = INIT_TEMPLATES.map(({ name, main, others }) => [name, [main, ...others].sort()]);
  const present = fs.readdirSync(TEMPLATES).map((name) => [name, fs.readdirSync(path.join(TEMPLATES, name)).sort()]);
  expect(offered.sort()).toEqual(present.sort());
});

describe.each(INIT_TEMPLATES)('template $name', ({ name, main }) => {
  it('checks, is in canonical layout and does what its README says', () => {
    inWorkFolder((folder) => {
      expect(ionloomIn(folder, 'init', 'first', '--template', name)).toMatchObject({ status: 0, stderr: '' });
      const home = path.join(folder, 'first');
      const commands = commandsOf(fs.readFileSync(path.join(home, 'README.md'), 'utf8'));
      expect(commands.map(([command]) => command)).toEqual(expect.arrayContaining(['sim', 'cosim']));
      const all = [['check', main], ['fmt', '--check', main], ['build', main, '-o', 'out'], ...commands];
      for (const args of all) {
        const { status, stderr } = ionloomIn(home, ...args);
        // A README may show what goes wrong with another parameter
        const mayFail = args.includes('--set');
        expect([args, status, mayFail || !stderr.includes('error[')]).toEqual([args, mayFail ? status : 0, true]);
        expect([0, 1]).toContain(status);
      }
      expect(fs.existsSync(path.join(home, 'out', 'manifest.json'))).toBe(true);
    });
  });
});
