/** Lines of clauses: comments around them, blank lines between them, origins aligned in columns. */
import type { CommentNode, Trivia } from '../syntax/nodes.js';

/** Columns that a line may fill before it is broken. */
const LINE_WIDTH = 100;

/** What remains of a line for clauses that are nested very deep. */
const NARROWEST_LINE = 40;

/** Blanks by which a block is indented. */
export const BLOCK_INDENT = 2;

/** Columns for a clause `depth` blocks deep. */
export function widthAt(depth: number): number {
  return Math.max(NARROWEST_LINE, LINE_WIDTH - depth * BLOCK_INDENT);
}

/** A clause as text before it is laid out; `head` may have several lines. */
export interface Row {
  readonly head: string;
  /** What is aligned with the rows around it; empty where there is nothing. */
  readonly tail: string;
  readonly trivia: Trivia;
}

/** Heads longer than this do not push the tails of the rows around them to the right. */
const WIDEST_ALIGNED_HEAD = 56;

/** The lines of a block `depth` blocks deep, indented by one of them; at depth 0, those of a file, not indented. */
export function layOut(rows: readonly Row[], closing: readonly CommentNode[], depth: number): string {
  const widths = alignedWidths(rows);
  const lines = [
    ...rows.flatMap((row, index) => [
      ...leadingLines(row.trivia),
      rowText(row, { headWidth: widths[index] ?? 0, width: widthAt(depth) }),
    ]),
    ...closing.flatMap(commentLines),
  ];
  const indent = ' '.repeat(depth === 0 ? 0 : BLOCK_INDENT);
  return lines
    .flatMap((text) => text.split('\n'))
    .map((line) => (line === '' ? '\n' : `${indent}${line}\n`))
    .join('');
}

function leadingLines({ leading, isAfterBlank }: Trivia): string[] {
  return [...leading.flatMap(commentLines), ...(isAfterBlank ? [''] : [])];
}

function commentLines({ text, isAfterBlank }: CommentNode): string[] {
  return isAfterBlank ? ['', text] : [text];
}

function rowText({ head, tail, trivia }: Row, { headWidth, width }: RowWidths): string {
  const clause = tail === '' ? head : withTail(head, tail, { headWidth, width });
  return trivia.trailing === undefined ? clause : `${clause} ${trivia.trailing}`;
}

interface RowWidths {
  /** Of the heads that are aligned. */
  readonly headWidth: number;
  /** Of the line. */
  readonly width: number;
}

/** Origins stand behind short heads however long they are, like remarks in a margin, and below long ones. */
function withTail(head: string, tail: string, { headWidth, width }: RowWidths): string {
  const line = `${head.padEnd(headWidth)} ${tail}`;
  const fits = !head.includes('\n') && (line.length <= width || head.length <= WIDEST_ALIGNED_HEAD);
  return fits ? line : `${head}\n${' '.repeat(BLOCK_INDENT)}${tail}`;
}

/** Width of the heads of every row: the widest of its run, rows with tails and neither comment nor blank between. */
function alignedWidths(rows: readonly Row[]): number[] {
  const widths: number[] = [];
  let run: number[] = [];
  const closeRun = () => {
    const widest = run.reduce((width, head) => Math.max(width, head), 0);
    for (const _ of run) widths.push(widest);
    run = [];
  };
  for (const { head, tail, trivia } of rows) {
    const isAlone = tail === '' || head.includes('\n') || head.length > WIDEST_ALIGNED_HEAD;
    if (isAlone || trivia.isAfterBlank || trivia.leading.length > 0) closeRun();
    if (isAlone) widths.push(head.length);
    else run.push(head.length);
  }
  closeRun();
  return widths;
}
