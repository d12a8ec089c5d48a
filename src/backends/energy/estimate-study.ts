/** Prices what an experiment on a network did: devices by their own equations, conversions by the technology. */
import type { DeviceModel, Provenance } from '../../devices/device-model.js';
import { weakestConfidence } from '../../devices/weakest-confidence.js';
import type { EnergyComponent, EnergyEstimate } from '../../ir/energy-estimate.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { StudyActivity, StudyResult } from '../../ir/study-result.js';
import { areaComponents, areaOmissions, repeatedArea } from './area.js';
import { assembleEstimate } from './assemble-estimate.js';
import { busComponents } from './bus-energy.js';
import { givenComponent } from './component.js';
import { conversionComponents } from './conversion-energy.js';
import { fieldOmissions, studyFieldComponents } from './field-energy.js';
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
  const { programs = [] } = activity;
  const { coil } = mapped.chip;
  const working = Math.max(0, ...programs.map(({ counts }) => counts.seconds));
  return assembleEstimate({
    technology: technology.name,
    components: [
      ...deviceComponents(activity, mapped),
      ...conversionComponents(activity.conversions, mapped.chip.tile.adc, technology),
      ...programComponents(programs, activity.seconds, technology),
      ...eventComponents(activity, mapped, technology),
      ...(coil ? studyFieldComponents(activity, working, coil) : []),
    ],
    time: [
      {
        name: 'whole run',
        group: 'controller',
        count: 1,
        seconds: activity.seconds,
        basis: 'time of the experiment, not of the computer',
      },
      ...programTimes(programs),
    ],
    area: areaOf(mapped, technology),
    omitted: omittedOf(activity, mapped, technology),
  });
}

/** Spikes on the bus, each once, with addresses as wide as the port's. */
function eventComponents(
  { spikes }: StudyActivity,
  { chip: { aer } }: MappedNetwork,
  technology: Technology,
): readonly EnergyComponent[] {
  const port = aer.find(({ direction }) => direction === 'in') ?? aer[0];
  return port ? busComponents(spikes, port.bits, technology) : [];
}

/** Every tile that carries a part of a weight matrix, with its converters and its controller. */
function areaOf({ projections, chip: { tile } }: MappedNetwork, technology: Technology): EnergyEstimate['area'] {
  const places = projections.flatMap(({ parts }) => parts.map((part) => part.tile));
  const tiles = new Set(places.map(({ grid, row, column }) => `${grid}/${row}/${column}`)).size;
  const converters = Math.ceil(tile.columns / tile.adc.sharedBy);
  return tiles === 0 ? [] : repeatedArea(areaComponents(tile, converters, technology), tiles);
}

/** What the estimate leaves out, in words. */
function omittedOf(
  activity: StudyActivity,
  { projections, chip }: MappedNetwork,
  technology: Technology,
): readonly string[] {
  const { reads, conversions, refreshes, spikes, programs = [], withoutProgram = [] } = activity;
  const isRead = reads > 0 && projections.some(({ device }) => device !== undefined);
  const around = ['line drivers', 'rails', 'controller'];
  return [
    ...(programs.length === 0 ? around : []),
    ...withoutProgram.map((reason) => `no pulse program, so neither lines nor controller: ${reason}`),
    ...(isRead && conversions === 0 ? ['reads'] : []),
    ...(refreshes > 0 ? ['reads with which refreshes check what they set'] : []),
    ...(spikes > 0 && chip.aer.length === 0 ? ['address events: the chip has no port for them'] : []),
    ...fieldOmissions(activity, chip.coil),
    ...(projections.some(({ parts }) => parts.length > 0) ? areaOmissions(chip.tile.pitch, technology) : []),
  ];
}

/** A component for each share that the devices name. */
function deviceComponents(
  { energy, pulses }: StudyActivity,
  { projections }: MappedNetwork,
): readonly EnergyComponent[] {
  const byName = new Map(projections.flatMap(({ device }) => (device ? [[device.name, device]] : [])));
  return Object.entries(energy).map(([share, joules]) => {
    const { names, provenance } = equationsOf(share, [...byName.values()]);
    const basis = `energy equations of ${names.join(', ')}, summed over the run`;
    return givenComponent({ name: `devices, ${share}`, group: 'devices', count: pulses, basis }, joules, provenance);
  });
}

/** Whose equations a share is of, and where they come from; the whole energy of a pulse where no device names the share. */
function equationsOf(
  share: string,
  devices: readonly DeviceModel[],
): { readonly names: readonly string[]; readonly provenance: Provenance } {
  const own = devices.flatMap(({ name, energyTerms, powerTerms }) => {
    const term = [...energyTerms, ...powerTerms].find((each) => each.name === share);
    return term ? [{ name, ...term.provenance }] : [];
  });
  const whole = devices.map(({ name, pulseEnergyProvenance }) => ({ name, ...pulseEnergyProvenance }));
  const found = own.length > 0 ? own : whole;
  const source = [...new Set(found.map((each) => each.source))].join('; ');
  const confidence = weakestConfidence(found.map((each) => each.confidence));
  return { names: found.map(({ name }) => name), provenance: { source, confidence } };
}
