/** The first section of a page: every expectation of every experiment, and what has made the page. */
import type { ExpectationResult } from '../ir/results.js';
import { renderFacts } from './facts.js';
import { formatSide, seedsText } from './format-measure.js';
import { html, type Html } from './html.js';
import type { PageContext } from './page-context.js';
import type { ReportExperiment, ReportInput, ReportStudy } from './report-input.js';
import { expectationsVerdict, formatMetricSide, renderBadge } from './result-sections.js';
import { renderTable } from './table.js';

/** An experiment with its tab. */
export interface PageSection {
  readonly anchor: string;
  readonly name: string;
  readonly experiment?: ReportExperiment;
  /** Points of its sweeps. */
  readonly studies: readonly ReportStudy[];
}

/** Whether all of a section holds, as a badge. */
export function sectionVerdict({ experiment, studies }: PageSection): Html {
  const mismatches = experiment?.cosim?.mismatches ?? 0;
  const expectations = [experiment, ...studies].flatMap((part) => part?.result.expectations ?? []);
  if (mismatches > 0 && expectations.every(({ ok }) => ok)) return renderBadge(false, `${String(mismatches)} mismatches`);
  return expectationsVerdict(expectations);
} // prettier-ignore

export function renderSummary(input: ReportInput, sections: readonly PageSection[], context: PageContext): Html {
  const rows = sections.flatMap((section) => rowsOf(section, context));
  return html`<h2>Summary</h2>
    ${renderTable({
      caption: 'Experiments',
      columns: [{ title: 'Experiment' }, { title: 'Seeds' }, { title: 'Result' }],
      rows: sections.map((section) => [
        html`<a href="#${section.anchor}">${section.name}</a>`,
        seedsOf(section),
        sectionVerdict(section),
      ]),
    })}
    ${
      rows.length > 0
        ? html`<h3>Expectations</h3>
            ${renderTable({
              caption: 'All experiments, those that fail first',
              columns: [
                { title: 'Expectation' },
                { title: 'Experiment' },
                { title: 'Value', kind: 'number' },
                { title: 'Limit', kind: 'number' },
                { title: 'Result' },
              ],
              rows: [...rows.filter(({ ok }) => !ok), ...rows.filter(({ ok }) => ok)].map(({ cells }) => cells),
            })}`
        : undefined
    }
    <h3>Environment</h3>
    ${renderFacts([
      ['Ionloom', input.version],
      ...input.environment.tools,
      ['Source', input.source],
      ...(input.environment.sha256 === undefined ? [] : [['SHA-256 of the source', html`<code>${input.environment.sha256}</code>`] as const]),
    ])}`;
} // prettier-ignore

function seedsOf({ experiment, studies }: PageSection): string {
  const result = experiment?.result ?? studies[0]?.result;
  const points = studies.length > 1 ? `, ${String(studies.length)} points` : '';
  return result ? `${seedsText(result)}${points}` : '';
}

interface SummaryRow {
  readonly ok: boolean;
  readonly cells: readonly (Html | string)[];
}

function rowsOf({ experiment, studies, anchor }: PageSection, context: PageContext): readonly SummaryRow[] {
  const row = (name: string, expectation: ExpectationResult, side: (value: number) => string): SummaryRow => {
    const { text, ok, value, limit, origin } = expectation;
    const verdict = renderBadge(ok, ok ? 'holds' : 'fails');
    const cells = [html`<code>${text}</code> ${context.place(origin)}`, html`<a href="#${anchor}">${name}</a>`, side(value), side(limit), verdict];
    return { ok, cells };
  };
  const own = experiment?.result.expectations.map((each) =>
    row(experiment.result.name, each, (side) => formatMetricSide(each, side)),
  );
  const others = studies.flatMap(({ name, result }) =>
    result.expectations.map((each) => row(name, each, (side) => formatSide(each, side, result))),
  );
  return [...(own ?? []), ...others];
} // prettier-ignore
