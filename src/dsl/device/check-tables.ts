/** `table`: functions of a device that are read from files of numbers. */
import type { FileHost } from '../../core/file-host.js';
import {
  MAX_TABLE_NUMBERS,
  readMeasuredTable,
  type MeasuredTable,
  type TableFault,
  type TableScales,
} from '../../data/measured-table.js';
import { interpolateGrid } from '../../numerics/interpolate-grid.js';
import { interpolate } from '../../numerics/interpolate.js';
import { unitScale, type Unit } from '../../units/unit.js';
import { reportDuplicates } from '../check/check-clauses.js';
import { checkProvenance } from '../check/check-provenance.js';
import { checkUnit } from '../check/check-unit.js';
import { requireDimension, requireQuantity } from '../check/require.js';
import type { Binding, CheckContext } from '../check/scope.js';
import { PLAIN_NUMBER, POISON, quantityType, type QuantityType, type TypedExpression } from '../check/value-type.js';
import { elementwise } from '../check/vector.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { AxisNode, TableClause } from '../syntax/device.js';
import type { CallNode, UnitName } from '../syntax/nodes.js';
import type { DeviceContext } from './device-context.js';
import { TableFiles } from './table-files.js';

/** A quantity of a table: its type, and what the numbers of the file become. */
interface Measure {
  readonly type: QuantityType;
  readonly toSi: (value: number) => number;
  /** Of the unit; tells readings of one file apart. */
  readonly symbol: string;
}

/** The functions that tables declare, by name; one whose file cannot be used is poison after reporting. */
export function checkTables(
  clauses: readonly TableClause[],
  device: DeviceContext,
  host: FileHost,
): readonly (readonly [string, Binding])[] {
  return clauses.map((clause) => [clause.name.name, checkTable(clause, device.at(clause.span, device.ground), host)]);
}

function checkTable(clause: TableClause, context: CheckContext, host: FileHost): Binding {
  const { name, x, y, unit, provenance } = clause;
  const axes = y ? [x, y] : [x];
  reportDuplicates(
    axes.map((axis) => axis.name),
    context.diagnostics,
  );
  checkProvenance(provenance, { what: `table \`${name.name}\``, span: name.span }, context.diagnostics);
  const measures = [...axes.map((axis) => axis.unit), unit].map((each) => measureOf(each, context));
  const isSound = measures.every((measure) => measure !== undefined) && x.name.name !== y?.name.name;
  const [first, second] = measures;
  const result = measures.at(-1);
  const table =
    isSound && first && result
      ? readTable(clause, { x: first, ...(y && second && { y: second }), value: result }, { context, host })
      : undefined;
  const apply = (operands: readonly TypedExpression[], call: CallNode, caller: CheckContext): TypedExpression =>
    table && result
      ? applyTable(
          { call, operands, axes, types: measures.map((measure) => measure?.type ?? PLAIN_NUMBER) },
          table,
          caller,
        )
      : POISON;
  const value = { name: name.name, parameters: axes.map((axis) => axis.name.name), apply };
  return { kind: 'function', origin: name.span, value };
}

function measureOf(name: UnitName | undefined, context: CheckContext): Measure | undefined {
  if (!name) return { type: PLAIN_NUMBER, toSi: (value) => value, symbol: '1' };
  const unit = checkUnit(name, context);
  return unit && { type: typeOf(unit), toSi: conversionOf(unit), symbol: unit.symbol };
}

function typeOf({ dimension, zeroCentikelvin }: Unit): QuantityType {
  const type = quantityType(dimension);
  return zeroCentikelvin === undefined ? type : { ...type, isPoint: true };
}

/** Whole numbers of a decimal unit become the doubles nearest to what is written: a power of ten is exact, its inverse not. */
function conversionOf(unit: Unit): (value: number) => number {
  if (!unit.factor && unit.exponent < 0) {
    const divisor = Number(`1e${String(-unit.exponent)}`);
    return (value) => value / divisor;
  }
  const scale = unitScale(unit);
  const zero = Number(unit.zeroCentikelvin ?? 0n) / 100;
  return (value) => value * scale + zero;
}

// Reading

type Measures = Readonly<Record<keyof Omit<TableScales, 'y'>, Measure>> & { readonly y?: Measure };

const files = new TableFiles();

function readTable(
  { file }: TableClause,
  { x, y, value }: Measures,
  { context, host }: { readonly context: CheckContext; readonly host: FileHost },
): MeasuredTable | undefined {
  const path = host.resolve(file.span.file, file.value);
  const bytes = host.readBytes(path, MAX_TABLE_BYTES);
  if (!(bytes instanceof Uint8Array)) {
    const params = { path: file.value, reason: bytes.text };
    context.diagnostics.report(DSL_CATALOGUE, 'table-unreadable', params, { span: file.span });
    return undefined;
  }
  const scales = { x: x.toSi, ...(y && { y: y.toSi }), value: value.toSi };
  const key = [path, x.symbol, y?.symbol ?? '', value.symbol].join(' ');
  const table = files.tableOf(key, bytes, () => readMeasuredTable(bytes, scales));
  if (table.kind === 'table') return table;
  reportFault(table, file, context);
  return undefined;
}

/** Bytes of a file, at most: some for each number, with a comment or two. */
const MAX_TABLE_BYTES = 64 * 2 ** 20;

function reportFault(
  fault: TableFault,
  { value: path, span }: TableClause['file'],
  { diagnostics }: CheckContext,
): void {
  const place = { span };
  switch (fault.fault) {
    case 'text':
      diagnostics.report(DSL_CATALOGUE, 'table-unreadable', { path, reason: fault.reason }, place);
      break;
    case 'number': {
      const { line, column, found } = fault;
      diagnostics.report(DSL_CATALOGUE, 'table-number', { path, line, column, found }, place);
      break;
    }
    case 'columns': {
      const { line, expected, found } = fault;
      const reason = `line ${String(line)} has ${String(found)} columns, expected ${String(expected)}`;
      diagnostics.report(DSL_CATALOGUE, 'table-shape', { path, reason }, place);
      break;
    }
    case 'points':
      diagnostics.report(DSL_CATALOGUE, 'table-shape', { path, reason: fault.reason }, place);
      break;
    case 'axis': {
      const { line, column } = fault;
      diagnostics.report(DSL_CATALOGUE, 'table-axis', { path, line, column }, place);
      break;
    }
    case 'size': {
      const { rows, columns } = fault;
      diagnostics.report(DSL_CATALOGUE, 'table-too-large', { path, rows, columns, limit: MAX_TABLE_NUMBERS }, place);
      break;
    }
  }
}

// Calls

interface TableCall {
  readonly call: CallNode;
  readonly operands: readonly TypedExpression[];
  readonly axes: readonly AxisNode[];
  /** Of the axes, and of the value behind them. */
  readonly types: readonly QuantityType[];
}

function applyTable(parts: TableCall, table: MeasuredTable, caller: CheckContext): TypedExpression {
  const { call, operands, types } = parts;
  return elementwise(
    operands,
    {
      span: call.span,
      apply: (places, inner) => {
        const isPlace = places.every((place, axis) => requirePlace(parts, axis, place, inner));
        return isPlace ? valueAt(places, table, types.at(-1) ?? PLAIN_NUMBER) : POISON;
      },
    },
    caller,
  );
}

function requirePlace(
  { call, axes, types }: TableCall,
  axis: number,
  { type }: TypedExpression,
  context: CheckContext,
): boolean {
  const what = `\`${axes[axis]?.name.name ?? ''}\` of \`${call.callee.name}\``;
  const node = call.operands[axis] ?? call;
  const { dimension } = types[axis] ?? PLAIN_NUMBER;
  return requireQuantity(type, what, node.span, context) && requireDimension(type, node, { what, dimension }, context);
}

function valueAt(
  [x = POISON, y = POISON]: readonly TypedExpression[],
  { xs, ys, values }: MeasuredTable,
  type: QuantityType,
): TypedExpression {
  if (!ys) {
    const constant = x.constant === undefined ? undefined : interpolate(x.constant, xs, values);
    return { type, expression: { kind: 'interpolate', at: x.expression, xs, ys: values }, constant };
  }
  const grid = { xs, ys, values };
  const isKnown = x.constant !== undefined && y.constant !== undefined;
  return {
    type,
    expression: { kind: 'interpolate-grid', x: x.expression, y: y.expression, grid, order: 0 },
    constant: isKnown ? interpolateGrid(x.constant, y.constant, grid, 0) : undefined,
  };
}
