/** The tutorial's commands run, and print what it shows. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerFit } from '../../../src/cli/commands/fit.js';
import { REPOSITORY } from '../../support/golden.js';
import { runCli } from '../../support/run-cli.js';

const TUTORIAL = path.join(REPOSITORY, 'docs/fit.md');
const CONSOLE = /^```console\n\$ npx ionloom (.*)\n([^]*?)^```$/gm;

const tutorial = fs.readFileSync(TUTORIAL, 'utf8');
const commands = [...tutorial.matchAll(CONSOLE)].map(([, command = '', output = '']) => ({ command, output }));

let folder = '';
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'ionloom-tutorial-'));
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

/** Words of a command line; quotes keep blanks together. */
function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

describe('docs/fit.md', () => {
  it('has commands', () => {
    expect(commands.length).toBe(4);
  });

  it.each(commands)('$command', async ({ command, output }) => {
    const words = wordsOf(command).map((word) => word.replace(/^build\//, `${folder}/`));
    const { status, stdout, stderr } = await runCli(registerFit, ...words);
    expect([status, stderr]).toEqual([0, '']);
    const printed = stdout.replaceAll(`${folder}/`, 'build/');
    if (process.env['UPDATE_GOLDENS'] === '1') {
      const shown = `$ npx ionloom ${command}\n`;
      fs.writeFileSync(TUTORIAL, fs.readFileSync(TUTORIAL, 'utf8').replace(shown + output, shown + printed));
    } else expect(printed).toBe(output);
  });
});
