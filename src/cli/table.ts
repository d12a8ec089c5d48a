/** Columns of text in line. */

export type Alignment = 'left' | 'right';

/**
 * `rows` as lines with their cells in line, two blanks apart, two in front.
 * @param alignments  one for each column; columns beyond are left-aligned
 */
export function renderTable(rows: readonly (readonly string[])[], alignments: readonly Alignment[] = []): string {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => visibleLength(row[column] ?? ''))),
  );
  const renderRow = (row: readonly string[]): string =>
    row.map((cell, column) => pad(cell, widths[column] ?? 0, alignments[column] ?? 'left')).join('  ');
  return rows.map((row) => `  ${renderRow(row)}`.trimEnd()).join('\n');
}

function pad(cell: string, width: number, alignment: Alignment): string {
  const blanks = ' '.repeat(width - visibleLength(cell));
  return alignment === 'right' ? blanks + cell : cell + blanks;
}

/** Without color codes, which take no place. */
function visibleLength(text: string): number {
  return [...text.replace(/\u001b\[\d+m/g, '')].length;
}
