/**
 * Names and comments of netlists. SPICE does not tell upper from lower case and reserves words in many places, so
 * names of users become names of ours with a prefix; as they were written they stand in comments only.
 */

/** Longest name that is taken over; what is longer is cut. */
const MAX_LENGTH = 40;

/** `stepAtPulse` as `step_at_pulse`: lower-case letters, digits and underscores. */
function snakeCase(name: string): string {
  const snake = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, MAX_LENGTH)
    .replace(/^_+|_+$/g, '');
  return snake === '' ? 'unnamed' : snake;
}

/** Names of one netlist: every one is given once. */
export class SpiceNames {
  readonly #taken = new Set<string>();

  /** A name for `name` that begins with `prefix` and that nothing else has. */
  claim(prefix: string, name: string): string {
    const wanted = `${prefix}${snakeCase(name)}`;
    let free = wanted;
    for (let count = 2; this.#taken.has(free); count++) free = `${wanted}_${String(count)}`;
    this.#taken.add(free);
    return free;
  }
}

/** Names that are no files on some system. */
const NO_FILE = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** The name of a circuit and of its file: begins with a letter. */
export function circuitName(names: SpiceNames, name: string): string {
  const snake = snakeCase(name);
  return names.claim(/^[a-z]/.test(snake) && !NO_FILE.test(snake) ? '' : 'cell_', name);
}

/** Characters of a comment, at most. */
const MAX_COMMENT = 160;

/** User text for the rest of a line: one line of printable ASCII. */
export function commentText(text: string): string {
  const plain = text
    .replaceAll('\u00b5', 'u')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[^\x20-\x7e]/g, '?');
  return plain.length > MAX_COMMENT ? `${plain.slice(0, MAX_COMMENT)} ...` : plain;
}

/** File name without folders, and line: `image.ion:20`. */
export function placeText(file: string, line: number): string {
  return `${commentText(file.split(/[\\/]/).at(-1) ?? '')}:${String(line)}`;
}
