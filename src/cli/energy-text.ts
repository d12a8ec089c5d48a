/** Estimates for people and for scripts. */
import { SHOWN_SENSITIVITIES, type EnergyEstimate } from '../ir/energy-estimate.js';
import { baselineRatio } from '../ir/baseline-ratio.js';
import type { LifetimeEstimate } from '../ir/lifetime.js';
import type { StudyResult } from '../ir/study-result.js';
import {
  ESTIMATE_DIGITS,
  formatArea,
  formatAreaInterval,
  formatCount,
  formatInterval,
  formatNumber,
  formatQuantity,
} from '../units/format-quantity.js';
import { lifetimeLines } from './lifetime-text.js';
import { baselineDocument } from './study-text.js';
import { renderTable } from './table.js';
import type { Colors } from './terminal.js';

/** The estimate of one experiment. */
export interface NamedEstimate {
  readonly name: string;
  readonly estimate: EnergyEstimate;
  /** Published figures that the experiment compares with. */
  readonly baselines?: StudyResult['baselines'];
  readonly lifetime?: LifetimeEstimate;
}

/** An estimate as `energy --json` lists it. */
export function estimateDocument({ name, estimate, baselines, lifetime }: NamedEstimate): object {
  const { technology, total, components, groups, time, area, sensitivity, omitted } = estimate;
  return {
    name,
    technology,
    ...{ total_J: total.energy_J, low_J: total.low_J, high_J: total.high_J },
    ...{ components, groups, time, area, sensitivity, omitted },
    ...(baselines && { baselines: baselines.map((each) => ratedDocument(each, total)) }),
    ...(lifetime && { lifetime }),
  };
}

/** The table of components, what matters most, time, area, what is left out, and the sources by number. */
export function renderEstimate({ name, estimate, baselines = [], lifetime }: NamedEstimate, colors: Colors): string {
  const { components, technology } = estimate;
  // Sources are long: the tables refer to them by number
  const sources = [...new Set([...components, ...estimate.area].map(({ source }) => source))];
  const numberOf = (source: string): string => `[${sources.indexOf(source) + 1}]`;
  return [
    `${colors.strong(name)}, technology ${technology}`,
    componentTable(estimate, numberOf, colors),
    ...(baselines.length > 0 ? [renderTable(baselines.map((each) => baselineRow(each, estimate.total)))] : []),
    ...matterLines(estimate, numberOf, colors),
    ...timeLines(estimate, colors),
    ...areaLines(estimate, numberOf, colors),
    ...omittedLines(estimate, colors),
    ...(lifetime ? lifetimeLines(lifetime, colors) : []),
    '',
    ...sources.map((source, index) => colors.faint(`  [${index + 1}] ${source}`)),
  ].join('\n');
}

type NumberOf = (source: string) => string;

function componentTable({ components, total }: EnergyEstimate, numberOf: NumberOf, colors: Colors): string {
  const row = (component: EnergyEstimate['components'][number]): readonly string[] => [
    component.name,
    formatCount(component.count),
    formatQuantity(component.energy_J, 'J', ESTIMATE_DIGITS),
    formatInterval(component.low_J, component.high_J, 'J'),
    component.confidence,
    numberOf(component.source),
  ];
  const sum = ['total', '', formatQuantity(total.energy_J, 'J', ESTIMATE_DIGITS)].map(colors.strong);
  const header = ['component', 'count', 'energy', 'interval', 'confidence', 'source'].map(colors.faint);
  const rows = [header, ...components.map(row), [...sum, formatInterval(total.low_J, total.high_J, 'J')]];
  return renderTable(rows, ['left', 'right', 'right', 'right']);
}

type Baseline = StudyResult['baselines'][number];

/** A published figure, and how many times the total of the estimate it is. */
function ratedDocument(baseline: Baseline, total: EnergyEstimate['total']): object {
  const rated = baselineRatio(baseline, total);
  return {
    ...baselineDocument(baseline),
    ...(rated && { ratio: rated.ratio, ratio_low: rated.low, ratio_high: rated.high }),
  };
}

function baselineRow(baseline: Baseline, total: EnergyEstimate['total']): readonly string[] {
  const { name, value, unit, provenance } = baseline;
  const figure = `${formatNumber(value / unit.scale)} ${unit.symbol}`;
  const rated = baselineRatio(baseline, total);
  const times = rated
    ? `${formatNumber(rated.ratio, ESTIMATE_DIGITS)} times the total (${formatNumber(rated.low, ESTIMATE_DIGITS)} to ${formatNumber(rated.high, ESTIMATE_DIGITS)})`
    : '';
  return [`baseline ${name}`, figure, times, `${provenance.source} (${provenance.confidence})`];
}

function matterLines({ sensitivity }: EnergyEstimate, numberOf: NumberOf, colors: Colors): readonly string[] {
  if (sensitivity.length === 0) return [];
  const rows = sensitivity
    .slice(0, SHOWN_SENSITIVITIES)
    .map(({ component, source, low_J, high_J }) => [
      `  ${component}`,
      numberOf(source),
      `total ${formatInterval(low_J, high_J, 'J')}`,
    ]);
  return ['', `${colors.strong('what matters most')}, each alone over its interval`, renderTable(rows)];
}

function timeLines({ time }: EnergyEstimate, colors: Colors): readonly string[] {
  if (time.length === 0) return [];
  const rows = time.map(({ name, count, seconds, basis }) => [
    `  ${name}`,
    formatCount(count),
    formatQuantity(seconds, 's'),
    basis,
  ]);
  return ['', colors.strong('time'), renderTable(rows, ['left', 'right', 'right'])];
}

function areaLines({ area }: EnergyEstimate, numberOf: NumberOf, colors: Colors): readonly string[] {
  if (area.length === 0) return [];
  const rows = area.map((part) => [
    `  ${part.name}`,
    formatCount(part.count),
    formatArea(part.area_m2),
    formatAreaInterval(part.low_m2, part.high_m2),
    part.confidence,
    numberOf(part.source),
  ]);
  return ['', colors.strong('area'), renderTable(rows, ['left', 'right', 'right', 'right'])];
}

function omittedLines({ omitted }: EnergyEstimate, colors: Colors): readonly string[] {
  return omitted.length === 0 ? [] : ['', `${colors.strong('left out')}: ${omitted.join('; ')}`];
}
