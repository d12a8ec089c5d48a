/** Decides expectations over the seeds of an experiment. */
import { unreachable } from '../core/invariant.js';
import type { Expectation, ExpectationOperand, MetricName } from './network.js';
import type { ExpectationResult } from './results.js';

type Metrics = Readonly<Record<MetricName, number>>;

/** A comparison that must hold for every seed; reports the seed that is nearest to failing. */
export function decideExpectation(expectation: Expectation, seeds: readonly Metrics[]): ExpectationResult {
  const { text, origin, operator } = expectation;
  const sides = seeds.map((metrics) => ({
    value: operandValue(expectation.left, metrics, seeds),
    limit: operandValue(expectation.right, metrics, seeds),
  }));
  const worst = sides.reduce((a, b) =>
    slack(operator, a.value, a.limit) <= slack(operator, b.value, b.limit) ? a : b,
  );
  return { text, origin, ...worst, ok: sides.every(({ value, limit }) => holds(operator, value, limit)) };
}

function operandValue(operand: ExpectationOperand, metrics: Metrics, seeds: readonly Metrics[]): number {
  switch (operand.kind) {
    case 'number':
      return operand.value;
    case 'metric':
      return metrics[operand.name];
    case 'mean':
      return seeds.reduce((sum, ofSeed) => sum + ofSeed[operand.name], 0) / seeds.length;
    default:
      return unreachable(operand);
  }
}

function holds(operator: Expectation['operator'], left: number, right: number): boolean {
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    default:
      return unreachable(operator);
  }
}

/** How far a comparison is from failing; NaN counts as failed worst. */
function slack(operator: Expectation['operator'], left: number, right: number): number {
  const distance = right - left;
  if (Number.isNaN(distance)) return -Infinity;
  if (operator === '<' || operator === '<=') return distance;
  if (operator === '>' || operator === '>=') return -distance;
  return operator === '==' ? -Math.abs(distance) : Math.abs(distance);
}
