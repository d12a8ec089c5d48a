/** Prices what an experiment on a network did: devices by their own equations, conversions by the technology. */
import type { DeviceModel, Provenance } from '../../devices/device-model.js';
import { ENERGY_GROUPS, type EnergyComponent, type EnergyEstimate } from '../../ir/energy-estimate.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { StudyActivity, StudyResult } from '../../ir/study-result.js';
import { givenComponent, sumEnergies } from './component.js';
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
  const components = [
    ...deviceComponents(activity, mapped),
    ...conversionComponents(activity.conversions, mapped.chip.tile.adc, technology),
  ].filter((component) => component.high_J > 0);
  // A group of which nothing is counted is left out, not free
  const groups = ENERGY_GROUPS.flatMap((group) => {
    const members = components.filter((component) => component.group === group);
    return members.length > 0 ? [{ group, ...sumEnergies(members) }] : [];
  });
  const name = `${technology.name}, ${boundaryOf(activity, mapped)}`;
  return { technology: name, components, groups, total: sumEnergies(components) };
}

/** What the estimate leaves out, in words: arrays of pairs count neither what reads take nor what sets cells anew. */
function boundaryOf({ reads, conversions, refreshes }: StudyActivity, { projections }: MappedNetwork): string {
  const isRead = reads > 0 && projections.some(({ device }) => device !== undefined);
  const parts = [
    ...(isRead && conversions === 0 ? ['reads'] : []),
    ...(refreshes > 0 && conversions === 0 ? ['refreshes'] : []),
  ];
  return `without ${['line drivers', 'rails', ...parts].join(', ')} and controller`;
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
