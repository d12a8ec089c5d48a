/** The energy back end's files: one JSON document and one table for people. */
import type { Artifact } from '../../core/artifact.js';
import {
  SHOWN_SENSITIVITIES,
  type AreaComponent,
  type EnergyComponent,
  type EnergyEstimate,
  type EnergyInterval,
  type TimeShare,
} from '../../ir/energy-estimate.js';
import type { LifetimeEstimate } from '../../ir/lifetime.js';
import {
  ESTIMATE_DIGITS,
  formatArea,
  formatAreaInterval,
  formatInterval,
  formatQuantity,
} from '../../units/format-quantity.js';
import { lifetimeSection } from './lifetime-section.js';

/** An estimate and the experiment that it belongs to. */
export interface NamedEstimate {
  readonly experiment: string;
  readonly estimate: EnergyEstimate;
  readonly lifetime?: LifetimeEstimate;
}

/** `energy/energy.json` and `energy/energy.md`. */
export function emitEnergy(estimates: readonly NamedEstimate[]): readonly Artifact[] {
  const document = estimates.map(({ experiment, estimate, lifetime }) => {
    return { name: experiment, ...estimate, ...(lifetime && { lifetime }) };
  });
  return [
    { path: 'energy/energy.json', kind: 'json', text: `${JSON.stringify({ experiments: document }, undefined, 2)}\n` },
    { path: 'energy/energy.md', kind: 'markdown', text: `${estimates.map(section).join('\n\n')}\n` },
  ];
}

function section({ experiment, estimate, lifetime }: NamedEstimate): string {
  const head = [
    `# Energy of ${experiment}`,
    '',
    `Technology: ${estimate.technology}. One run of the experiment, first seed. Intervals add up as if errors were correlated.`,
    '',
    '| component | group | count | energy | interval | basis | source | confidence |',
    '| - | - | -: | -: | -: | - | - | - |',
  ];
  const total = `| **total** | | | **${energyText(estimate.total)}** | ${intervalText(estimate.total)} | | | |`;
  return [
    ...[...head, ...estimate.components.map(row), total],
    ...matterSection(estimate),
    ...timeSection(estimate.time),
    ...areaSection(estimate.area),
    ...omittedSection(estimate.omitted),
    ...(lifetime ? lifetimeSection(lifetime, tableRow) : []),
  ].join('\n');
}

function matterSection({ sensitivity }: EnergyEstimate): readonly string[] {
  if (sensitivity.length === 0) return [];
  const rows = sensitivity
    .slice(0, SHOWN_SENSITIVITIES)
    .map(({ component, low_J, high_J, source }) => tableRow([component, formatInterval(low_J, high_J, 'J'), source]));
  return [
    ...['', '## What matters most', '', 'The total with one figure alone going over its interval.', ''],
    ...['| component | total | source |', '| - | - | - |', ...rows],
  ];
}

function timeSection(time: readonly TimeShare[]): readonly string[] {
  if (time.length === 0) return [];
  const rows = time.map(({ name, count, seconds, basis }) =>
    tableRow([name, String(count), formatQuantity(seconds, 's'), basis]),
  );
  return ['', '## Time', '', '| part | count | time | basis |', '| - | -: | -: | - |', ...rows];
}

function areaSection(area: readonly AreaComponent[]): readonly string[] {
  if (area.length === 0) return [];
  const rows = area.map(({ name, count, area_m2, low_m2, high_m2, basis, source, confidence }) =>
    tableRow([
      ...[name, String(count), formatArea(area_m2), formatAreaInterval(low_m2, high_m2)],
      ...[basis, source, confidence],
    ]),
  );
  const head = ['| part | count | area | interval | basis | source | confidence |', '| - | -: | -: | -: | - | - | - |'];
  return ['', '## Area', '', ...head, ...rows];
}

function omittedSection(omitted: readonly string[]): readonly string[] {
  return omitted.length === 0 ? [] : ['', '## Left out', '', ...omitted.map((part) => `- ${part}`)];
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
  return tableRow(cells);
}

function tableRow(cells: readonly string[]): string {
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
