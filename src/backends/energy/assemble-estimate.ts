/** Components become an estimate: groups, total, and which of the components matter most. */
import {
  ENERGY_GROUPS,
  type EnergyComponent,
  type EnergyEstimate,
  type EnergyInterval,
  type Sensitivity,
} from '../../ir/energy-estimate.js';
import { sumEnergies } from './component.js';

/** What an estimate is made of. */
export type EstimateParts = Pick<EnergyEstimate, 'technology' | 'components' | 'time' | 'area' | 'omitted'>;

/** The estimate of `parts`; components that cannot cost anything are left out. */
export function assembleEstimate(parts: EstimateParts): EnergyEstimate {
  const components = parts.components.filter(({ high_J }) => high_J > 0);
  const groups = ENERGY_GROUPS.flatMap((group) => {
    const members = components.filter((component) => component.group === group);
    // A group of which nothing is counted is left out, not free
    return members.length > 0 ? [{ group, ...sumEnergies(members) }] : [];
  });
  const total = sumEnergies(components);
  return { ...parts, components, groups, total, sensitivity: sensitivityOf(components, total) };
}

/** The total with one component at either end of its interval, all others where they are; widest first. */
function sensitivityOf(components: readonly EnergyComponent[], total: EnergyInterval): readonly Sensitivity[] {
  const width = (part: EnergyInterval): number => part.high_J - part.low_J;
  return components
    .filter((component) => width(component) > 0)
    .sort((a, b) => width(b) - width(a))
    .map(({ name, source, energy_J, low_J, high_J }) => ({
      component: name,
      source,
      low_J: total.energy_J - (energy_J - low_J),
      high_J: total.energy_J + (high_J - energy_J),
    }));
}
