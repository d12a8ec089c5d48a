/** Results of experiments on networks for people and for scripts. */
import type { CurvePoint, RealizationNote, StudyResult } from '../ir/study-result.js';
import { pointName } from '../networks/run/run-points.js';
import { formatMeasure, formatSide, seedsText } from '../report/format-measure.js';
import { formatCount, formatNumber, formatPercent, formatQuantity } from '../units/format-quantity.js';
import { expectationDocuments } from './result-text.js';
import { renderTable } from './table.js';
import type { Colors } from './terminal.js';

/** Name, seeds, measures, energy and expectations of one experiment at one point of its sweeps. */
export function renderStudy(result: StudyResult, colors: Colors): string {
  const { measures, expectations, seconds } = result;
  const name = pointName({ study: { name: result.name }, point: result.point });
  const rows = Object.entries(measures).map(([measure, { mean, min, max, unit }]) => {
    return [measure, ...[mean, min, max].map((value) => formatMeasure(measure, value, unit))];
  });
  const header = ['measure', 'mean', 'min', 'max'].map(colors.faint);
  return [
    `${colors.strong(name)}, ${seedsText(result)} (${formatQuantity(seconds, 's')})`,
    ...(rows.length > 0 ? [renderTable([header, ...rows], ['left', 'right', 'right', 'right'])] : []),
    renderTable(activityRows(result)),
    ...(expectations.length > 0 ? [renderVerdicts(result, colors)] : []),
  ].join('\n');
}

function activityRows({ activity, curve }: StudyResult): readonly (readonly string[])[] {
  const { energy, pulses, reads, spikes, seconds } = activity;
  const last = curve.at(-1);
  return [
    ...(last && decisionText(last) !== '' ? [[`last ${last.kind}`, `${last.samples}: ${decisionText(last)}`]] : []),
    ...(last?.score === undefined ? [] : [[`last ${last.kind}`, `${last.samples}: score ${formatNumber(last.score)} in ${formatCount(last.count)} games`]]), // prettier-ignore
    ['first seed', `${formatQuantity(seconds, 's')} of experiment, ${formatCount(pulses)} pulses, ${formatCount(reads)} reads, ${formatCount(spikes)} spikes`], // prettier-ignore
    ...Object.entries(energy).map(([share, joules]) => [`energy ${share}`, formatQuantity(joules, 'J')]),
  ];
}

/** How samples were decided, beside exact weights where these ran as well. */
function decisionText({ accuracy, exactAccuracy, agreement }: CurvePoint): string {
  return [
    ...(accuracy === undefined ? [] : [`accuracy ${formatPercent(accuracy)}`]),
    ...(exactAccuracy === undefined ? [] : [`${formatPercent(exactAccuracy)} with exact weights`]),
    ...(agreement === undefined ? [] : [`${formatPercent(agreement)} decided alike`]),
  ].join(', ');
}

/** One line for each expectation, its sides printed like the measures that it names. */
export function renderVerdicts(result: Pick<StudyResult, 'measures' | 'expectations'>, colors: Colors): string {
  const rows = result.expectations.map((expectation) => {
    const { text, value, limit, ok } = expectation;
    const verdict = ok ? colors.good('pass') : colors.bad('FAIL');
    const [found, wanted] = [value, limit].map((side) => formatSide(expectation, side, result));
    return [verdict, text, `worst ${found} against ${wanted}`];
  });
  return renderTable(rows);
}

/** An experiment as `sim --json` lists it; `value` is the mean over the seeds. */
export function studyDocument(result: StudyResult): object {
  const { name, point, firstSeed, seedCount, measures, expectations, activity, baselines, seconds } = result;
  const metrics = Object.entries(measures).map(([measure, { mean, min, max, unit }]) => {
    return [measure, { value: mean, unit, min, max }] as const;
  });
  return {
    name,
    seed: firstSeed,
    seeds: seedCount,
    point: Object.fromEntries(point.map((each) => [each.name, each.value])),
    metrics: Object.fromEntries(metrics),
    expectations: expectationDocuments(expectations),
    activity,
    baselines: baselines.map(baselineDocument),
    realizations: result.realizations.map(noteDocument),
    seconds,
  };
}

/** A published figure for scripts: `value` is in `unit`, as the source file has it, where measures are SI. */
export function baselineDocument({ name, value, unit, provenance }: StudyResult['baselines'][number]): object {
  return { name, value: value / unit.scale, unit: unit.symbol, ...provenance };
}

/** A realization for people. */
export function renderNote(note: RealizationNote, colors: Colors): string {
  const { projection, rule, method, summary, figures } = note;
  return [
    `${colors.strong(`${projection}, rule ${rule}`)}: ${method}`,
    ...summary.map((sentence) => `  ${sentence}`),
    renderTable(figures.map(({ name, value, unit }) => [name, figureText(value, unit)])),
  ].join('\n');
}

export function figureText(value: number, unit: string): string {
  return unit === '1' || unit === '' ? formatNumber(value) : formatQuantity(value, unit);
}

/** The same for scripts. */
export function noteDocument({ projection, rule, method, summary, figures }: RealizationNote): object {
  return { projection, rule, method, summary, figures };
}
