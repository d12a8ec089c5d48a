/** The table that an emitted harness prints for one experiment; copied into every harness. */
import { METRICS, type MetricName } from '../../ir/network.js';
import type { ExpectationResult } from '../../ir/results.js';
import { formatNumber, formatQuantity } from '../../units/format-quantity.js';
import type { HarnessResult } from './run-harness.js';

const NAME_WIDTH = 20;
const FIGURE_WIDTH = 12;

/** Metrics over the seeds, expectations, and whether the pulse program was changed by hand. */
export function resultText(result: HarnessResult): string {
  const names = Object.keys(METRICS) as MetricName[]; // METRICS is a constant with exactly these keys
  const rows = names.map((name) => {
    const { mean, min, max, unit } = result.metrics[name];
    return row(
      name,
      [mean, min, max].map((value) => formatQuantity(value, unit)),
    );
  });
  const lines = [
    `${result.name}: ${seedText(result)}`,
    row('', ['mean', 'least', 'most']),
    ...rows,
    ...result.expectations.map(expectationText),
    result.isProgramAsBuilt
      ? '  pulse program of the first seed: as built into the controller'
      : '  pulse program of the first seed: changed since the controller was built',
  ];
  return `${lines.join('\n')}\n`;
}

function seedText({ firstSeed, seedCount }: HarnessResult): string {
  return seedCount === 1
    ? `seed ${String(firstSeed)}`
    : `seeds ${String(firstSeed)} to ${String(firstSeed + seedCount - 1)}`;
}

function row(name: string, figures: readonly string[]): string {
  return `  ${name.padEnd(NAME_WIDTH)}${figures.map((figure) => figure.padStart(FIGURE_WIDTH)).join('')}`;
}

function expectationText({ ok, text, value, limit }: ExpectationResult): string {
  return `  ${ok ? 'holds' : 'FAILS'}  ${text}  (${formatNumber(value)} against ${formatNumber(limit)})`;
}
