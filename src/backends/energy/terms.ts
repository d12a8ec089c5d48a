/**
 * Costs of the parts around the array, as data. Every number has an interval, a source and a confidence;
 * what depends on the design (line capacitance, device energy) comes from the source file instead.
 */
import type { Confidence } from '../../devices/device-model.js';
import type { AdcChoice, Technology, TechnologyName, Term } from './technology.js';
import { board } from './technologies/board.js';
import { node130, node22, node65 } from './technologies/chips.js';

export {
  ADC_CHOICES,
  TECHNOLOGY_NAMES,
  type AdcChoice,
  type ConversionTerm,
  type Technology,
  type TechnologyName,
  type Term,
} from './technology.js';

/** Rails of a tile: rest and select, of rows and of columns. */
export const RAIL_COUNT = 4;

/** Clocks per segment or converter step in which the controller cannot be gated; equals those that time warp cannot skip. */
export const BUSY_CLOCKS_PER_STEP = 3;

/** Factor either way for a figure whose source gives no interval; a convention, not a statistic. */
export const INTERVAL_FACTOR: Readonly<Record<Confidence, number>> = {
  measured: 1.1,
  secondary: 1.3,
  derived: 1.5,
  estimate: 2,
};

/** Wires of an array on a chip, whatever controls it [F/m]. */
export const WIRE_FARADS_PER_METRE: Term = {
  low: 0.15e-9,
  typical: 0.2e-9,
  high: 0.3e-9,
  source: 'NeuroSim, 0.2 fF/µm',
  confidence: 'secondary',
};

/** One cell between two lines, where the tile does not say [F]. */
export const CELL_FARADS: Term = {
  low: 0.03e-15,
  typical: 0.1e-15,
  high: 0.5e-15,
  source:
    'not published; plates of 0.15 µm with 10 nm between them have 0.08 fF at a dielectric constant of 4, 0.4 fF at 20',
  confidence: 'estimate',
};

/** Presets by name. */
export const TECHNOLOGIES: Readonly<Record<TechnologyName, Technology>> = {
  board,
  '130 nm': node130,
  '65 nm': node65,
  '22 nm': node22,
};

/** `technology` with another converter, or undefined where its converter is a given part. */
export function withConverter(technology: Technology, adc: AdcChoice): Technology | undefined {
  return technology.conversions && { ...technology, conversion: technology.conversions[adc] };
}
