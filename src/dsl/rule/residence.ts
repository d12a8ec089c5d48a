/** Where quantities of a rule live, and whether an equation gives one value for each place of its target. */
import type { Expression } from '../../devices/expression.js';
import { operandsOf } from '../../devices/symbolic.js';

/** One value for all synapses, one each, or one for each neuron before or behind. */
export type Residence = 'shared' | 'synapse' | 'pre' | 'post';

/** Where a name of an equation lives. */
export type ResidenceOf = (name: string) => Residence;

/** The names that an expression refers to, in the order of the text. */
function* referencesIn(expression: Expression): Generator<string> {
  if (expression.kind === 'reference') yield expression.name;
  for (const operand of operandsOf(expression)) yield* referencesIn(operand);
}

/** Where the value of an expression lives. */
export function residenceOfExpression(expression: Expression, residenceOf: ResidenceOf): Residence {
  let joined: Residence = 'shared';
  for (const name of referencesIn(expression)) joined = join(joined, residenceOf(name));
  return joined;
}

function join(left: Residence, right: Residence): Residence {
  if (left === right || right === 'shared') return left;
  return left === 'shared' ? right : 'synapse';
}

/** The first name in `expression` that differs within one place of `target`; undefined where none does. */
export function straying(expression: Expression, target: Residence, residenceOf: ResidenceOf): string | undefined {
  for (const name of referencesIn(expression)) if (join(target, residenceOf(name)) !== target) return name;
  return undefined;
}
