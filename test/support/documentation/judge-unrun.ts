/** What can be said of a command without running it: its options exist, its files are good, its scripts are there. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CheckoutCopy } from './checkout-copy.js';

/** Faults of a command that the page does not let run, in words; none where it could be run. */
export class UnrunCommands {
  private readonly answers = new Map<string, { readonly status: number | null; readonly output: string }>();

  private readonly copy: CheckoutCopy;

  constructor(copy: CheckoutCopy) {
    this.copy = copy;
  }

  /** @param reason why it is not run; with `needs …` files that it names, or that they name, may be missing */
  faultsOf(command: string, reason: string): readonly string[] {
    const words = [...command.replace(/ #.*$/, '').matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
      ([, double, single, plain]) => double ?? single ?? plain ?? '',
    );
    if (words[0] === 'npm') return this.faultsOfScript(words.slice(1));
    const isComplete = !reason.startsWith('needs ');
    if (words[0] === 'npx' && words[1] === 'ionloom') return this.faultsOfIonloom(words.slice(2), isComplete);
    if (words[0] === 'node') return this.missing(words.slice(1, 2));
    return [];
  }

  private faultsOfScript([verb = '', name = '']: readonly string[]): readonly string[] {
    const script = verb === 'run' ? name : verb === 'start' || verb === 'test' ? verb : undefined;
    if (script === undefined) return [];
    const text = readFileSync(path.join(this.copy.root, 'package.json'), 'utf8');
    const { scripts } = JSON.parse(text) as { readonly scripts: Readonly<Record<string, string>> };
    return script in scripts ? [] : [`there is no script ${script}`];
  }

  private faultsOfIonloom([command = '', ...words]: readonly string[], isComplete: boolean): readonly string[] {
    const help = this.ask(`ionloom ${command} --help`);
    if (help.status !== 0) return [`there is no command ${command}`];
    const options = words.filter((word) => word.startsWith('--'));
    const unknown = options.filter((option) => !new RegExp(`${option}\\b`).test(help.output));
    const sources = words.filter((word) => /\.ion$/.test(word) && existsSync(path.join(this.copy.root, word)));
    return [
      ...unknown.map((option) => `${command} has no option ${option}`),
      ...(isComplete ? this.missing(words.filter((word) => word.endsWith('.ion'))) : []),
      ...sources.flatMap((file) => this.faultsOfSource(file, words, isComplete)),
    ];
  }

  private faultsOfSource(file: string, words: readonly string[], isComplete: boolean): readonly string[] {
    const check = this.ask(`ionloom check ${file}`);
    const errors = check.output.match(/^error.*$/gm) ?? [];
    const isGood = isComplete ? check.status === 0 : errors.every((error) => error.endsWith('there is no such file'));
    const experiment = words[words.indexOf('--experiment') + 1]!;
    const text = readFileSync(path.join(this.copy.root, file), 'utf8');
    const isThere = !words.includes('--experiment') || text.includes(`\nexperiment ${experiment} {`);
    return [...(isGood ? [] : [check.output]), ...(isThere ? [] : [`${file} has no ${experiment}`])];
  }

  private missing(files: readonly string[]): readonly string[] {
    return files.filter((file) => !existsSync(path.join(this.copy.root, file))).map((file) => `${file} is missing`);
  }

  private ask(command: string) {
    const known = this.answers.get(command) ?? this.copy.run(command);
    this.answers.set(command, known);
    return known;
  }
}
