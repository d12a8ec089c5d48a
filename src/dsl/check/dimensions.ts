/** The dimensions that clauses ask for, by name. */
import { invariant } from '../../core/invariant.js';
import { DIMENSIONLESS, type Dimension } from '../../units/dimension.js';
import { parseUnit } from '../../units/unit.js';

function dimensionOf(symbol: string): Dimension {
  const unit = parseUnit(symbol);
  invariant(unit, `${symbol} is a unit`);
  return unit.dimension;
}

export const DIMENSION = {
  none: DIMENSIONLESS,
  conductance: dimensionOf('S'),
  voltage: dimensionOf('V'),
  current: dimensionOf('A'),
  capacitance: dimensionOf('F'),
  energy: dimensionOf('J'),
  time: dimensionOf('s'),
  frequency: dimensionOf('Hz'),
  resistance: dimensionOf('Ohm'),
  inductance: dimensionOf('H'),
  power: dimensionOf('W'),
  magneticField: dimensionOf('T'),
  temperature: dimensionOf('K'),
  length: dimensionOf('m'),
  pulses: dimensionOf('pulses'),
  spikes: dimensionOf('spikes'),
  bits: dimensionOf('bit'),
} as const;
