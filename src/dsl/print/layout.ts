/** Lines of clauses: comments around them, blank lines between them, origins aligned in columns. */
import type { CommentNode, Trivia } from '../syntax/nodes.js';

/** Columns that a line may fill before a list in it is broken. */
export const LINE_WIDTH = 100;

/** A clause as text before it is laid out; `head` may have several lines. */
export interface Row {
  readonly head: string;
  /** What is aligned with the rows around it; empty where there is nothing. */
  readonly tail: string;
  readonly trivia: Trivia;
}

/** Heads longer than this do not push the tails of the rows around them to the right. */
const WIDEST_ALIGNED_HEAD = 56;

/** The lines of a block, each indented by `indent`. */
export function layOut(rows: readonly Row[], closing: readonly CommentNode[], indent: string): string {
  const widths = alignedWidths(rows);
  const lines = [
    ...rows.flatMap((row, index) => [...leadingLines(row.trivia), rowLine(row, widths[index] ?? 0)]),
    ...closing.flatMap(commentLines),
  ];
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

function rowLine({ head, tail, trivia }: Row, width: number): string {
  const clause = tail === '' ? head : `${head.padEnd(width)} ${tail}`;
  return trivia.trailing === undefined ? clause : `${clause} ${trivia.trailing}`;
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
    const isAlone = tail === '' || head.length > WIDEST_ALIGNED_HEAD;
    if (isAlone || trivia.isAfterBlank || trivia.leading.length > 0) closeRun();
    if (isAlone) widths.push(head.length);
    else run.push(head.length);
  }
  closeRun();
  return widths;
}
