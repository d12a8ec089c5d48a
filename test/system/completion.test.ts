/** Completion as a shell asks for it: the function of the script, called with the words that are typed. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { REPOSITORY } from '../support/golden.js';
import { ionloom } from '../support/ionloom.js';
import { hasTool } from '../support/external-tool.js';
import { inWorkFolder } from '../support/work-folder.js';

const STDP = 'examples/eis-stdp/stdp.ion';

/** What bash offers for the last of `words`. */
function completeInBash(...words: readonly string[]): readonly string[] {
  return inWorkFolder((folder) => {
    fs.symlinkSync(path.join(REPOSITORY, 'bin', 'ionloom.js'), path.join(folder, 'ionloom'));
    const script = `
      eval "$("$1/ionloom" completion bash)"; shift
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
      _ionloom
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    const command = path.join(folder, 'ionloom');
    const run = spawnSync('bash', ['-c', script, 'bash', folder, command, ...words], {
      cwd: REPOSITORY,
      encoding: 'utf8',
    });
    expect([run.status, run.stderr]).toEqual([0, '']);
    return run.stdout.split('\n').filter((line) => line !== '');
  });
}

it.each<[string[], string[]]>([
  [['co'], ['cosim', 'completion']],
  [['help', 'ex'], ['explain']],
  [['cosim', '--eng'], ['--engine']],
  [['cosim', STDP, '--engine', 'v'], ['verilator']],
  [['cosim', '--engine', '=', 'wa'], ['wasm']],
  [
    ['cosim', '--engine', '='],
    ['wasm', 'verilator', 'icarus', 'cocotb'],
  ],
  [['sim', STDP, '--experiment', 'He'], ['Hebbian']],
  [['sim', 'examples/magneto-ionic/digits.ion', '--set', 'ra'], ['rate=']],
  [['sim', 'examples/ecram-im'], ['examples/ecram-image']],
  [['sim', STDP, '-o', 'READ'], ['README.md']],
  [['build', STDP, '-o', 'exam'], ['examples']],
  [
    ['fit', 'packa'],
    ['package-lock.json', 'package.json'],
  ],
  [['explain', 'dsl/unknown-n'], ['dsl/unknown-name']],
  [
    ['completion', ''],
    ['bash', 'zsh', 'fish'],
  ],
  [
    ['init', 'x', '--template', 'e'],
    ['eis-stdp', 'ecram-mushroom'],
  ],
  [['nothing', ''], []],
])('bash completes %j', (words, found) => {
  expect([...completeInBash(...words)].sort()).toEqual([...found].sort());
});

it.each(['bash', 'zsh', 'fish'])('the script for %s parses where its shell is installed', (shell) => {
  const { status, stdout } = ionloom('completion', shell);
  expect(status).toBe(0);
  expect(stdout).toContain('ionloom');
  if (!hasTool(shell)) return;
  expect(spawnSync(shell, ['-n'], { input: stdout, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

it('does not know other shells', () => {
  expect(ionloom('completion', 'tcsh')).toMatchObject({ status: 2, stdout: '' });
});
