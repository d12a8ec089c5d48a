/** The energy back end's files: one JSON document and one table for people. */
import type { Artifact } from '../../core/artifact.js';
import type { EnergyComponent, EnergyEstimate, EnergyInterval } from '../../ir/energy-estimate.js';
import { ESTIMATE_DIGITS, formatInterval, formatQuantity } from '../../units/format-quantity.js';

/** An estimate and the experiment that it belongs to. */
export interface NamedEstimate {
  readonly experiment: string;
  readonly estimate: EnergyEstimate;
}

/** `energy/energy.json` and `energy/energy.md`. */
export function emitEnergy(estimates: readonly NamedEstimate[]): readonly Artifact[] {
  const document = estimates.map(({ experiment, estimate }) => ({ name: experiment, ...estimate }));
  return [
    { path: 'energy/energy.json', kind: 'json', text: `${JSON.stringify({ experiments: document }, undefined, 2)}\n` },
    { path: 'energy/energy.md', kind: 'markdown', text: `${estimates.map(section).join('\n\n')}\n` },
  ];
}

function section({ experiment, estimate }: NamedEstimate): string {
  const head = [
    `# Energy of ${experiment}`,
    '',
    `Technology: ${estimate.technology}. One run of the experiment, first seed. Intervals add up as if errors were correlated.`,
    '',
    '| component | group | count | energy | interval | basis | source | confidence |',
    '| - | - | -: | -: | -: | - | - | - |',
  ];
  const total = `| **total** | | | **${energyText(estimate.total)}** | ${intervalText(estimate.total)} | | | |`;
  return [...head, ...estimate.components.map(row), total].join('\n');
}

function row(component: EnergyComponent): string {
  const cells = [
    component.name,
    component.group,
    String(component.count),
    energyText(component),
    intervalText(component),
    component.basis,
    component.source,
    component.confidence,
  ];
  return `| ${cells.map(tableCell).join(' | ')} |`;
}

function energyText(energy: EnergyInterval): string {
  return formatQuantity(energy.energy_J, 'J', ESTIMATE_DIGITS);
}

function intervalText(energy: EnergyInterval): string {
  return formatInterval(energy.low_J, energy.high_J, 'J');
}

/** Text that cannot break out of a Markdown table's cell. */
function tableCell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
}
