/** Timing diagrams as pictures: SVG without scripts, fonts or references, for documents and browsers. */
import type { Diagram, DiagramColumn, DiagramRow } from './timing-diagram.js';

/** Sizes [px]. */
const COLUMN = 18;
const ROW = 24;
const LEVEL = 14;
const NAMES = 110;
const HEAD = 40;
const FONT = 11;
/** Width of a digit, with some room in other fonts. */
const DIGIT = 7;

/** A picture of `diagram`, `title` above it. */
export function svgDiagram({ columns, rows, notes }: Diagram, title: string): string {
  const width = NAMES + COLUMN * columns.length + 10;
  const height = HEAD + ROW * rows.length + FONT * 2 + ROW * Math.min(1, notes.length);
  const texts = notes.map(({ clock, text }, index) => {
    const at = columns.findIndex((column) => column.kind === 'clock' && column.clock === clock);
    return at < 0 ? '' : label(NAMES + COLUMN * at, HEAD + ROW * rows.length + FONT * (1 + (index % 2)), text);
  });
  const style = `font: ${String(FONT)}px sans-serif; stroke: none`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}" role="img">`,
    `<title>${escapeText(title)}</title>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    `<g fill="#222" style="${style}">`,
    label(4, FONT + 4, title),
    ...clockLabels(columns),
    ...rows.map(({ name }, index) => label(4, baseOf(index), name)),
    ...rows.flatMap((row, index) => codeLabels(row, baseOf(index))),
    ...texts.filter((text) => text !== ''),
    '</g>',
    '<g fill="none" stroke="#06c" stroke-width="1.2">',
    ...rows.flatMap((row, index) => (row.kind === 'bit' ? bitPath(row, baseOf(index)) : codePaths(row, baseOf(index)))),
    '</g>',
    '<g stroke="#bbb" stroke-dasharray="2 3">',
    ...gapLines(columns, height),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
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

function codePaths(row: DiagramRow, base: number): readonly string[] {
  return stretches(row)
    .filter(({ value }) => value !== '')
    .map(
      ({ from, to }) =>
        `<rect x="${String(xOf(from))}" y="${String(base - LEVEL)}" width="${String(COLUMN * (to - from))}" height="${String(LEVEL)}"/>`,
    );
}

function codeLabels(row: DiagramRow, base: number): readonly string[] {
  if (row.kind === 'bit') return [];
  return stretches(row)
    .filter(({ value }) => value !== '')
    .map(({ value, from }) => label(xOf(from) + 3, base - 3, value));
}

/** The clock of the first column and of those behind gaps, where there is room beside the one before. */
function clockLabels(columns: readonly DiagramColumn[]): readonly string[] {
  let end = -Infinity;
  return columns.flatMap((column, at) => {
    if (column.kind === 'gap' || (at > 0 && columns[at - 1]?.kind !== 'gap') || xOf(at) < end) return [];
    const text = String(column.clock);
    end = xOf(at) + DIGIT * (text.length + 1);
    return [label(xOf(at), HEAD - 4, text)];
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
  return `<text x="${String(x)}" y="${String(y)}">${escapeText(text)}</text>`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
