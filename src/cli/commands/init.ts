/** `ionloom init`: a folder with a small description to begin with. */
import path from 'node:path';
import { Option, type Command } from 'commander';
import type { CommandContext, CommandResult, Execute } from '../command.js';
import { INIT_TEMPLATES, type InitTemplate } from '../init-templates.js';
import { jsonOption } from '../options.js';
import { readPackageFile } from '../package-files.js';
import { renderTable } from '../table.js';
import { writeNewFolder } from '../write-output.js';

interface InitOptions {
  readonly json: boolean;
  readonly template: string;
  readonly list: boolean;
}

/** Adds the command to `program`. */
export function registerInit(program: Command, execute: Execute): void {
  const names = INIT_TEMPLATES.map(({ name }) => name);
  program
    .command('init')
    .summary('make a folder with a small description to begin with')
    .description(
      'Make a folder with a small description that checks, simulates, builds and co-simulates within seconds, the data that it needs, and a README that says what to try.',
    )
    .argument('[folder]', 'a new or empty folder')
    .addOption(new Option('--template <name>', 'what to begin with').choices(names).default(names[0]))
    .option('--list', 'say what the templates are, and make nothing', false)
    .addOption(jsonOption())
    .action((folder: string | undefined, options: InitOptions, command: Command) => {
      if (options.list) return execute(options.json, () => Promise.resolve(listTemplates()));
      if (folder === undefined) return command.error("error: missing required argument 'folder'");
      return execute(options.json, (context) => init(folder, options, context));
    });
}

function listTemplates(): CommandResult {
  const templates = INIT_TEMPLATES.map(({ name, summary, main }) => ({ name, summary, main }));
  const text = renderTable(templates.map(({ name, summary }) => [name, summary]));
  return { fields: { templates }, text, passed: true };
}

async function init(
  folder: string,
  options: InitOptions,
  { host, diagnostics, terminal }: CommandContext,
): Promise<CommandResult | undefined> {
  const template = INIT_TEMPLATES.find(({ name }) => name === options.template);
  if (!template) return undefined;
  const files = [template.main, ...template.others].map((name) => ({
    path: name,
    content: readPackageFile(host, `templates/init/${template.name}/${name}`),
  }));
  if (!(await writeNewFolder(folder, files, diagnostics))) return undefined;
  const sizes = files.map((file) => ({ path: file.path, bytes: Buffer.byteLength(file.content) }));
  return {
    fields: { folder, template: template.name, main: template.main, files: sizes },
    text: nextSteps(folder, template, terminal.colors.strong),
    passed: true,
  };
}

/** What was made, and commands to go on with that can be copied, in the words with which this one was started. */
function nextSteps(folder: string, { name, main, others }: InitTemplate, strong: (text: string) => string): string {
  const place = path.normalize(folder);
  const steps = isStartedByNpx() ? stepsFromHere(place, main) : [...enter(place), ...stepsWith('ionloom', main, 'out')];
  return [
    `made ${strong(main)} in ${folder}, template ${name}, with ${others.join(' and ')}; to go on:`,
    renderTable(steps),
  ].join('\n');
}

/** npx finds the command in the checkout alone: somebody who leaves it would be offered a package of that name. */
function isStartedByNpx(): boolean {
  return process.env['npm_command'] === 'exec';
}

function stepsFromHere(place: string, main: string): readonly (readonly string[])[] {
  return stepsWith('npx ionloom', quoted(path.join(place, main)), quoted(path.join(place, 'out')));
}

function stepsWith(command: string, main: string, out: string): readonly (readonly string[])[] {
  return [
    [`${command} sim ${main}`, 'run it on the device models'],
    [`${command} cosim ${main}`, 'run the controller against them'],
    [`${command} build ${main} -o ${out}`, 'write the controller, the simulation and the energy'],
  ];
}

function enter(place: string): readonly (readonly string[])[] {
  return place === '.' ? [] : [[`cd ${quoted(place)}`]];
}

/** As a shell takes it. */
function quoted(word: string): string {
  return /^[\w./@%+:,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
