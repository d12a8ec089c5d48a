/** What `realize bias` comes to on a device and a chip: reach of the decay, fineness of the changes, time of a step. */
import { deviceOf, type BiasedProjection } from './biased-projection.js';
import type { RealizationNote } from '../../ir/study-result.js';
import { formatNumber, formatPercent, formatQuantity } from '../../units/format-quantity.js';
import { writeBudget, type WriteBudget } from './write-budget.js';

/** The note of a projection whose fast part lies in devices, or why it cannot. */
export function biasNote(biased: BiasedProjection): RealizationNote | { readonly reason: string } {
  const found = deviceOf(biased);
  if ('reason' in found) return found;
  const { projection, fast, rule } = biased;
  const { law, load } = found;
  const budget = writeBudget(load);
  const [smallest, largest] = [law.pulses[0], law.pulses.at(-1)];
  const figure = (name: string, value: number, unit: string) => ({ name, value, unit });
  return {
    projection: projection.name,
    rule: rule.name,
    method: 'bias',
    summary: [
      `\`${fast.trace}\` is \`${law.short}\` of the device; \`${law.bias}\` of every synapse sets what a step leaves of it`,
      `changes are pulses of ${formatQuantity(law.pulseSeconds, 's')} whose voltage sets their size; \`${law.long}\` stays`,
      budgetText(load.lines, budget),
    ],
    figures: [
      figure('least kept', law.kept.least, '1'),
      figure('most kept', law.kept.most, '1'),
      figure('smallest change', smallest?.step ?? NaN, 'S'),
      figure('largest change of a pulse', largest?.step ?? NaN, 'S'),
      figure('worst error of a change', worstError(law.pulses.map(({ step }) => step)), '1'),
      figure('time a step', budget.seconds, 's'),
      figure('time of a step exceeded', budget.excess, '1'),
      figure('lines a step, one after the other', budget.serialLines, '1'),
      figure('lines at once', budget.linesAtOnce, '1'),
    ],
    origin: projection.origin,
  };
}

/** Half the distance of neighbouring steps by the step between them: what choosing the nearest one may err. */
function worstError(steps: readonly number[]): number {
  // Below a tenth of the largest one, errors are small against what the trace holds
  const counted = steps.filter((step) => step >= (steps.at(-1) ?? NaN) / 10);
  const errors = counted.slice(1).map((step, index) => {
    const below = counted[index] ?? NaN;
    return (step - below) / (step + below);
  });
  return Math.max(0, ...errors);
}

function budgetText(lines: number, { seconds, excess, serialLines, linesAtOnce }: WriteBudget): string {
  const all = `${String(lines)} lines one after the other take ${formatQuantity(seconds, 's')}`;
  if (excess <= 1) return `${all}, which a step has`;
  const sparse = `at most ${String(serialLines)} of them may be active, ${formatPercent(serialLines / lines)}`;
  return `${all}, ${formatNumber(excess)} times a step: ${sparse}, or ${String(linesAtOnce)} are written at once`;
}
