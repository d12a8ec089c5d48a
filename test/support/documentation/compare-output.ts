/** Whether a command prints what a page shows, apart from what no two machines have in common. */

/**
 * What is not compared: a wall-clock time in parentheses at the end of a line, and what `build, run` (times) and
 * `simulator` (a version) say. All other numbers are compared digit by digit, times of the modeled hardware among them.
 */
const MACHINE: readonly RegExp[] = [/ \([\d.]+ (?:µs|ms|s|min|h)\)$/gm, /(?<=^ {2}(?:build, run|simulator) ) *\S.*$/gm];

/** A line of a page that stands for any number of lines. */
const ANYTHING = '...\n';

const mask = (text: string): string => MACHINE.reduce((masked, pattern) => masked.replace(pattern, ' *'), text);

/** Whether `printed` is what `shown` says. */
export function isShown(shown: string, printed: string): boolean {
  const parts = mask(shown).split(new RegExp(`^${ANYTHING.replaceAll('.', '\\.')}`, 'm'));
  let rest = mask(printed);
  for (const [index, part] of parts.entries()) {
    const place = index === parts.length - 1 && index > 0 ? rest.lastIndexOf(part) : rest.indexOf(part);
    if (place < 0 || (index === 0 && place > 0) || (place > 0 && rest[place - 1] !== '\n' && part !== '')) return false;
    rest = rest.slice(place + part.length);
  }
  return rest === '';
}

/**
 * What a page should show of `printed`: all of it, or, where the page leaves lines out, the lines that begin with the
 * same words as those that are shown. Undefined where one of these is gone or there are several.
 */
export function renewed(shown: string, printed: string): string | undefined {
  if (!`\n${shown}`.includes(`\n${ANYTHING}`)) return printed;
  const fresh = linesOf(printed);
  const lines = linesOf(shown).map((line) => {
    if (`${line}\n` === ANYTHING || fresh.includes(line)) return line;
    const candidates = fresh.filter((other) => labelOf(other) === labelOf(line));
    return candidates.length === 1 ? candidates[0] : undefined;
  });
  const text = lines.map((line) => `${line ?? ''}\n`).join('');
  return lines.includes(undefined) || !isShown(text, printed) ? undefined : text;
}

const linesOf = (text: string): readonly string[] => text.split('\n').slice(0, -1);

/** The words of a line before its first column of numbers, or all of it. */
const labelOf = (line: string): string => /^ *\S+(?: \S+)*?(?= {2}|$)/.exec(line)?.[0] ?? '';
