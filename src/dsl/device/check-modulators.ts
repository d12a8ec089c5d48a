/** Modulators: what is set from outside while a device works, and the temperature, which every device knows. */
import type { Span } from '../../core/span.js';
import type { Modulator } from '../../devices/device-model.js';
import { siSymbol } from '../../units/describe-dimension.js';
import { isSameDimension, type Dimension } from '../../units/dimension.js';
import { checkConstant, checkRange } from '../check/check-constant.js';
import { checkProvenance } from '../check/check-provenance.js';
import { checkUnit } from '../check/check-unit.js';
import { DIMENSION } from '../check/dimensions.js';
import type { Scope } from '../check/scope.js';
import { describeType, quantityType } from '../check/value-type.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { ModulatorClause } from '../syntax/shared.js';
import { checkInside, displayUnitOf } from './check-parameters.js';
import type { DeviceContext } from './device-context.js';

/** The modulator that devices see without declaring it. */
export const TEMPERATURE = 'temperature';

/** Temperature of an array of which nothing else is said [K]. */
const ROOM_KELVIN = 300;

/** A modulator with its dimension. */
export interface CheckedModulator {
  readonly modulator: Modulator;
  readonly dimension: Dimension;
}

/** The modulator of a clause; an unknown unit counts as a plain number after reporting. */
export function checkModulator(clause: ModulatorClause, device: DeviceContext, scope: Scope): CheckedModulator {
  const { name } = clause.name;
  const context = device.at(clause.span, scope);
  const unit = checkUnit(clause.unit, context);
  const dimension = name === TEMPERATURE ? DIMENSION.temperature : (unit?.dimension ?? DIMENSION.none);
  if (unit && !isSameDimension(unit.dimension, dimension)) {
    const [expected, found] = [dimension, unit.dimension].map((one) => describeType(quantityType(one)));
    const params = { what: `modulator \`${name}\``, expected: expected ?? '', found: found ?? '' };
    context.diagnostics.report(DSL_CATALOGUE, 'unexpected-dimension', params, { span: clause.unit.span });
  }
  const modulator = {
    name,
    unit: displayUnitOf(unit, quantityType(dimension)),
    ...valuesOf(clause, dimension, context),
  };
  return { modulator: { ...modulator, origin: clause.span }, dimension: unit ? dimension : DIMENSION.none };
}

function valuesOf(
  { name: { name, span }, initial: node, range, provenance }: ModulatorClause,
  dimension: Dimension,
  context: ReturnType<DeviceContext['at']>,
): Pick<Modulator, 'initial' | 'bounds' | 'provenance'> {
  const symbol = siSymbol(dimension);
  const what = `initial \`${name}\``;
  const initial = checkConstant(node, { what, dimension }, context);
  const bounds = range && checkRange(range, { what: `range of \`${name}\``, dimension, symbol }, context);
  if (bounds) checkInside({ what, value: initial, symbol, bounds }, context, node);
  const origin =
    provenance && checkProvenance(provenance, { what: `modulator \`${name}\``, span }, context.diagnostics);
  return { initial, ...(bounds && { bounds }), ...(origin && { provenance: origin }) };
}

/** The temperature of a device that uses it without saying anything about it; `origin` is the device. */
export function standardTemperature(origin: Span): CheckedModulator {
  const modulator = { name: TEMPERATURE, unit: { symbol: 'K', scale: 1 }, initial: ROOM_KELVIN, origin };
  return { modulator, dimension: DIMENSION.temperature };
}
