/** A device on the tile of a chip, whatever runs on it. */
import type { DeviceModel } from '../../devices/device-model.js';
import type { Chip } from '../chip.js';
import type { MappedArray, PulseBias } from '../mapped.js';
import { railSets } from './bias.js';

/** One tile of `chip` with cells of `device`, whose unselected lines are biased as `scheme` says; its wires are ideal. */
export function tileArray(
  source: string,
  { clockHz, bus, tile }: Chip,
  device: DeviceModel,
  scheme: PulseBias,
): MappedArray {
  const { origin, bits, minAmperes, maxAmperes, settleSeconds, conversionSeconds, sharedBy } = tile.adc;
  const bias = { scheme, origin: tile.bias.origin };
  return {
    source,
    device,
    clockHz,
    bus: bus.protocol,
    tileOrigin: tile.origin,
    rows: tile.rows,
    columns: tile.columns,
    bias: scheme,
    railSets: railSets({ rails: tile.rails, bias }, device.pulse.volts, device.readVoltage.volts),
    timer: tile.timer,
    settleSeconds: tile.settleSeconds,
    converters: {
      ...{ origin, count: Math.ceil(tile.columns / sharedBy), sharedBy },
      ...{ bits, minAmperes, maxAmperes, settleSeconds, conversionSeconds },
    },
    ...(tile.constants && { constants: tile.constants }),
    lineFarads: tile.line.farads,
    lineProvenance: tile.line.provenance,
    ...(tile.pitch && { pitch: tile.pitch }),
  };
}
