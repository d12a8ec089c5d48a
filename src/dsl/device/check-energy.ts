/** Energy of pulses and power between them: a whole, or named shares that add up. */
import type { Confidence, DeviceModel, EnergyTerm, Provenance } from '../../devices/device-model.js';
import type { Expression } from '../../devices/expression.js';
import { binary, numeral } from '../../devices/symbolic.js';
import type { Dimension } from '../../units/dimension.js';
import { checkQuantity } from '../check/check-constant.js';
import { checkProvenance } from '../check/check-provenance.js';
import { DIMENSION } from '../check/dimensions.js';
import type { Scope } from '../check/scope.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import type { EnergyClause, PowerClause } from '../syntax/device.js';
import type { DeviceContext } from './device-context.js';

/** Names the declaration in messages: `device `d``. */
type Owner = string;

const DIMENSIONS: Readonly<Record<'energy' | 'power', Dimension>> = {
  energy: DIMENSION.energy,
  power: DIMENSION.power,
};

/** The shares in order; a clause without a name is the whole and stands alone. */
export function checkTerms(
  clauses: readonly (EnergyClause | PowerClause)[],
  { scope, owner }: { readonly scope: Scope; readonly owner: Owner },
  device: DeviceContext,
): EnergyTerm[] {
  reportSecondWhole(clauses, owner, device);
  return clauses.map(({ kind, term, value, provenance, span }) => {
    const what = `\`${term ? `${kind} ${term.name}` : kind}\``;
    const typed = checkQuantity(value, { what, dimension: DIMENSIONS[kind] }, device.at(value.span, scope));
    return {
      ...(term && { name: term.name }),
      value: typed.expression,
      provenance: checkProvenance(provenance, { what, span }, device.diagnostics),
      origin: span,
    };
  });
}

function reportSecondWhole(
  clauses: readonly (EnergyClause | PowerClause)[],
  owner: Owner,
  { diagnostics }: DeviceContext,
): void {
  const whole = clauses.find(({ term }) => !term);
  if (!whole) return;
  const related = [{ message: 'the whole is given here', span: whole.span }];
  for (const clause of clauses) {
    if (clause === whole) continue;
    diagnostics.report(
      DSL_CATALOGUE,
      'duplicate-clause',
      { owner, clause: clause.kind },
      { span: clause.span, related },
    );
  }
}

/** From the best founded to the least. */
const CONFIDENCE_ORDER: readonly Confidence[] = ['measured', 'secondary', 'derived', 'estimate'];

/** The energy of a pulse as the sum of its shares: as well founded as the least of them. Undefined without shares. */
export function totalEnergy(
  terms: readonly EnergyTerm[],
): Pick<DeviceModel, 'pulseEnergy' | 'pulseEnergyProvenance'> | undefined {
  const [first, ...others] = terms;
  if (!first) return undefined;
  return {
    pulseEnergy: sumOf(terms.map(({ value }) => value)),
    pulseEnergyProvenance: others.reduce((sum, { provenance }) => joined(sum, provenance), first.provenance),
  };
}

/** A sum that is as flat as it can be: whoever walks over it needs few levels, however many terms there are. */
function sumOf(values: readonly Expression[]): Expression {
  const [first, second] = values;
  if (!first || !second) return first ?? numeral(0);
  const middle = Math.ceil(values.length / 2);
  return binary(sumOf(values.slice(0, middle)), '+', sumOf(values.slice(middle)));
}

function joined(left: Provenance, right: Provenance): Provenance {
  const rank = ({ confidence }: Provenance): number => CONFIDENCE_ORDER.indexOf(confidence);
  const { confidence } = rank(left) >= rank(right) ? left : right;
  return { source: left.source === right.source ? left.source : `${left.source}; ${right.source}`, confidence };
}
