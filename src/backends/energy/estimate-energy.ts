/** Prices what an experiment did: counted events times sourced costs, component by component. */
import { bitsFor } from '../../ir/bit-width.js';
import type { EnergyEstimate } from '../../ir/energy-estimate.js';
import type { MappedModule, RailSet } from '../../ir/mapped.js';
import type { ExperimentResult } from '../../ir/results.js';
import { formatQuantity } from '../../units/format-quantity.js';
import { areaComponents, areaOmissions } from './area.js';
import { assembleEstimate } from './assemble-estimate.js';
import { busComponents } from './bus-energy.js';
import { controllerComponents } from './controller-energy.js';
import { conversionComponents, idleConverterComponent } from './conversion-energy.js';
import { deviceComponents } from './device-energy.js';
import { driverComponents } from './line-energy.js';
import { memoryComponents, planeWordsOf } from './memory-energy.js';
import type { Technology } from './technology.js';
import { timeShares } from './time-shares.js';

/** Energy of one run (first seed, all images) of `result` on the tile of `mapped`, with parts of `technology`. */
export function estimateEnergy(result: ExperimentResult, mapped: MappedModule, technology: Technology): EnergyEstimate {
  const { activity } = result;
  const { converters, rows, columns } = mapped;
  const events = activity.addressEvents ?? 0;
  const isByRows = mapped.experiment.program.write.order === 'rows';
  const planeWords = isByRows ? activity.firingSegments * planeWordsOf(columns) : 0;
  // An address is a line, and a bit for its side
  const addressBits = bitsFor(Math.max(rows, columns) - 1) + 1;
  return assembleEstimate({
    technology: technology.name,
    components: [
      ...deviceComponents(result, mapped),
      ...driverComponents(activity, mapped, technology),
      ...conversionComponents(activity.conversions, converters, technology),
      idleConverterComponent(converters.count, activity.seconds, technology),
      ...controllerComponents(activity, mapped, technology),
      ...memoryComponents({ ...activity, events, planeWords }, technology),
      ...busComponents(events, addressBits, technology),
    ],
    time: timeShares(activity, mapped),
    area: areaComponents(mapped, converters.count, technology),
    omitted: omittedOf(mapped, technology),
  });
}

/** Where the boundary of the estimate is, in words. */
function omittedOf({ pitch, railSets }: MappedModule, technology: Technology): readonly string[] {
  const { digital } = technology;
  return [
    ...weakDrivers(railSets, technology),
    'the host, its bus and the losses of supplies',
    'loading program and data before a run',
    ...(digital.kind === 'free-running' ? ['memories apart from the clocked power of the controller'] : []),
    ...areaOmissions(pitch, technology),
  ];
}

/** A word where the lines need more than the devices of the process give; nothing is scaled beyond them. */
function weakDrivers(railSets: readonly RailSet[], { name, lineVolts = Infinity }: Technology): readonly string[] {
  const levels = railSets.flatMap(({ positive, negative }) =>
    [positive, negative].flatMap(({ row, column }) => [row, column].flatMap(({ rest, select }) => [rest, select])),
  );
  const volts = Math.max(...levels.map((level) => Math.abs(level.volts)));
  if (volts <= lineVolts) return [];
  const [needed, given] = [volts, lineVolts].map((each) => formatQuantity(each, 'V'));
  return [`drivers for ${needed}: the figures of ${name} are those of lines up to ${given}`];
}
