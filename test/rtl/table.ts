/** Results as a table on standard output. */

/** Columns as wide as their longest cell, two spaces between them. */
export function printTable(header: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const lines = [header, ...rows].map((cells) => cells.map(String));
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  for (const line of lines) {
    const text = line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
    process.stdout.write(`${text.trimEnd()}\n`);
  }
}

/** Seconds since `start`, a value of `performance.now()`, to a tenth. */
export function secondsSince(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(1);
}

/** Says on standard error which of a run's parts is next. */
export function tellProgress(index: number, count: number, part: string): void {
  process.stderr.write(`# ${String(index + 1)}/${String(count)} ${part}\n`);
}
