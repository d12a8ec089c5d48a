/** Diagnostics as text for people: code, place, source line with carets, help, and the other places. */
import type { Diagnostic, RelatedPlace, Severity } from './diagnostic.js';
import type { Span } from './span.js';

/** Adds emphasis to parts of the text, for example terminal colours; each function returns its argument dressed. */
export interface Painter {
  readonly severity: (severity: Severity, text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

/** Leaves the text as it is. */
export const PLAIN_PAINTER: Painter = {
  severity: (_severity, text) => text,
  strong: (text) => text,
  faint: (text) => text,
};

/** The text of a file that spans point into; undefined where it is not at hand. */
export type TextOfFile = (file: string) => string | undefined;

/** `diagnostic` over several lines without a final newline. */
export function renderDiagnostic(diagnostic: Diagnostic, textOf: TextOfFile, painter: Painter = PLAIN_PAINTER): string {
  const { severity, code, message, span, help, related = [] } = diagnostic;
  return [
    `${painter.severity(severity, `${severity}[${code}]`)}: ${painter.strong(message)}`,
    ...(span ? renderPlace(span, '^', { textOf, painter }) : []),
    ...(help === undefined ? [] : [`${painter.faint('  = help:')} ${help}`]),
    ...related.flatMap((place) => renderRelated(place, { textOf, painter })),
  ].join('\n');
}

interface Rendering {
  readonly textOf: TextOfFile;
  readonly painter: Painter;
}

function renderRelated({ message, span }: RelatedPlace, rendering: Rendering): string[] {
  return [`${rendering.painter.faint('  = note:')} ${message}`, ...renderPlace(span, '-', rendering)];
}

function renderPlace(span: Span, mark: string, { textOf, painter }: Rendering): string[] {
  const place = `${span.file}:${span.start.line}:${span.start.column}`;
  const text = textOf(span.file);
  const whole = text === undefined ? undefined : linesOf(text)[span.start.line - 1];
  const gutter = ' '.repeat(String(span.start.line).length);
  const header = painter.faint(`${gutter}--> `) + place;
  if (whole === undefined) return [header];
  const { line, shift } = excerpt(whole, span.start.column);
  return [
    header,
    painter.faint(`${gutter} |`),
    `${painter.faint(`${span.start.line} |`)} ${visible(line)}`,
    `${painter.faint(`${gutter} |`)} ${painter.severity('error', underline(span, { line, shift }, mark))}`,
  ];
}

/** The text whose lines were asked for last: a hundred diagnostics of one large file are usual. */
let known: { readonly text: string; readonly lines: readonly string[] } = { text: '', lines: [''] };

function linesOf(text: string): readonly string[] {
  if (known.text !== text) known = { text, lines: text.split(/\r\n|[\r\n]/) };
  return known.lines;
}

/** Columns of a source line that are shown. */
const EXCERPT_WIDTH = 160;

/** A source line, or the part of a long one, and how many columns it is moved to the left. */
interface Excerpt {
  readonly line: string;
  readonly shift: number;
}

/** The line as it is, or of a long one the part round `column` (from 1). */
function excerpt(line: string, column: number): Excerpt {
  if (line.length <= EXCERPT_WIDTH) return { line, shift: 0 };
  const start = Math.max(0, Math.min(column - 1 - EXCERPT_WIDTH / 2, line.length - EXCERPT_WIDTH));
  return { line: line.slice(start, start + EXCERPT_WIDTH), shift: start };
}

/** Marks below the part of the line that `span` covers; a span over several lines is marked to the end of its first. */
function underline(span: Span, { line, shift }: Excerpt, mark: string): string {
  const start = span.start.column - 1 - shift;
  const end = span.end.line === span.start.line ? span.end.column - 1 - shift : line.length;
  const before = visible(line.slice(0, start));
  const marked = visible(line.slice(start, end));
  return ' '.repeat([...before].length) + mark.repeat(Math.max(1, [...marked].length));
}

/** Tabs as one blank and control or direction characters as a replacement, so that carets stay below their text. */
function visible(text: string): string {
  return text
    .replaceAll('\t', ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '\ufffd');
}
