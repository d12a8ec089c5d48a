/** Prices what an experiment did: counted events times sourced costs, component by component. */
import type { EnergyComponent, EnergyEstimate } from '../../ir/energy-estimate.js';
import type { MappedArray, MappedModule } from '../../ir/mapped.js';
import type { Activity, ExperimentResult } from '../../ir/results.js';
import { formatQuantity } from '../../units/format-quantity.js';
import { assembleEstimate } from './assemble-estimate.js';
import { givenComponent, pricedComponent } from './component.js';
import { controllerComponents } from './controller-energy.js';
import { conversionComponents, idleConverterComponent } from './conversion-energy.js';
import { RAIL_COUNT, type Technology } from './terms.js';
import { timeShares } from './time-shares.js';

/** Energy of one run (first seed, all images) of `result` on the tile of `mapped`, with parts of `technology`. */
export function estimateEnergy(result: ExperimentResult, mapped: MappedModule, technology: Technology): EnergyEstimate {
  return assembleEstimate({
    technology: technology.name,
    components: [
      ...deviceComponents(result, mapped),
      ...driverComponents(result.activity, mapped, technology),
      ...conversionComponents(result.activity.conversions, mapped.converters, technology),
      idleConverterComponent(mapped.converters.count, result.activity.seconds, technology),
      ...controllerComponents(result.activity, mapped, technology),
    ],
    time: timeShares(result.activity, mapped),
    area: [],
    omitted: ['the host, its bus and the supplies', 'loading the program before the run'],
  });
}

function deviceComponents(result: ExperimentResult, mapped: MappedModule): readonly EnergyComponent[] {
  const { activity } = result;
  const provenance = mapped.device.pulseEnergyProvenance;
  const basis = `energy equation of ${mapped.device.name}, summed over the pulses`;
  return [
    givenComponent(
      { name: 'selected devices', group: 'devices', count: activity.pulses, basis },
      activity.selectedEnergy,
      provenance,
    ),
    givenComponent(
      { name: 'half-selected devices', group: 'devices', count: activity.pulses, basis },
      activity.halfSelectedEnergy,
      provenance,
    ),
    readCurrentComponent(result, mapped),
  ];
}

/** G V^2 t in the cells of the row that is read; bounds take every cell at an end of the window. */
function readCurrentComponent(result: ExperimentResult, mapped: MappedModule): EnergyComponent {
  const { converters, device } = mapped;
  const scanSeconds = converters.sharedBy * (converters.settleSeconds + converters.conversionSeconds);
  const joulesPerSiemens = device.readVoltage.volts ** 2 * scanSeconds;
  const siemens = meanConductance(result);
  return pricedComponent(
    {
      name: 'read current',
      group: 'devices',
      count: result.activity.conversions,
      basis: `G V² t with V = ${formatQuantity(device.readVoltage.volts, 'V')}, t = ${formatQuantity(scanSeconds, 's')} per row and mean G = ${formatQuantity(siemens, 'S')}`,
    },
    result.activity.conversions,
    {
      low: joulesPerSiemens * Math.min(siemens, result.window.low),
      typical: joulesPerSiemens * siemens,
      high: joulesPerSiemens * Math.max(siemens, result.window.high),
      ...device.readVoltage.provenance,
    },
  );
}

function meanConductance(result: ExperimentResult): number {
  let sum = 0;
  let cells = 0;
  for (const image of result.images) {
    for (const siemens of image.conductance) sum += siemens;
    cells += image.conductance.length;
  }
  return cells === 0 ? result.window.low : sum / cells;
}

/** Counts that lines and rails are priced by. */
export type LineActivity = Pick<Activity, 'lineSteps' | 'lineTransitions' | 'railChanges' | 'seconds'>;

/** What lines take that change their levels, and the rails behind them. */
export function driverComponents(
  activity: LineActivity,
  mapped: Pick<MappedArray, 'lineFarads' | 'lineProvenance'>,
  technology: Technology,
): readonly EnergyComponent[] {
  const group = 'drivers and lines';
  const squaredVolts = activity.lineSteps.reduce((sum, step) => sum + step.count * step.volts ** 2, 0);
  return [
    givenComponent(
      {
        name: 'line charging',
        group,
        count: activity.lineTransitions,
        basis: `½ C ΔV² per transition, C = ${formatQuantity(mapped.lineFarads, 'F')}`,
      },
      0.5 * mapped.lineFarads * squaredVolts,
      mapped.lineProvenance,
    ),
    pricedComponent(
      { name: 'line switches', group, count: activity.lineTransitions, basis: 'per line transition' },
      activity.lineTransitions,
      technology.lineSwitch,
    ),
    pricedComponent(
      {
        name: 'rail updates',
        group,
        count: activity.railChanges,
        basis: `${String(RAIL_COUNT)} voltages per change of the rail set`,
      },
      activity.railChanges * RAIL_COUNT,
      technology.railUpdate,
    ),
    pricedComponent(
      {
        name: 'rail converters and buffers',
        group,
        count: RAIL_COUNT,
        basis: `powered for ${formatQuantity(activity.seconds, 's')}`,
      },
      RAIL_COUNT * activity.seconds,
      technology.railBuffer,
    ),
  ];
}
