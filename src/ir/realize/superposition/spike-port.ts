/** The way on which spikes reach a controller. */
import { indexBits } from '../../bit-width.js';
import { aerAddressBits } from '../../blocks/aer.js';
import type { Chip } from '../../chip.js';

/** Why spikes of all lines of a tile cannot reach the controller of `chip`, in words; undefined where they can. */
export function spikePortFault({ aer, tile }: Pick<Chip, 'aer' | 'tile'>): string | undefined {
  const port = aer.find(({ direction }) => direction === 'in');
  if (!port) return 'it has no `aer in` for spikes';
  const bits = aerAddressBits({ rowBits: indexBits(tile.rows), columnBits: indexBits(tile.columns) });
  if (port.bits >= bits) return undefined;
  return `its \`aer in\` has ${port.bits} bits, and the lines of its tile take ${bits}`;
}
