/** An experiment on a network: learning curves, timing windows, measures, expectations, realizations, energy. */
import type { RealizationNote, StudyResult, TimingWindow } from '../ir/study-result.js';
import { formatCount, formatNumber, formatPercent, formatQuantity } from '../units/format-quantity.js';
import { renderEnergy } from './energy-section.js';
import { formatMeasure, formatSide, seedsText } from './format-measure.js';
import { html, type Html } from './html.js';
import { renderLinePlot, type PlottedCurve } from './line-plot.js';
import type { ReportStudy } from './report-input.js';
import { renderBadge } from './result-sections.js';

/** All of a study behind its heading. */
export function renderStudy({ result, energy }: ReportStudy): Html {
  return html`<p class="lead">${seedsText(result)}; ${activityText(result)}.</p>
    ${renderStudyExpectations(result)} ${renderCurves(result)}
    ${result.windows.length > 0 ? html`<div class="maps">${result.windows.map(renderWindow)}</div>` : undefined}
    ${renderMeasures(result)} ${result.realizations.map(renderRealization)} ${energy && renderEnergy(energy)}`;
}

/** Whether the expectations hold, as a badge. */
export function studyVerdict({ result: { expectations } }: ReportStudy): Html {
  const failed = expectations.filter(({ ok }) => !ok).length;
  if (expectations.length === 0) return renderBadge(true, 'ran, no expectations');
  const count = failed > 0 ? failed : expectations.length;
  return renderBadge(failed === 0, `${count} of ${expectations.length} expectations ${failed > 0 ? 'fail' : 'hold'}`);
}

function activityText({ activity }: StudyResult): string {
  const { seconds, pulses, reads, spikes } = activity;
  const counts = [
    [pulses, 'pulses'],
    [reads, 'reads'],
    [spikes, 'spikes'],
  ] as const;
  const parts = counts.filter(([count]) => count > 0).map(([count, what]) => `${formatCount(count)} ${what}`);
  return [`first seed ${formatQuantity(seconds, 's')} of experiment`, ...parts].join(', ');
}

function renderStudyExpectations(result: StudyResult): Html | undefined {
  if (result.expectations.length === 0) return undefined;
  const rows = result.expectations.map(({ text, value, limit, ok, origin }) => [
    html`<code>${text}</code>`,
    formatSide(text, value, result),
    formatSide(text, limit, result),
    html`<span class="place">${origin.file}:${origin.start.line}</span>`,
    renderBadge(ok, ok ? 'holds' : 'fails'),
  ]);
  return html`<h3>Expectations</h3>
    ${renderRows('Value of the seed that comes nearest to failing', ['Expectation', 'Value', 'Limit', 'Declared', 'Result'], rows)}`; // prettier-ignore
}

function renderMeasures(result: StudyResult): Html | undefined {
  const measures = Object.entries(result.measures);
  if (measures.length === 0) return undefined;
  const rows = measures.map(([name, { mean, min, max, unit }]) => [
    html`<code>${name}</code>`,
    ...[mean, min, max].map((value) => formatMeasure(name, value, unit)),
  ]);
  const baselines = result.baselines.map(({ name, value, unit, provenance }) => [
    html`<code>${name}</code> <span class="basis">${provenance.source}, ${provenance.confidence}</span>`,
    `${formatNumber(value / unit.scale)} ${unit.symbol}`,
    '',
    '',
  ]);
  return html`<h3>Measures</h3>
    ${renderRows(`Over ${seedsText(result)}; baselines below`, ['Measure', 'Mean', 'Least', 'Most'], [...rows, ...baselines])}`; // prettier-ignore
}

/** A table whose first column names its rows. */
function renderRows(caption: string, columns: readonly string[], rows: readonly (readonly (Html | string)[])[]): Html {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first, ...others]) =>
            html`<tr>
              <th scope="row">${first}</th>
              ${others.map((cell) => html`<td class="number">${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Accuracy, loss and points of games over the presentations, training and tests apart. */
function renderCurves({ curve }: StudyResult): Html | undefined {
  const quantities = (['accuracy', 'loss', 'score', 'wins'] as const).filter(
    (quantity) => curve.filter((point) => point[quantity] !== undefined).length > 1,
  );
  if (quantities.length === 0) return undefined;
  const names = [...new Set(curve.map(({ kind, samples }) => `${kind} ${samples}`))];
  const plots = quantities.map((quantity) => {
    const curves = names.map((name): PlottedCurve => {
      const points = curve.flatMap((point, index) => {
        const value = point[quantity];
        return `${point.kind} ${point.samples}` === name && value !== undefined ? [[index + 1, value] as const] : [];
      });
      return {
        name,
        x: points.map(([x]) => x),
        y: points.map(([, y]) => y),
        mark: points.length > 1 ? 'line' : 'dots',
      };
    });
    const formatY =
      quantity === 'accuracy' || quantity === 'wins'
        ? (value: number) => formatPercent(value)
        : (value: number) => formatNumber(value);
    return renderLinePlot(curves, { title: `${quantity} by presentation`, formatX: formatCount, formatY });
  });
  return html`<h3>Learning, first seed</h3>
    <div class="maps">${plots}</div>`;
}

/** Measured changes as dots, the kernel as a line. */
function renderWindow({ projection, rule, seconds, change, kernel, unit }: TimingWindow): Html {
  const scaled = (values: readonly number[]) => values.map((value) => value / unit.scale);
  const curves: readonly PlottedCurve[] = [
    { name: 'kernel', x: seconds, y: scaled(kernel), mark: 'line' },
    { name: 'weights', x: seconds, y: scaled(change), mark: 'dots' },
  ];
  return renderLinePlot(curves, {
    title: `${projection}, rule ${rule}: change over post minus pre`,
    formatX: (value) => formatQuantity(value, 's'),
    formatY: (value) => `${formatNumber(value)} ${unit.symbol}`,
  });
}

function renderRealization({ projection, rule, method, summary, figures }: RealizationNote): Html {
  const rows = figures.map(({ name, value, unit }) => [
    name,
    unit === '' || unit === '1' ? formatNumber(value) : formatQuantity(value, unit),
  ]);
  return html`<h3>Realization of ${rule} on ${projection}: ${method}</h3>
    <p>${summary.join(' ')}</p>
    ${rows.length > 0 ? renderRows('What it takes', ['Figure', 'Value'], rows) : undefined}`;
}
