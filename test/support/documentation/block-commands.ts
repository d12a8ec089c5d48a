/** The commands of a block: every line of `sh`, and of `console` the lines behind `$ ` with what they print. */
import { remarksOf, type Block } from './parse-page.js';

export interface Command {
  readonly block: Block;
  readonly text: string;
  /** What the page shows below the command; undefined in `sh`, which shows nothing. */
  readonly shown: string | undefined;
  /** Why the command is not run here, in the words of the page. */
  readonly notRun: string | undefined;
}

/** Commands of a `sh` or `console` block from top to bottom; other blocks have none. */
export function commandsOf(block: Block): readonly Command[] {
  const pairs = block.language === 'sh' ? scriptLines(block) : block.language === 'console' ? consoleLines(block) : [];
  return pairs.map(([text, shown]) => ({ block, text, shown, notRun: reasonAgainst(block, text) }));
}

type Pair = readonly [text: string, shown: string | undefined];

function scriptLines({ text }: Block): readonly Pair[] {
  const lines = text.replaceAll('\\\n', ' ').split('\n');
  return lines.filter((line) => !/^\s*(#|$)/.test(line)).map((line) => [line, undefined]);
}

function consoleLines({ page, line, text }: Block): readonly Pair[] {
  const [before, ...parts] = `\n${text}`.split('\n$ ');
  if (before !== '' || parts.length === 0) throw new Error(`${page}:${line}: console blocks begin with a command`);
  return parts.map((part, index) => {
    const end = part.indexOf('\n');
    if (end < 0) return [part, ''];
    const shown = part.slice(end + 1);
    // The split took the line end before the next command
    return [part.slice(0, end), index < parts.length - 1 ? `${shown}\n` : shown];
  });
}

/** `not run: REASON` holds for the whole block, `not run: REASON: TEXT` for the commands with that text in them. */
function reasonAgainst(block: Block, command: string): string | undefined {
  for (const value of remarksOf(block, 'not run')) {
    const [reason = '', part = ''] = value.split(/: (.*)/);
    if (command.includes(part)) return reason;
  }
  return undefined;
}
