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

/** Whether all of `printed` stands in the page, so that it can be written there anew. */
export const isWhole = (shown: string): boolean => !`\n${shown}`.includes(`\n${ANYTHING}`);
