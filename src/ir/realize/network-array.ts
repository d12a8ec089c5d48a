/** A device on the tile of a chip as pulse programs of networks see it. */
import type { DeviceModel } from '../../devices/device-model.js';
import { PLAIN_BLOCKS } from '../blocks/controller-blocks.js';
import type { Chip } from '../chip.js';
import type { MappedArray } from '../mapped.js';
import { clocksFor } from '../passes/operations.js';
import { tileArray } from '../passes/tile-array.js';
import type { PulseProgram } from '../scheduled.js';

/** One tile of `chip` with cells of `device`; bias schemes that pulses do not know count as `half`. */
export function networkArray(source: string, chip: Chip, device: DeviceModel): MappedArray {
  return tileArray(source, chip, device, chip.tile.bias.scheme === 'third' ? 'third' : 'half');
}

/** A program on `array` that does nothing yet. */
export function arrayProgram(array: MappedArray, name: string): PulseProgram {
  const { clockHz, converters, rows, columns, timer } = array;
  const { bits, minAmperes, maxAmperes } = converters;
  return {
    name,
    origin: array.tileOrigin,
    clockHz,
    rows,
    columns,
    railSets: array.railSets,
    tickExponent: 0,
    magnitudeBits: timer.bits,
    restClocks: clocksFor(array.settleSeconds, clockHz),
    tiles: 1,
    randomPlanes: 0,
    scan: {
      ...{ converters: converters.count, shares: converters.sharedBy, bits, minAmperes, maxAmperes },
      settleClocks: clocksFor(converters.settleSeconds, clockHz),
      conversionClocks: clocksFor(converters.conversionSeconds, clockHz),
    },
    blocks: PLAIN_BLOCKS,
    operations: [],
    dataSets: [],
  };
}
