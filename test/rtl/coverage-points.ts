/** Coverage points of Verilator's data files, joined over all instances, runs and designs. */

export interface CoveragePoint {
  readonly kind: 'line' | 'toggle';
  /** File name of the cell. */
  readonly file: string;
  readonly line: number;
  /** Signal and bit of a toggle. */
  readonly name: string;
  readonly hits: number;
  /** Of a bit: some design leaves it free to change. */
  readonly changes: boolean;
}

/**
 * The points of one design from the data files of its runs. What was counted `before` their first clocks is taken from
 * the toggles: a bit that takes its first value does not change. `isConstant` tells of a bit, by file, line and name,
 * that it cannot change.
 */
export function pointsOf(
  runs: readonly string[],
  before: readonly string[],
  isConstant: (place: string) => boolean,
): readonly CoveragePoint[] {
  const points = new Map<string, CoveragePoint>();
  const add = (attributes: string, hits: number): void => {
    const point = pointOf(attributes, hits);
    if (point.kind === 'line' && hits < 0) return;
    const changes = point.kind === 'line' || !isConstant(`${point.file} ${String(point.line)} ${point.name}`);
    addPoint(points, { ...point, changes });
  };
  for (const [, attributes = '', count = '0'] of matchesIn(runs)) add(attributes, Number(count));
  for (const [, attributes = '', count = '0'] of matchesIn(before)) add(attributes, -Number(count));
  const wrong = [...points.values()].find(({ changes, hits }) => !changes && hits > 0);
  if (wrong) throw new Error(`${wrong.file}:${String(wrong.line)}: ${wrong.name} is called constant, but changes`);
  return [...points.values()];
}

/** A point counts once, and as hit when any instance of any design hits it. */
export function addPoint(points: Map<string, CoveragePoint>, point: CoveragePoint): void {
  const key = [point.kind, point.file, point.line, point.name].join(' ');
  const known = points.get(key);
  points.set(key, known ? { ...point, hits: known.hits + point.hits, changes: known.changes || point.changes } : point);
}

function matchesIn(files: readonly string[]): readonly RegExpMatchArray[] {
  return files.flatMap((file) => [...file.matchAll(/^C '([^']*)' (\d+)$/gm)]);
}

function pointOf(attributes: string, hits: number): Omit<CoveragePoint, 'changes'> {
  const fields = new Map(
    attributes.split('\x01').flatMap((field): [string, string][] => {
      const [key, value] = field.split('\x02');
      return key === undefined || value === undefined ? [] : [[key, value]];
    }),
  );
  const page = fields.get('page') ?? '';
  const kind = page.startsWith('v_toggle') ? 'toggle' : 'line';
  const file = (fields.get('f') ?? '').split('/').at(-1) ?? '';
  const comment = fields.get('o') ?? '';
  // Two points of one line are told apart by their column, an `if` and its `else` by the comment
  const name = kind === 'toggle' ? comment : `${fields.get('n') ?? ''} ${comment}`;
  return { kind, file, line: Number(fields.get('l') ?? 0), name, hits };
}
