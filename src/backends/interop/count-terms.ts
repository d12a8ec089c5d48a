/** How long equations become as text of ngspice, without writing them: shared parts are written every time. */
import type { Expression } from '../../devices/expression.js';
import { operandsOf } from '../../devices/symbolic.js';
import { LABEL_POINTS } from './label-curve.js';
import type { SpiceVocabulary } from './spice-expression.js';

type Place = SpiceVocabulary['place'];
type Counts = Map<Expression, number>;

/** Terms of an equation as text of ngspice: operations, names, numbers and points of tables. */
export function countTerms(expression: Expression, place: Place, known: Counts = new Map()): number {
  const counted = known.get(expression);
  if (counted !== undefined) return counted;
  const [first = 0, ...others] = operandsOf(expression).map((operand) => countTerms(operand, place, known));
  const parts = others.reduce((sum, part) => sum + part, first);
  const terms = 1 + termsAround(expression, place, { first, parts });
  known.set(expression, terms);
  return terms;
}

/** Terms of the operands of an expression. */
interface OperandTerms {
  readonly first: number;
  readonly parts: number;
}

/** What stands for an expression beside its own operation. */
function termsAround(expression: Expression, place: Place, { first, parts }: OperandTerms): number {
  switch (expression.kind) {
    case 'interpolate':
      return tableTerms(expression.xs.length, place, first);
    case 'interpolate-grid': {
      // A line along the first axis for each point of the second one, weighed with a table of three points
      const { xs, ys } = expression.grid;
      return ys.length * (2 + tableTerms(xs.length, place, first) + tableTerms(3, place, parts - first));
    }
    case 'element':
      return expression.values.length * parts;
    case 'binary':
      return (expression.operator === '%' || expression.operator === '^' ? 2 : 1) * parts;
    case 'call':
      // The label stands before its table, too
      if (expression.name === 'nlCurvature') return 4 * parts + tableTerms(LABEL_POINTS, place, parts);
      return (expression.name === 'round' ? 2 : 1) * parts;
    default:
      return parts;
  }
}

/** Sources have tables, which name their abscissa once; in parameters each piece of the line names it. */
function tableTerms(points: number, place: Place, at: number): number {
  return place === 'source' ? 2 * points + at : 2 * points * at;
}
