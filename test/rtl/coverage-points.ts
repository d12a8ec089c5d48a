/** Coverage points of Verilator's data file, joined over all instances and designs. */

export interface CoveragePoint {
  readonly kind: 'line' | 'toggle';
  /** File name of the cell. */
  readonly file: string;
  readonly line: number;
  /** Signal and bit of a toggle. */
  readonly name: string;
  readonly hits: number;
}

/**
 * Adds the points of one data file to `points`. A toggle point is one edge of one bit: a bit counts once, and as hit
 * when it toggles in any instance of any design.
 */
export function collectPoints(data: string, points: Map<string, CoveragePoint>): void {
  for (const [, attributes = '', count = '0'] of data.matchAll(/^C '([^']*)' (\d+)$/gm)) {
    const fields = new Map(
      attributes.split('\x01').flatMap((field): [string, string][] => {
        const [key, value] = field.split('\x02');
        return key === undefined || value === undefined ? [] : [[key, value]];
      }),
    );
    const point = pointOf(fields, Number(count));
    if (!point) continue;
    const key = [point.kind, point.file, point.line, point.name].join(' ');
    points.set(key, { ...point, hits: point.hits + (points.get(key)?.hits ?? 0) });
  }
}

function pointOf(fields: ReadonlyMap<string, string>, hits: number): CoveragePoint | undefined {
  const page = fields.get('page') ?? '';
  const kind = page.startsWith('v_toggle') ? 'toggle' : 'line';
  const file = (fields.get('f') ?? '').split('/').at(-1) ?? '';
  const comment = fields.get('o') ?? '';
  // Two points of one line are told apart by their column, an `if` and its `else` by the comment
  const name = kind === 'toggle' ? comment : `${fields.get('n') ?? ''} ${comment}`;
  return { kind, file, line: Number(fields.get('l') ?? 0), name, hits };
}
