/** Timing diagrams of text: one character is one clock, one line a signal. */
import { invariant } from '../../core/invariant.js';
import type { Diagram, DiagramColumn, DiagramRow, Note } from '../../ir/timing-diagram.js';

/** Clocks between two numbers of the scale. */
const SCALE = 10;

/** Lines of `diagram`, in which every value is a code of one digit. */
export function textDiagram({ columns, rows, notes }: Diagram): string {
  const lines = [
    ['clock', scaleOf(columns)] as const,
    ...rows.map(
      (row) => [row.name, row.values.map((value, at) => character(value, row, columns[at])).join('')] as const,
    ),
    ...noteLines(notes, columns),
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, text]) => `${name.padEnd(width)}  ${text}`.trimEnd()).join('\n');
}

function character(value: string | undefined, { glyph }: DiagramRow, column: DiagramColumn | undefined): string {
  const drawn = value === undefined || column?.kind === 'gap' ? ' ' : glyph(value);
  invariant(drawn.length === 1, 'a diagram of text shows codes of one digit');
  return drawn;
}

function scaleOf(columns: readonly DiagramColumn[]): string {
  const text = columns.flatMap((column, at) =>
    at % SCALE === 0 ? [(column.kind === 'clock' ? String(column.clock) : '').padEnd(SCALE)] : [],
  );
  return text.join('').slice(0, columns.length).trimEnd();
}

/** Each note with a mark at its clock and its text behind it; as many lines as they need. */
function noteLines(notes: readonly Note[], columns: readonly DiagramColumn[]): readonly (readonly [string, string])[] {
  const lines: string[] = [];
  for (const { clock, text } of notes) {
    const at = columns.findIndex((column) => column.kind === 'clock' && column.clock === clock);
    if (at < 0 || at + text.length + 1 > columns.length) continue;
    const free = lines.findIndex((line) => line.length <= at);
    const index = free < 0 ? lines.length : free;
    lines[index] = `${(lines[index] ?? '').padEnd(at)}|${text} `;
  }
  return lines.map((line, index) => [index === 0 ? 'program' : '', line] as const);
}
