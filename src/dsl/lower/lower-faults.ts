/** Spare lines of a tile, and what a file says is broken. */
import { readFaultMap } from '../../data/fault-map.js';
import type { FaultList, Tile } from '../../ir/chip.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkInteger } from '../check/check-constant.js';
import type { CheckContext } from '../check/scope.js';
import type { FaultsPart, SparePart } from '../syntax/chip.js';
import type { ImageContext } from './lower-images.js';

type Size = Pick<Tile, 'rows' | 'columns' | 'grid'>;

/** Bytes of a fault map, at most. */
const MAX_FAULT_BYTES = 64 * 2 ** 20;

/** Spare lines; of either side a line is left for weights. */
export function lowerSpare(
  { rows, columns, span }: SparePart,
  size: Size,
  context: CheckContext,
): NonNullable<Tile['spare']> {
  const count = (node: SparePart['rows'], side: 'rows' | 'columns'): number =>
    checkInteger(node, { what: `number of spare ${side}`, min: 0, max: Math.max(0, size[side] - 1) }, context);
  return { rows: count(rows, 'rows'), columns: count(columns, 'columns'), origin: span };
}

/** The faults that the file lists; undefined after reporting its first bad line. */
export function lowerFaults(
  { file, span }: FaultsPart,
  { rows, columns, grid }: Size,
  { host, file: source, diagnostics }: ImageContext,
): FaultList | undefined {
  const bytes = host.readBytes(host.resolve(source, file.value), MAX_FAULT_BYTES);
  const fault = (line: number, reason: string): undefined => {
    diagnostics.report(DSL_CATALOGUE, 'fault-map', { path: file.value, line, reason }, { span: file.span });
    return undefined;
  };
  if (!(bytes instanceof Uint8Array)) return fault(0, bytes.text);
  const found = readFaultMap(bytes, { tiles: grid.rows * grid.columns, rows, columns });
  return found.kind === 'faults' ? { file: file.value, all: found.all, origin: span } : fault(found.line, found.reason);
}
