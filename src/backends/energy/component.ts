/** How one line of the estimate is made: a quantity times a term, or a given energy with its provenance. */
import type { Provenance } from '../../devices/device-model.js';
import type { EnergyComponent, EnergyInterval, EstimateLine } from '../../ir/energy-estimate.js';
import type { Term } from './technology.js';
import { INTERVAL_FACTOR } from './terms.js';

/** A quantity that is itself not known better than an interval. */
export type UncertainQuantity = Pick<Term, 'low' | 'typical' | 'high'>;

/** `quantity` (events, or parts x seconds) times the term. */
export function pricedComponent(
  label: EstimateLine,
  quantity: number | UncertainQuantity,
  term: Term,
): EnergyComponent {
  const { low, typical, high } =
    typeof quantity === 'number' ? { low: quantity, typical: quantity, high: quantity } : quantity;
  const { source, confidence } = term;
  return {
    ...label,
    energy_J: typical * term.typical,
    low_J: low * term.low,
    high_J: high * term.high,
    source,
    confidence,
  };
}

/** An energy that the simulation or a formula gives; its interval follows from the confidence. */
export function givenComponent(label: EstimateLine, joules: number, provenance: Provenance): EnergyComponent {
  const { source, confidence } = provenance;
  const factor = INTERVAL_FACTOR[confidence];
  return { ...label, energy_J: joules, low_J: joules / factor, high_J: joules * factor, source, confidence };
}

/** Sum of energies and of their bounds. */
export function sumEnergies(parts: readonly EnergyInterval[]): EnergyInterval {
  const total = { energy_J: 0, low_J: 0, high_J: 0 };
  for (const part of parts) {
    total.energy_J += part.energy_J;
    total.low_J += part.low_J;
    total.high_J += part.high_J;
  }
  return total;
}
