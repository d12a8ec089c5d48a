/** Rows of a table of measured pulses in the order in which the pulses came, one sequence for each device and cycle. */
import type { MeasuredPulse, MeasuredSeries, Measurement, ReferencePulse } from '../devices/fit/measurement.js';
import type { MissingColumn } from './pulse-table.js';
import { columnExample, type Column, type ColumnName } from './table-header.js';
import type { TableRow, ValueFault } from './table-row.js';

/** A pulse number that does not follow the one before. */
export interface OrderFault {
  readonly kind: 'order';
  readonly line: number;
  readonly index: number;
  readonly found: number;
  readonly before: number;
}

type SequenceFault = OrderFault | ValueFault | MissingColumn;

/** Readings with the pulses between them, or why they are in no order. */
export type Measured =
  | { readonly kind: 'measured'; readonly measurement: Measurement }
  | { readonly kind: 'faults'; readonly faults: readonly SequenceFault[] };

/** One conductance of a row, with the pulse before it. */
interface Reading extends Pick<TableRow, 'line' | 'device' | 'cycle' | 'pulse' | 'volts' | 'seconds'> {
  readonly siemens: number;
  readonly direction: 1 | -1;
}

type Columns = ReadonlyMap<ColumnName, Column>;

/** Pulses between two readings, at most. */
const MAX_UNREAD_PULSES = 1000;

/** The measurement that `rows` make; columns that it needs in any case are there. */
export function measureRows(rows: readonly TableRow[], columns: Columns): Measured {
  const sequences = [...groupRows(rows).values()].map((own) =>
    columns.has('up') ? branchesOf(own) : own.flatMap(readingOf),
  );
  const faults: SequenceFault[] = [];
  const series = sequences.flatMap((readings) => seriesOf(readings, columns, faults));
  if (faults.length > 0) return { kind: 'faults', faults };
  const all = sequences.flat();
  const [low, high] = [Math.min, Math.max].map((pick) =>
    all.reduce((end, { siemens }) => pick(end, siemens), all[0]?.siemens ?? NaN),
  );
  const pulses = series.flatMap((each) => each.pulses);
  const isVaried = [1, -1].some((direction) => varies(pulses.filter((pulse) => pulse.direction === direction)));
  const missing = (['voltage', 'width'] as const).filter((name) => isVaried && !columns.has(name));
  if (missing.length > 0) {
    const why = 'pulses that differ are told apart by amplitude and width';
    return { kind: 'faults', faults: [{ kind: 'missing-column', examples: missing.map(columnExample), why }] };
  }
  const maxVolts = columns.has('voltage') ? Math.max(...pulses.map(({ volts = 0 }) => volts)) : undefined;
  return {
    kind: 'measured',
    measurement: {
      kind: isVaried ? 'field' : 'train',
      series,
      low: low ?? NaN,
      high: high ?? NaN,
      reference: referenceOf(pulses),
      ...(maxVolts !== undefined && { maxVolts }),
    },
  };
}

function groupRows(rows: readonly TableRow[]): ReadonlyMap<string, readonly TableRow[]> {
  const groups = new Map<string, TableRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.device, row.cycle]);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** The reading of a row; the sign of the voltage is the direction where no column says it. */
function readingOf(row: TableRow): readonly Reading[] {
  const { siemens, volts } = row;
  if (siemens === undefined) return [];
  const direction = row.direction ?? ((volts ?? 0) < 0 ? -1 : 1);
  return [{ ...row, siemens, direction, ...(volts !== undefined && { volts: Math.abs(volts) }) }];
}

/** The train up and then the one down, from two columns side by side; a reading before the first pulse down is no news. */
function branchesOf(rows: readonly TableRow[]): readonly Reading[] {
  const up = rows.flatMap((row) => (row.up === undefined ? [] : { ...row, siemens: row.up, direction: 1 as const }));
  const down = rows.flatMap((row) =>
    row.down === undefined || row.pulse === 0 ? [] : { ...row, siemens: row.down, direction: -1 as const },
  );
  return [...up, ...down];
}

function seriesOf(readings: readonly Reading[], columns: Columns, faults: SequenceFault[]): readonly MeasuredSeries[] {
  const [first, ...rest] = readings;
  if (!first) return [];
  let before = first;
  const pulses = rest.map((reading): MeasuredPulse => {
    const count = pulsesBetween(before, reading);
    const at = { line: reading.line, index: columns.get('pulse')?.index ?? -1 };
    if (count === undefined) {
      faults.push({ kind: 'order', ...at, found: reading.pulse ?? 0, before: before.pulse ?? 0 });
    }
    if (reading.volts === 0) {
      const index = columns.get('voltage')?.index ?? -1;
      faults.push({ kind: 'value', line: reading.line, index, expected: 'a voltage other than 0', found: '0' });
    }
    before = reading;
    const { direction, siemens, volts, seconds } = reading;
    return {
      direction,
      count: count ?? 1,
      siemens,
      ...(volts !== undefined && { volts }),
      ...(seconds !== undefined && { seconds }),
    };
  });
  return [{ device: first.device, cycle: first.cycle, start: first.siemens, pulses }];
}

/** How many pulses came between two readings; undefined where their numbers are in no order. */
function pulsesBetween(before: Reading, reading: Reading): number | undefined {
  if (before.pulse === undefined || reading.pulse === undefined) return 1;
  const isSameDirection = before.direction === reading.direction;
  // Where the direction changes, counting may go on or begin anew
  if (!isSameDirection && reading.pulse === 1) return 1;
  const count = reading.pulse - before.pulse;
  return count >= 1 && count <= (isSameDirection ? MAX_UNREAD_PULSES : 1) ? count : undefined;
}

function varies(pulses: readonly MeasuredPulse[]): boolean {
  const [first] = pulses;
  return pulses.some(({ volts, seconds }) => volts !== first?.volts || seconds !== first?.seconds);
}

/** The largest amplitude of pulses up, and the width that it has most often. */
function referenceOf(pulses: readonly MeasuredPulse[]): Partial<ReferencePulse> {
  const up = pulses.filter(({ direction }) => direction > 0);
  const volts = up.reduce<number | undefined>(
    (most, pulse) => (pulse.volts === undefined ? most : Math.max(most ?? 0, pulse.volts)),
    undefined,
  );
  const counts = new Map<number, number>();
  for (const pulse of up) {
    if (pulse.seconds !== undefined && pulse.volts === volts)
      counts.set(pulse.seconds, (counts.get(pulse.seconds) ?? 0) + 1);
  }
  const [seconds] = [...counts].sort(([, left], [, right]) => right - left)[0] ?? [];
  return { ...(volts !== undefined && { volts }), ...(seconds !== undefined && { seconds }) };
}
