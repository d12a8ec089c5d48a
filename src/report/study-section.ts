/** An experiment on a network: learning curves, timing windows, measures, expectations, realizations, energy, lifetime. */
import type { RealizationNote, StudyResult } from '../ir/study-result.js';
import { formatCount, formatNumber, formatQuantity } from '../units/format-quantity.js';
import { renderEnergy } from './energy-section.js';
import { withCode } from './code-words.js';
import { renderFacts } from './facts.js';
import { formatMeasure, formatSide, seedsText } from './format-measure.js';
import { html, type Html, type HtmlValue } from './html.js';
import { renderLifetime } from './lifetime-section.js';
import { renderNetwork } from './network-section.js';
import type { PageContext } from './page-context.js';
import { signalPlots, weightErrorPlots } from './plots/spike-plots.js';
import {
  learningPlots,
  type LearningRange,
  learningRange,
  sweepPlots,
  timingWindowPlot,
  weightPlots,
} from './plots/study-plots.js';
import type { ReportStudy } from './report-input.js';
import { expectationsVerdict, renderExpectations, type FormatSide } from './result-sections.js';
import { renderTable } from './table.js';

/** All points of an experiment: what its sweeps change side by side, then every point by itself. */
export function renderStudies(points: readonly ReportStudy[], anchor: string, context: PageContext): Html {
  const [first] = points;
  const range = learningRange(points.map(({ result }) => result));
  const isSweep = points.length > 1;
  const place = (index: number): Placed => ({ range, anchor: `${anchor}-${String(index + 1)}`, context });
  return html`${first?.network && renderNetwork(first.network, context)}
  ${isSweep ? renderSweep(points, anchor, context) : undefined}
  ${points.map((study, index) =>
    isSweep
      ? html`<article class="point" id="${anchor}-${String(index + 1)}">
          <h3>${study.name} ${expectationsVerdict(study.result.expectations)}</h3>
          ${renderStudy(study, place(index))}
        </article>`
      : renderStudy(study, place(index)),
  )}`;
} // prettier-ignore

interface Placed {
  readonly range: LearningRange;
  readonly anchor: string;
  readonly context: PageContext;
}

function renderStudy({ result, energy, lifetime }: ReportStudy, { range, anchor, context }: Placed): Html {
  const format: FormatSide = (expectation, side) => formatSide(expectation, side, result);
  const learning = learningPlots(result, range);
  const weights = weightPlots(result.weights);
  const signals = signalPlots(result.records);
  const errors = weightErrorPlots(result.weightErrors);
  const { figures } = context;
  return html`<p class="lead">${[seedsText(result), ...activityOf(result)].join('; ')}.</p>
    ${renderExpectations(result.expectations, format, context)}
    ${
      learning.length > 0
        ? html`<h3>Learning, first seed</h3>
            ${figures.addAll(learning)}`
        : undefined
    }
    ${
      result.windows.length > 0
        ? html`<h3>Spike timing</h3>
            ${figures.addAll(result.windows.map(timingWindowPlot))}`
        : undefined
    }
    ${
      signals.length > 0
        ? html`<h3>Signals of one sample, first seed</h3>
            ${figures.addAll(signals)}`
        : undefined
    }
    ${
      errors.length > 0
        ? html`<h3>Weights in devices, first seed</h3>
            ${figures.addAll(errors)}`
        : undefined
    }
    ${
      weights.length > 0
        ? html`<h3>Weights at the end, first seed</h3>
            ${figures.addAll(weights)}`
        : undefined
    }
    ${renderMeasures(result)} ${renderBaselines(result)}
    ${result.realizations.map((note) => renderRealization(note, context))}
    ${energy && renderEnergy(energy, anchor, context)} ${lifetime && renderLifetime(lifetime, anchor)}`;
}

/** What the first seed did on the chip; nothing where all of it is computed by the host. */
function activityOf({ activity }: StudyResult): readonly string[] {
  const { seconds, pulses, reads, spikes } = activity;
  const counts = [
    [pulses, 'pulses'],
    [reads, 'reads'],
    [spikes, 'spikes'],
  ] as const;
  const parts = counts.filter(([count]) => count > 0).map(([count, what]) => `${formatCount(count)} ${what}`);
  if (seconds === 0 && parts.length === 0) return [];
  return [[`first seed ${formatQuantity(seconds, 's')} of experiment`, ...parts].join(', ')];
}

/** Measures over the points, as plots where one parameter is swept, and as a table. */
function renderSweep(points: readonly ReportStudy[], anchor: string, { figures }: PageContext): Html {
  const names = [...new Set(points.flatMap(({ result }) => Object.keys(result.measures)))];
  return html`<h3>Sweep</h3>
    ${figures.addAll(sweepPlots(points))}
    ${renderTable({
      caption: 'Mean over the seeds at every point',
      columns: [{ title: 'Point' }, ...names.map((title) => ({ title, kind: 'number' as const })), { title: 'Result' }],
      rows: points.map(({ name, result }, index) => [
        html`<a href="#${anchor}-${String(index + 1)}">${pointText(result) || name}</a>`,
        ...names.map((measure) => {
          const value = result.measures[measure];
          return value ? formatMeasure(measure, value.mean, value.unit) : '';
        }),
        expectationsVerdict(result.expectations),
      ]),
    })}`;
}

function pointText({ point }: StudyResult): string {
  return point.map(({ name, value }) => `${name} = ${formatNumber(value)}`).join(', ');
}

function renderMeasures(result: StudyResult): Html | undefined {
  const measures = Object.entries(result.measures);
  if (measures.length === 0) return undefined;
  return html`<h3>Measures</h3>
    ${renderTable({
      caption: `Over ${seedsText(result)}`,
      columns: [
        { title: 'Measure' },
        ...['Mean', 'Least', 'Most'].map((title) => ({ title, kind: 'number' as const })),
      ],
      rows: measures.map(([name, { mean, min, max, unit }]) => [
        html`<code>${name}</code>`,
        ...[mean, min, max].map((value) => formatMeasure(name, value, unit)),
      ]),
    })}`;
}

/** Figures of others beside measures in the same unit, with how many times as much they are. */
function renderBaselines({ baselines, measures }: StudyResult): Html | undefined {
  if (baselines.length === 0) return undefined;
  const dimension = (symbol: string): string => symbol.replace(/^[afpnµumkMGT](?=[A-Za-z])/, '').replace('%', '1');
  return html`<h3>Baselines</h3>
    ${renderTable({
      caption: 'Figures of others, and how many times the mean of our measures in the same unit they are',
      columns: [{ title: 'Baseline' }, { title: 'Value', kind: 'number' }, { title: 'Times ours' }],
      rows: baselines.map(({ name, value, unit, provenance }): readonly HtmlValue[] => {
        const ours = Object.entries(measures).filter(([, measure]) => dimension(measure.unit) === dimension(unit.symbol) && measure.mean !== 0); // prettier-ignore
        const ratios = ours.map(([measure, { mean }]) => html`<div>${formatNumber(value / mean)} × <code>${measure}</code></div>`); // prettier-ignore
        return [
          html`<code>${name}</code> <span class="basis">${provenance.source}, ${provenance.confidence}</span>`,
          `${formatNumber(value / unit.scale)} ${unit.symbol}`,
          ratios.length > 0 ? ratios : 'no measure in this unit',
        ];
      }),
    })}`;
}

function renderRealization(note: RealizationNote, context: PageContext): Html {
  const { projection, rule, method, summary, figures, origin } = note;
  return html`<h3>Realization of ${rule} on ${projection}: ${method}</h3>
    <p>${withCode(summary.join(' '))} ${context.place(origin)}</p>
    ${
      figures.length > 0
        ? renderFacts(
            figures.map(({ name, value, unit }) => [
              name,
              unit === '' || unit === '1' ? formatNumber(value) : formatQuantity(value, unit),
            ]),
          )
        : undefined
    }`;
}
