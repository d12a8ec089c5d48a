/** Timing diagrams as pictures: SVG without scripts, fonts or references, for documents and browsers. */
import type { Diagram, DiagramColumn, DiagramRow } from '../ir/timing-diagram.js';
import { escapeHtml } from './html.js';
import { withPaperColours } from './palette.js';

/** Sizes [px]. */
const COLUMN = 18;
const ROW = 24;
const LEVEL = 14;
const NAMES = 110;
const HEAD = 40;
const FONT = 11;
/** Height of a line of notes. */
const LINE = 15;
/** Width of a digit, with some room in other fonts. */
const DIGIT = 7;

/** A picture of `diagram`, `title` above it, as a file of its own on white. */
export function timingFile(diagram: Diagram, title: string): string {
  const drawn = drawTiming(diagram, title).replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ');
  return `${withPaperColours(drawn)}\n`;
}

/** A picture of `diagram` for a page that sets the colours of palette.ts; neighbors that rest all the time share a row. */
export function drawTiming(diagram: Diagram, title: string): string {
  const { columns } = diagram;
  const rows = foldResting(diagram.rows);
  const notes = placeNotes(diagram);
  const lines = notes.reduce((most, { line }) => Math.max(most, line + 1), 0);
  const foot = HEAD + ROW * rows.length + 4;
  const clocks = clockLabels(columns);
  const width = Math.max(xOf(columns.length) + 10, ...[...clocks, ...notes].map(({ end }) => end));
  const height = foot + LINE * lines + 6;
  const style = `font: ${String(FONT)}px system-ui, sans-serif; stroke: none`;
  const size = `width="${String(width)}" height="${String(height)}" viewBox="0 0 ${String(width)} ${String(height)}"`;
  return [
    `<svg ${size} role="img">`,
    `<title>${escapeHtml(title)}</title>`,
    '<rect width="100%" height="100%" fill="var(--card)"/>',
    `<g fill="var(--text)" style="${style}">`,
    label(4, FONT + 4, title),
    ...clocks.map(({ x, text }) => label(x, HEAD - 4, text)),
    ...rows.map(({ name }, index) => label(4, baseOf(index), name)),
    ...rows.flatMap((row, index) => codeLabels(row, baseOf(index))),
    ...notes.map(({ x, line, text }) => label(x, foot + LINE * (line + 1) - 3, text)),
    '</g>',
    '<g fill="none" stroke="var(--series-1)" stroke-width="1.2">',
    ...rows.flatMap((row, index) => (row.kind === 'bit' ? bitPath(row, baseOf(index)) : codePaths(row, baseOf(index)))),
    '</g>',
    '<g stroke="var(--muted)" stroke-dasharray="2 3">',
    ...gapLines(columns, foot),
    '</g>',
    '</svg>',
  ].join('\n');
}

/** Of each run of neighboring lines at rest, one row that names the first and the last. */
function foldResting(rows: readonly DiagramRow[]): readonly DiagramRow[] {
  const folded: DiagramRow[] = [];
  let first: number | undefined;
  for (const row of rows) {
    const before = folded.at(-1);
    const joins = first !== undefined && before?.line?.side === row.line?.side && isResting(row);
    if (!joins) first = isResting(row) ? row.line?.index : undefined;
    if (joins && row.line)
      folded[folded.length - 1] = { ...row, name: `${row.line.side}s ${String(first)}..${String(row.line.index)}` };
    else folded.push(row);
  }
  return folded;
}

function isResting({ line, values }: DiagramRow): boolean {
  return line !== undefined && values.every((value) => value === undefined || value === '' || value === '0');
}

interface PlacedNote {
  readonly x: number;
  /** Where the text ends at the latest. */
  readonly end: number;
  readonly line: number;
  readonly text: string;
}

/** Every note below its clock, on the first line on which the note before has ended. */
function placeNotes({ columns, notes }: Diagram): readonly PlacedNote[] {
  const ends: number[] = [];
  return notes.flatMap(({ clock, text }): readonly PlacedNote[] => {
    const at = columns.findIndex((column) => column.kind === 'clock' && column.clock === clock);
    if (at < 0) return [];
    const x = xOf(at);
    const free = ends.findIndex((end) => end < x);
    const line = free < 0 ? ends.length : free;
    const end = x + DIGIT * (text.length + 1);
    ends[line] = end;
    return [{ x, end, line, text }];
  });
}

function baseOf(row: number): number {
  return HEAD + ROW * (row + 1) - 6;
}

function xOf(column: number): number {
  return NAMES + COLUMN * column;
}

/** Runs of columns with one value, the last column of each excluded. */
function stretches({
  values,
}: DiagramRow): readonly { readonly value: string; readonly from: number; readonly to: number }[] {
  const found: { value: string; from: number; to: number }[] = [];
  values.forEach((value, at) => {
    const last = found.at(-1);
    if (value === undefined) return;
    if (last?.to === at && last.value === value) last.to = at + 1;
    else found.push({ value, from: at, to: at + 1 });
  });
  return found;
}

function bitPath(row: DiagramRow, base: number): readonly string[] {
  let [path, end] = ['', -1];
  for (const { value, from, to } of stretches(row)) {
    const y = value === '1' ? base - LEVEL : base;
    path += `${from === end ? 'L' : 'M'}${String(xOf(from))} ${String(y)}L${String(xOf(to))} ${String(y)}`;
    end = to;
  }
  return path === '' ? [] : [`<path d="${path}"/>`];
}

/** A box for every value, a line through the middle where there is none. */
function codePaths(row: DiagramRow, base: number): readonly string[] {
  return stretches(row).map(({ value, from, to }) =>
    value === ''
      ? `<path d="M${String(xOf(from))} ${String(base - LEVEL / 2)}L${String(xOf(to))} ${String(base - LEVEL / 2)}"/>`
      : `<rect x="${String(xOf(from))}" y="${String(base - LEVEL)}" width="${String(COLUMN * (to - from))}" height="${String(LEVEL)}"/>`,
  );
}

function codeLabels(row: DiagramRow, base: number): readonly string[] {
  if (row.kind === 'bit') return [];
  return stretches(row)
    .filter(({ value }) => value !== '')
    .map(({ value, from }) => label(xOf(from) + 3, base - 3, value));
}

/** The clock of the first column and of those behind gaps, where there is room beside the one before. */
function clockLabels(columns: readonly DiagramColumn[]): readonly Omit<PlacedNote, 'line'>[] {
  let end = -Infinity;
  return columns.flatMap((column, at) => {
    const x = xOf(at);
    if (column.kind === 'gap' || (at > 0 && columns[at - 1]?.kind !== 'gap') || x < end) return [];
    const text = String(column.clock);
    end = x + DIGIT * (text.length + 1);
    return [{ x, end, text }];
  });
}

function gapLines(columns: readonly DiagramColumn[], height: number): readonly string[] {
  return columns.flatMap((column, at) => {
    if (column.kind === 'clock') return [];
    const x = String(xOf(at) + COLUMN / 2);
    return [`<path d="M${x} ${String(HEAD)}L${x} ${String(height)}"/>`];
  });
}

function label(x: number, y: number, text: string): string {
  return `<text x="${String(x)}" y="${String(y)}">${escapeHtml(text)}</text>`;
}
