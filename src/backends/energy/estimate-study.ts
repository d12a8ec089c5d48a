/** Prices what an experiment on a network did: devices by their own equations, conversions by the technology. */
import type { DeviceModel, Provenance } from '../../devices/device-model.js';
import type { EnergyComponent, EnergyEstimate } from '../../ir/energy-estimate.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { StudyActivity, StudyResult } from '../../ir/study-result.js';
import { assembleEstimate } from './assemble-estimate.js';
import { givenComponent } from './component.js';
import { conversionComponents } from './conversion-energy.js';
import type { Technology } from './terms.js';

/**
 * Energy of the first seed: each share that the devices name, and the conversions of reading. What lines, rails and the
 * controller take depends on a pulse program, and is left out.
 */
export function estimateStudy(
  { activity }: StudyResult,
  mapped: MappedNetwork,
  technology: Technology,
): EnergyEstimate {
  return assembleEstimate({
    technology: technology.name,
    components: [
      ...deviceComponents(activity, mapped),
      ...conversionComponents(activity.conversions, mapped.chip.tile.adc, technology),
    ],
    time: [
      {
        name: 'whole run',
        group: 'controller',
        count: 1,
        seconds: activity.seconds,
        basis: 'time of the experiment, not of the computer',
      },
    ],
    area: [],
    omitted: omittedOf(activity, mapped),
  });
}

/** What the estimate leaves out, in words: arrays of pairs count neither what reads take nor what sets cells anew. */
function omittedOf(
  { reads, conversions, refreshes }: StudyActivity,
  { projections }: MappedNetwork,
): readonly string[] {
  const isRead = reads > 0 && projections.some(({ device }) => device !== undefined);
  return [
    'line drivers',
    'rails',
    'controller',
    ...(isRead && conversions === 0 ? ['reads'] : []),
    ...(refreshes > 0 && conversions === 0 ? ['refreshes'] : []),
  ];
}

function deviceComponents(
  { energy, pulses }: StudyActivity,
  { projections }: MappedNetwork,
): readonly EnergyComponent[] {
  const byName = new Map(projections.flatMap(({ device }) => (device ? [[device.name, device]] : [])));
  const devices = [...byName.values()];
  return Object.entries(energy).map(([share, joules]) => {
    const names = [...byName.keys()].join(', ');
    const label = { name: `devices, ${share}`, group: 'devices', count: pulses } as const;
    const basis = `energy equations of ${names}, summed over the run`;
    return givenComponent({ ...label, basis }, joules, provenanceOf(share, devices));
  });
}

/** Where the equation of a share comes from; that of the whole energy of a pulse where the device names none. */
function provenanceOf(share: string, devices: readonly DeviceModel[]): Provenance {
  const terms = devices.flatMap(({ energyTerms, powerTerms }) => [...energyTerms, ...powerTerms]);
  const named = terms.find(({ name }) => name === share)?.provenance;
  const whole = devices.map(({ pulseEnergyProvenance }) => pulseEnergyProvenance);
  return named ?? whole[0] ?? { source: 'no device', confidence: 'estimate' };
}
