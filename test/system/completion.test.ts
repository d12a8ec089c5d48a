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
  [['help', 'expl'], ['explain']],
  [['cosim', '--eng'], ['--engine']],
  [['cosim', STDP, '--engine', 'v'], ['verilator']],
  [['cosim', '--engine', '=', 'wa'], ['wasm']],
  [['cosim', '--engine=wa'], ['--engine=wasm']],
  [
    ['cosim', '--engine', '='],
    ['wasm', 'verilator', 'icarus', 'cocotb'],
  ],
  [['sim', STDP, '--experiment', 'He'], ['Hebbian']],
  [['sim', 'examples/magneto-ionic/digits.ion', '--set', 'ra'], ['rate=']],
  [['sweep', 'examples/film-sweep/film.ion', '--vary', 'v'], ['volts=']],
  [
    ['sweep', 'examples/film-sweep/film.ion', '--executor', ''],
    ['local', 'slurm'],
  ],
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

/** Lines, and what the only completion makes of them. */
const LINES = [
  ['ionloom expl', 'ionloom explain'],
  ['ionloom help expl', 'ionloom help explain'],
  ['ionloom cosim --eng', 'ionloom cosim --engine'],
  [`ionloom cosim ${STDP} --engine v`, `ionloom cosim ${STDP} --engine verilator`],
  ['ionloom cosim --engine=wa', 'ionloom cosim --engine=wasm'],
  [`ionloom sim ${STDP} --experiment He`, `ionloom sim ${STDP} --experiment Hebbian`],
  [
    'ionloom sim examples/magneto-ionic/digits.ion --set ra',
    'ionloom sim examples/magneto-ionic/digits.ion --set rate=',
  ],
  ['ionloom sim examples/ecram-im', 'ionloom sim examples/ecram-image/'],
  [`ionloom sim ${STDP} -o READ`, `ionloom sim ${STDP} -o README.md`],
  [`ionloom build ${STDP} -o exam`, `ionloom build ${STDP} -o examples/`],
] as const;

/** Runs `script` with `args` in a shell that finds the command, in a folder with these files. */
function inShell(shell: string, script: string, args: readonly string[], files: Record<string, string> = {}): string {
  return inWorkFolder((folder) => {
    fs.symlinkSync(path.join(REPOSITORY, 'bin', 'ionloom.js'), path.join(folder, 'ionloom'));
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
    const env = { ...process.env, HOME: folder, ZDOTDIR: folder, PATH: `${folder}:${process.env['PATH'] ?? ''}` };
    const own = { zsh: ['-f', '-c', script, 'zsh'], fish: ['--no-config', '-c', script] }[shell] ?? [];
    const { stdout } = spawnSync(shell, [...own, ...args], { cwd: REPOSITORY, env, encoding: 'utf8', timeout: 30_000 });
    return stdout;
  });
}

/** What a line becomes by the tabulator, in a zsh on a terminal of its own, which is called `pane`. */
const ZSH_DRIVER = `
  zmodload zsh/zpty
  zpty pane zsh -d -i
  zpty -w -n pane "$1"$'\\t'
  while zpty -r pane part; do print -rn -- "$part"; done`;
const ZSH_SETTINGS = `
  autoload -Uz compinit; compinit -D -u; eval "$(ionloom completion zsh)"
  finish() { zle expand-or-complete; print -r -- "<$BUFFER>"; exit }
  zle -N finish; bindkey '^I' finish`;

it.skipIf(!hasTool('zsh')).each(LINES)('zsh completes `%s` to `%s` (skipped without zsh)', (line, whole) => {
  const shown = inShell('zsh', ZSH_DRIVER, [line], { '.zshrc': ZSH_SETTINGS });
  // A blank stands behind what is whole
  expect(/<(ionloom [^>]*?) ?>/.exec(shown)?.[1]).toBe(whole);
});

it.skipIf(!hasTool('fish')).each(LINES)('fish completes `%s` to `%s` (skipped without fish)', (line, whole) => {
  const shown = inShell('fish', 'ionloom completion fish | source; complete -C $argv[1]', [line]);
  const found = shown.split('\n').filter((each) => each !== '');
  const before = line.slice(0, line.lastIndexOf(' ') + 1);
  expect(found.map((each) => before + (each.split('\t')[0] ?? ''))).toEqual([whole]);
});

it.each(['bash', 'zsh', 'fish'])('the script for %s parses where its shell is installed', (shell) => {
  const { status, stdout } = ionloom('completion', shell);
  expect(status).toBe(0);
  expect(stdout).toContain('ionloom');
  if (!hasTool(shell)) return;
  inWorkFolder((folder) => {
    const file = path.join(folder, `ionloom.${shell}`);
    fs.writeFileSync(file, stdout);
    expect(spawnSync(shell, ['-n', file], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});

it('does not know other shells', () => {
  expect(ionloom('completion', 'tcsh')).toMatchObject({ status: 2, stdout: '' });
});
