/** What may follow on a command line that is being typed; the scripts of `ionloom completion` ask for it. */
import type { Command, Option } from 'commander';
import type { FileHost } from '../core/file-host.js';

/** What the shell adds by itself: names of files or folders, nothing, or no blank behind what it takes. */
export type ShellPart = 'files' | 'folders' | 'none' | 'open';

export interface Candidate {
  readonly text: string;
  readonly does?: string;
}

export interface Completion {
  readonly part: ShellPart;
  readonly candidates: readonly Candidate[];
}

/** Where words come from. */
export interface WordSources {
  readonly program: Command;
  readonly host: FileHost;
  /** All codes of diagnostics. */
  readonly codes: () => Iterable<string>;
}

const NOTHING: Completion = { part: 'none', candidates: [] };

/** Largest source file whose experiments are looked for [bytes]. */
const MAX_BYTES = 2 ** 22;

/** Completes the last of `words`, those behind `ionloom`. A shell may have split `--engine=wa` into three, or not. */
export function completeWords(words: readonly string[], sources: WordSources): Completion {
  const [typed = '', before = []] = [words.at(-1), words.slice(0, -1)];
  const [, option, value] = /^(--[\w-]+)=(.*)$/s.exec(typed) ?? [];
  if (option !== undefined && value !== undefined) {
    const { part, candidates } = completeWords([...before, option, value], sources);
    return { part, candidates: candidates.map((each) => ({ ...each, text: `${option}=${each.text}` })) };
  }
  const partial = typed === '=' ? '' : typed;
  const found = candidatesFor(partial, before.at(-1) === '=' || typed === '=' ? withoutSign(words) : before, sources);
  return { ...found, candidates: found.candidates.filter(({ text }) => text.startsWith(partial)) };
}

/** The words in front of the last `=`. */
function withoutSign(words: readonly string[]): readonly string[] {
  return words.slice(0, words.lastIndexOf('='));
}

function candidatesFor(partial: string, before: readonly string[], sources: WordSources): Completion {
  const { program } = sources;
  const [name, ...rest] = before;
  const all = program.commands.map((each) => ({ text: each.name(), does: each.summary() }));
  if (name === undefined || (name === 'help' && rest.length === 0)) {
    const own = [{ text: 'help', does: 'what a command does' }, { text: '--help' }, { text: '--version' }];
    return { part: 'none', candidates: name === undefined ? [...all, ...own] : all };
  }
  const command = program.commands.find((each) => each.name() === name);
  if (!command) return NOTHING;
  const last = rest.at(-1) ?? '';
  const option = command.options.find(({ long, short }) => last !== '' && [long, short].includes(last));
  if (option && (option.required || option.optional)) return valuesOf(option, before, sources);
  if (partial.startsWith('-')) return { part: 'none', candidates: optionsOf(command) };
  return argumentsOf(command, sources);
}

function optionsOf(command: Command): readonly Candidate[] {
  const own = command.options.filter(({ hidden }) => !hidden);
  return [
    ...own.map(({ long, short, description }) => ({ text: long ?? short ?? '', does: description })),
    { text: '--help' },
  ];
}

function valuesOf(option: Option, before: readonly string[], { host }: WordSources): Completion {
  if (option.argChoices) return { part: 'none', candidates: option.argChoices.map((text) => ({ text })) };
  if (option.long === '--experiment') return { part: 'none', candidates: declared(before, EXPERIMENT, host) };
  if (option.long === '--set' || option.long === '--vary') {
    return { part: 'open', candidates: declared(before, PARAMETER, host).map(({ text }) => ({ text: `${text}=` })) };
  }
  return { part: shellPart(option.flags), candidates: [] };
}

function argumentsOf(command: Command, { codes }: WordSources): Completion {
  if (command.name() === 'explain') return { part: 'none', candidates: [...codes()].map((text) => ({ text })) };
  const [argument] = command.registeredArguments;
  if (!argument) return NOTHING;
  if (argument.argChoices) return { part: 'none', candidates: argument.argChoices.map((text) => ({ text })) };
  return { part: shellPart(`<${argument.name()}>`), candidates: [] };
}

/** Files where an option or argument is called after one: `<file.html>`, `<table.csv>`, `<folder>`. */
function shellPart(flags: string): ShellPart {
  const name = /<([^>]*)>/.exec(flags)?.[1] ?? '';
  if (name === 'folder') return 'folders';
  return /^file\b|\.\w+$/.test(name) ? 'files' : 'none';
}

// At the beginning of a line, as in canonical layout: parameters of rules and devices are indented
const EXPERIMENT = /^experiment\s+(\w+)/gm;
const PARAMETER = /^param\s+(\w+)/gm;

/** Names that the source files among `words` declare; text that is being written need not be whole. */
function declared(words: readonly string[], pattern: RegExp, host: FileHost): readonly Candidate[] {
  const texts = words.filter((word) => word.endsWith('.ion')).map((file) => host.readBytes(file, MAX_BYTES));
  return texts
    .filter((bytes) => bytes instanceof Uint8Array)
    .flatMap((bytes) => [...new TextDecoder().decode(bytes).matchAll(pattern)])
    .map(([, text = '']) => ({ text }));
}
