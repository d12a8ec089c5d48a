/** The beginning of a run, clock by clock: the lines that move, in strips that fit a page. */
import type { Diagram, DiagramRow } from '../ir/timing-diagram.js';
import { drawnMarkup, html, type Html } from './html.js';
import type { ReportTiming } from './report-input.js';
import { drawTiming } from './timing-svg.js';

/** Columns of a strip, strips and lines of a tile that are drawn, at most. */
const STRIP = 24;
const MAX_STRIPS = 4;
const MAX_LINES = 12;

export function renderTiming({ title, diagram }: ReportTiming): Html | undefined {
  const shown = withMovingLines(diagram);
  const strips = stripsOf(shown);
  if (strips.length === 0) return undefined;
  const still = diagram.rows.length - shown.rows.length;
  const isCut = strips.length * STRIP < diagram.columns.length;
  const notes = [
    'A dashed line stands for clocks in which nothing changes',
    ...(still > 0 ? [`${String(still)} signals are left out: they hold still, or are beyond the first ${String(MAX_LINES)} that move`] : []),
    ...(isCut ? ['the diagram ends where the page does, not the program'] : []),
  ];
  return html`<h3>Timing</h3>
    <p class="lead">${title}. ${notes.join('; ')}.</p>
    <div class="strips">
      ${strips.map(
        (strip, index) =>
          html`<div class="strip" tabindex="0" role="region" aria-label="Timing, part ${index + 1}">
            ${drawnMarkup(drawTiming(strip, `part ${String(index + 1)}`))}
          </div>`,
      )}
    </div>`;
} // prettier-ignore

/** Signals of the controller, and the first lines that are driven at all. */
function withMovingLines(diagram: Diagram): Diagram {
  let lines = 0;
  const end = STRIP * MAX_STRIPS;
  const rows = diagram.rows.filter((row) => {
    if (!/^(row|column) \d/.test(row.name)) return true;
    return moves(row, end) && ++lines <= MAX_LINES;
  });
  return { ...diagram, rows };
}

function moves({ values }: DiagramRow, end: number): boolean {
  return new Set(values.slice(0, end)).size > 1;
}

function stripsOf({ columns, rows, notes }: Diagram): readonly Diagram[] {
  const count = Math.min(MAX_STRIPS, Math.ceil(columns.length / STRIP));
  return Array.from({ length: count }, (_, index) => {
    const part = [index * STRIP, (index + 1) * STRIP] as const;
    return {
      columns: columns.slice(...part),
      rows: rows.map((row) => ({ ...row, values: row.values.slice(...part) })),
      notes,
    };
  });
}
