/** network -> mapped: one experiment gets cells, rails and converters on the tile of its chip. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import { invariant } from '../../core/invariant.js';
import type { DeviceModel } from '../../devices/device-model.js';
import { SCHEDULE_CATALOGUE } from '../catalogue.js';
import type { MappedModule } from '../mapped.js';
import type { Chip } from '../chip.js';
import type { Experiment, NetworkModule } from '../network.js';
import { RAIL_SET, railSets, wantedLineVolts } from './bias.js';
import { checkChip, type PulsedTile } from './check-chip.js';
import { checkWires } from './check-wires.js';
import { tileArray } from './tile-array.js';

/** A converted write voltage may be off by this fraction; beyond it the pulse is a different one. */
const MAX_VOLTAGE_ERROR = 0.05;

/** Maps `experiment` of `network`; undefined after reporting what does not fit its chip. */
export function map(
  network: NetworkModule,
  experiment: Experiment,
  diagnostics: DiagnosticBag,
): MappedModule | undefined {
  const chip = network.chips.find((candidate) => candidate.name === experiment.chip);
  const device = network.devices.find((candidate) => candidate.name === experiment.program.device);
  invariant(chip && device, `experiment ${experiment.name} refers to a chip and device that exist`);
  const tile = checkChip(chip, diagnostics);
  if (!tile) return undefined;
  if (checkRails(tile, device, diagnostics)) checkWriteVoltage(tile, device, diagnostics);
  if (experiment.program.readBack) checkReading(experiment, tile, device, diagnostics);
  if (diagnostics.hasErrors) return undefined;
  const mapped = mappedModule(network.source, experiment, { ...chip, tile }, device);
  checkWires(mapped, diagnostics);
  return diagnostics.hasErrors ? undefined : mapped;
}

function mappedModule(
  source: string,
  experiment: Experiment,
  chip: Chip & { readonly tile: PulsedTile },
  device: DeviceModel,
): MappedModule {
  const { tile } = chip;
  return {
    phase: 'mapped',
    experiment,
    ...tileArray(source, chip, device, tile.bias.scheme),
    ...wiresOf(tile),
    images: experiment.program.images,
  };
}

function wiresOf({ line, drivers }: PulsedTile): Pick<MappedModule, 'wires'> {
  const ohmsPerCell = line.ohmsPerCell ?? 0;
  const driverOhms = drivers?.ohms ?? 0;
  const isIdeal = ohmsPerCell === 0 && driverOhms === 0;
  const origin = ohmsPerCell > 0 || !drivers ? line.origin : drivers.origin;
  return isIdeal ? {} : { wires: { ohmsPerCell, driverOhms, bothEnds: drivers?.bothEnds ?? false, origin } };
}

/** Whether every wanted voltage is in range. */
function checkRails(tile: PulsedTile, device: DeviceModel, diagnostics: DiagnosticBag): boolean {
  const { scheme } = tile.bias;
  const { minVolts: min, maxVolts: max, bits, origin } = tile.rails;
  // The topmost voltage that an offset-binary converter makes lies one step below the range's end.
  const top = max - (max - min) / 2 ** bits;
  const wanted = [
    ...wantedLineVolts(scheme, device.pulse.volts).map((volts) => ({ what: `bias \`${scheme}\``, volts })),
    { what: 'reading', volts: device.readVoltage.volts },
  ];
  const beyond = wanted.find(({ volts }) => volts < min || volts > top);
  if (beyond)
    diagnostics.report(SCHEDULE_CATALOGUE, 'rail-out-of-range', { ...beyond, min, max: top }, { span: origin });
  return !beyond;
}

function checkWriteVoltage(tile: PulsedTile, device: DeviceModel, diagnostics: DiagnosticBag): void {
  const volts = device.pulse.volts;
  const write = railSets(tile, volts, device.readVoltage.volts)[RAIL_SET.write];
  for (const { row, column } of [write.positive, write.negative]) {
    const made = Math.abs(row.select.volts - column.select.volts);
    if (Math.abs(made - volts) > MAX_VOLTAGE_ERROR * Math.abs(volts)) {
      const params = { what: `the write voltage of \`${device.name}\``, volts, made };
      diagnostics.report(SCHEDULE_CATALOGUE, 'rail-resolution', params, { span: tile.rails.origin });
    }
    for (const rating of device.ratings) {
      if (rating.quantity !== 'voltage' || made <= rating.max) continue;
      const params = { device: device.name, volts: made, max: rating.max };
      const related = [{ message: 'rated here', span: rating.origin }];
      diagnostics.report(SCHEDULE_CATALOGUE, 'rating-voltage', params, { span: tile.rails.origin, related });
    }
  }
}

function checkReading(
  { program }: Experiment,
  tile: PulsedTile,
  device: DeviceModel,
  diagnostics: DiagnosticBag,
): void {
  const amperes = program.window.high * device.readVoltage.volts;
  if (amperes > tile.adc.maxAmperes) {
    diagnostics.report(
      SCHEDULE_CATALOGUE,
      'adc-range',
      { amperes, max: tile.adc.maxAmperes },
      { span: tile.adc.origin },
    );
  }
}
