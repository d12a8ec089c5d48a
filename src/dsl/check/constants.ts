/** Constants of nature that every expression may use; a declaration of the same name hides them. */
import { invariant } from '../../core/invariant.js';
import { exactLiteral, quantityFromLiteral } from '../../units/quantity.js';
import { parseUnit } from '../../units/unit.js';
import { constantOfType, PLAIN_NUMBER, quantityType, type TypedExpression } from './value-type.js';

function constant(digits: string, unitText: string): TypedExpression {
  const unit = parseUnit(unitText);
  invariant(unit, `${unitText} is a unit`);
  return constantOfType(quantityType(unit.dimension), quantityFromLiteral(digits, unit), exactLiteral(digits, unit));
}

/** By name. Those with a unit are exact since the SI of 2019; the last two are products of exact ones. */
export const CONSTANTS: ReadonlyMap<string, TypedExpression> = new Map([
  ['pi', constantOfType(PLAIN_NUMBER, Math.PI)],
  ['boltzmann', constant('1.380649e-23', 'J/K')],
  ['elementaryCharge', constant('1.602176634e-19', 'C')],
  ['avogadro', constant('6.02214076e23', '1/mol')],
  ['planck', constant('6.62607015e-34', 'J*s')],
  ['faraday', constant('96485.3321233100184', 'C/mol')],
  ['gasConstant', constant('8.31446261815324', 'J/mol/K')],
]);
