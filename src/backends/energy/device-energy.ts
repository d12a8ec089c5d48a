/** What the cells take: by their own equations, summed by the simulation, and by their conductance where they are read. */
import type { EnergyComponent } from '../../ir/energy-estimate.js';
import type { MappedModule } from '../../ir/mapped.js';
import type { ExperimentResult } from '../../ir/results.js';
import { formatQuantity } from '../../units/format-quantity.js';
import { givenComponent, pricedComponent } from './component.js';

/** Selected and half-selected cells, what cells take between pulses, and the current of reading. */
export function deviceComponents(result: ExperimentResult, mapped: MappedModule): readonly EnergyComponent[] {
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
    ...holdComponents(result, mapped),
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

/** What the cells take between pulses, by the device's own power equations. */
function holdComponents({ activity }: ExperimentResult, { device }: MappedModule): readonly EnergyComponent[] {
  const [first] = device.powerTerms;
  if (!first) return [];
  const basis = `power equation of ${device.name}, over all cells and the time between pulses`;
  const label = { name: 'cells between pulses', group: 'devices', count: 1, basis } as const;
  return [givenComponent(label, activity.holdEnergy, first.provenance)];
}
