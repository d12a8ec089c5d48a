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

/** The points of data files of one design; `isConstant` tells of a bit, by file, line and name, that it cannot change. */
export function pointsOf(data: readonly string[], isConstant: (place: string) => boolean): readonly CoveragePoint[] {
  const points = new Map<string, CoveragePoint>();
  for (const [, attributes = '', count = '0'] of data.flatMap((file) => [...file.matchAll(POINT)])) {
    const point = pointOf(attributes, Number(count));
    const changes = point.kind === 'line' || !isConstant(`${point.file} ${String(point.line)} ${point.name}`);
    addPoint(points, { ...point, changes });
  }
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

const POINT = /^C '([^']*)' (\d+)$/gm;

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
