/** Why a matrix has no controller. */
import type { MappedNetwork } from '../../ir/mapped-network.js';

/** That `rows` x `columns` cells are more than a tile of `chip` holds: a program has one, where `sim` takes several. */
export function misfit(rows: number, columns: number, { tile }: MappedNetwork['chip']): string {
  const texts = [rows, columns, tile.rows, tile.columns].map(String);
  return `${texts.slice(0, 2).join(' x ')} cells do not fit a tile of ${texts.slice(2).join(' x ')}, and a controller has one`;
}
