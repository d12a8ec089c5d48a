/** Units as they are written in the text. */
import { nearestName } from '../../core/nearest.js';
import { PREFIXES, UNIT_SYMBOLS } from '../../units/unit-table.js';
import { parseUnit, type Unit } from '../../units/unit.js';
import type { UnitName } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { variantsOf } from './require.js';
import type { CheckContext } from './scope.js';

/** The unit of that name; undefined after reporting. */
export function checkUnit(
  { symbol, span }: UnitName,
  { diagnostics }: Pick<CheckContext, 'diagnostics'>,
): Unit | undefined {
  const unit = parseUnit(symbol);
  if (unit) return unit;
  if (hasScaleInside(symbol)) {
    const action = symbol.includes('degC') && /[*/^]/.test(symbol) ? 'part of another unit' : 'prefixed';
    const params = { action: `\`degC\` is a scale with a zero of its own and cannot be ${action}` };
    diagnostics.report(DSL_CATALOGUE, 'temperature-point', params, { span });
    return undefined;
  }
  // A compound is not compared: its parts may each be right.
  const params = () => {
    const inOtherCase = variantsOf(symbol).find((variant) => parseUnit(variant) !== undefined);
    const nearest = symbol.length > MAX_SYMBOL_LENGTH ? undefined : nearestName(symbol, UNIT_SYMBOLS);
    return { name: symbol, nearest: inOtherCase ?? nearest };
  };
  diagnostics.report(DSL_CATALOGUE, 'unknown-unit', params, { span });
  return undefined;
}

/** Letters of a unit that may be a misspelt one, at most. */
const MAX_SYMBOL_LENGTH = 16;

/** Whether `degC` has a prefix, a power or a partner. */
function hasScaleInside(symbol: string): boolean {
  return symbol.split(/[*/]/).some((part) => {
    const [base = ''] = part.split('^');
    return base.endsWith('degC') && PREFIXES.some((prefix) => `${prefix.symbol}degC` === base);
  });
}
