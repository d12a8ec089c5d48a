/** Lines of a netlist as an engineer would lay them out: notes in one column, long lines continued. */

/** A line of a netlist and what is said about it. */
export interface NotedLine {
  readonly text: string;
  readonly note?: string;
}

/** Longest line, where it can be broken. */
const MAX_COLUMNS = 110;

/** Notes stand behind this column at most. */
const MAX_NOTE_COLUMN = 44;

/** Lines with their notes in one column. */
export function notedLines(lines: readonly NotedLine[]): readonly string[] {
  const noted = lines.filter(({ note }) => note !== undefined);
  const widest = Math.max(0, ...noted.map(({ text }) => text.length).filter((width) => width <= MAX_NOTE_COLUMN));
  return lines.flatMap(({ text, note }) => {
    if (note === undefined) return continued(text);
    return [`${text.padEnd(widest)} ; ${note}`];
  });
}

/** `text` broken at blanks into a line and its continuations. */
export function continued(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length >= MAX_COLUMNS) {
      lines.push(line.trimEnd());
      line = `+  ${word}`;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** A comment of its own line. */
export function comment(text: string): string {
  return text === '' ? '*' : `* ${text}`;
}
