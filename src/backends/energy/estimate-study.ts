/** Prices what an experiment on a network did: devices by their own equations, conversions by the technology. */
import type { DeviceModel, Provenance } from '../../devices/device-model.js';
import type { EnergyComponent, EnergyEstimate } from '../../ir/energy-estimate.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { StudyActivity, StudyResult } from '../../ir/study-result.js';
import { assembleEstimate } from './assemble-estimate.js';
import { givenComponent } from './component.js';
import { conversionComponents } from './conversion-energy.js';
import { programComponents, programTimes } from './program-energy.js';
import type { Technology } from './terms.js';

/**
 * Energy of the first seed: each share that the devices name, the conversions of reading, and what lines, rails and
 * controllers take where the counts of their pulse programs are there.
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
      ...programComponents(activity.programs ?? [], activity.seconds, technology),
    ],
    time: [
      {
        name: 'whole run',
        group: 'controller',
        count: 1,
        seconds: activity.seconds,
        basis: 'time of the experiment, not of the computer',
      },
      ...programTimes(activity.programs ?? []),
    ],
    area: [],
    omitted: omittedOf(activity, mapped),
  });
}

/** What the estimate leaves out, in words. */
function omittedOf(activity: StudyActivity, { projections }: MappedNetwork): readonly string[] {
  const { reads, conversions, refreshes, programs = [], withoutProgram = [] } = activity;
  const isRead = reads > 0 && projections.some(({ device }) => device !== undefined);
  const around = ['line drivers', 'rails', 'controller'];
  return [
    ...(programs.length === 0 ? around : []),
    ...withoutProgram.map((reason) => `no pulse program, so neither lines nor controller: ${reason}`),
    ...(isRead && conversions === 0 ? ['reads'] : []),
    ...(refreshes > 0 ? ['reads with which refreshes check what they set'] : []),
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
