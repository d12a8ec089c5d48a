/** A device on the tile of a chip as pulse programs of networks see it. */
import type { DeviceModel } from '../../devices/device-model.js';
import { PLAIN_BLOCKS } from '../blocks/controller-blocks.js';
import type { Chip } from '../chip.js';
import type { MappedArray, PulseBias } from '../mapped.js';
import { railSets } from '../passes/bias.js';
import { clocksFor } from '../passes/operations.js';
import type { PulseProgram } from '../scheduled.js';

/** One tile of `chip` with cells of `device`; bias schemes that pulses do not know count as `half`. */
export function networkArray(source: string, chip: Chip, device: DeviceModel): MappedArray {
  const { clockHz, tile } = chip;
  const { origin, bits, minAmperes, maxAmperes, settleSeconds, conversionSeconds, sharedBy } = tile.adc;
  const scheme: PulseBias = tile.bias.scheme === 'third' ? 'third' : 'half';
  const { rails, line } = tile;
  return {
    source,
    device,
    clockHz,
    bus: chip.bus.protocol,
    tileOrigin: tile.origin,
    rows: tile.rows,
    columns: tile.columns,
    bias: scheme,
    railSets: railSets(
      { rails, bias: { scheme, origin: tile.bias.origin } },
      device.pulse.volts,
      device.readVoltage.volts,
    ),
    timer: tile.timer,
    settleSeconds: tile.settleSeconds,
    converters: {
      ...{ origin, sharedBy, bits, minAmperes, maxAmperes, settleSeconds, conversionSeconds },
      count: Math.ceil(tile.columns / sharedBy),
    },
    ...(tile.constants && { constants: tile.constants }),
    lineFarads: line.farads,
    lineProvenance: line.provenance,
  };
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
