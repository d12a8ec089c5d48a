/** One self-contained HTML page: nothing from outside, readable on paper and without its script. */
import { formatQuantity } from '../units/format-quantity.js';
import { renderCosim } from './cosim-section.js';
import { renderEnergy } from './energy-section.js';
import { type Fact, renderKeyFigures } from './facts.js';
import { formatMetric } from './format-metric.js';
import { drawnMarkup, html, type Html } from './html.js';
import { renderImages } from './image-section.js';
import { renderLifetime } from './lifetime-section.js';
import { renderTile } from './network-section.js';
import { PageContext } from './page-context.js';
import { PAGE_SCRIPT, scriptHash } from './page-script.js';
import { loadPlotDrawer } from './render-plot.js';
import type { ReportExperiment, ReportInput, ReportStudy } from './report-input.js';
import { formatMetricSide, renderExpectations, renderMetrics } from './result-sections.js';
import { renderListing, renderSources } from './source-section.js';
import { renderStudies } from './study-section.js';
import { styleSheet } from './stylesheet.js';
import { type PageSection, renderSummary, sectionVerdict } from './summary-section.js';
import { renderTiming } from './timing-section.js';
import { renderVariation } from './variation-section.js';

/** The page as text, the same for the same input; everything that comes from the user's files is escaped. */
export async function renderReport(input: ReportInput): Promise<string> {
  const context = new PageContext(input.sources);
  const sections = sectionsOf(input);
  const body = html`${renderHeader(input)} ${renderTabs(sections, input)}
    <main>
      <section id="summary">${renderSummary(input, sections, context)}</section>
      ${sections.map((section) => renderSection(section, context))}
      ${
        input.sources.length > 0
          ? html`<section id="source">
              <h2>Source</h2>
              ${renderSources(input.sources)}
            </section>`
          : undefined
      }
    </main>
    <footer>
      Made by ionloom ${input.version} from ${input.source}. Simulated figures follow from the seeds; estimates carry
      their source.
    </footer>`;
  return context.figures.draw(pageAround(input.title, body, scriptHash()), loadPlotDrawer);
}

/** A whole page around `body`; `hash` is that of its script. */
export function pageAround(title: string, body: Html, hash: string): Html {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; script-src ${hash}`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta http-equiv="Content-Security-Policy" content="${drawnMarkup(policy)}" />
        <title>${title} - Ionloom report</title>
        <style>
          ${styleSheet()}
        </style>
      </head>
      <body>
        ${body}
        <script>${drawnMarkup(PAGE_SCRIPT)}</script>
      </body>
    </html> `;
} // prettier-ignore

/** A section for every experiment, the points of its sweeps together; anchors by position: names are the user's. */
function sectionsOf({ experiments, studies }: ReportInput): readonly PageSection[] {
  const groups = new Map<string, ReportStudy[]>();
  for (const study of studies) {
    const group = groups.get(study.result.name);
    if (group) group.push(study);
    else groups.set(study.result.name, [study]);
  }
  return [
    ...experiments.map((experiment, index) => ({
      ...{ anchor: `experiment-${String(index + 1)}`, name: experiment.result.name, experiment, studies: [] },
    })),
    ...[...groups].map(([name, points], index) => ({ anchor: `network-${String(index + 1)}`, name, studies: points })),
  ];
}

function renderHeader({ title, source, version }: ReportInput): Html {
  return html`<header>
    <p class="eyebrow">Ionloom report</p>
    <h1>${title}</h1>
    <p class="lead"><span class="place">${source}</span>, ionloom ${version}</p>
  </header>`;
}

function renderTabs(sections: readonly PageSection[], { sources }: ReportInput): Html {
  return html`<nav class="tabs" aria-label="Sections">
    <a href="#summary">Summary</a>
    ${sections.map(({ anchor, name }) => html`<a href="#${anchor}">${name}</a>`)}
    ${sources.length > 0 ? html`<a href="#source">Source</a>` : undefined}
  </nav>`;
}

function renderSection(section: PageSection, context: PageContext): Html {
  const { anchor, name, experiment, studies } = section;
  return html`<section id="${anchor}">
    <h2>${name} ${sectionVerdict(section)}</h2>
    ${experiment ? renderExperiment(experiment, anchor, context) : renderStudies(studies, anchor, context)}
  </section>`;
}

function renderExperiment(experiment: ReportExperiment, anchor: string, context: PageContext): Html {
  const { result, mapped, variation = [], energy, lifetime, cosim, timing, listing } = experiment;
  return html`${renderKeyFigures(keyFiguresOf(experiment))}
  ${renderExpectations(result.expectations, formatMetricSide, context)} ${renderImages(result, context)}
  ${renderVariation(variation, context)} ${renderMetrics(result)} ${energy && renderEnergy(energy, anchor, context)}
  ${lifetime && renderLifetime(lifetime, anchor)} ${mapped && renderTile(mapped)}
  ${cosim && renderCosim(cosim, context)} ${timing && renderTiming(timing)}
  ${listing && renderListing(listing, context)}`;
}

function keyFiguresOf({ result: { metrics }, energy, cosim }: ReportExperiment): readonly Fact[] {
  return [
    ['RMS error, mean over seeds', formatMetric('rmsError', metrics.rmsError.mean)],
    ['write pulses', formatMetric('pulses', metrics.pulses.mean)],
    ['write time', formatMetric('writeTime', metrics.writeTime.mean)],
    ['energy in devices', formatMetric('deviceEnergy', metrics.deviceEnergy.mean)],
    ...(energy ? [[`energy, ${energy.technology}`, formatQuantity(energy.total.energy_J, 'J', 2)] as const] : []),
    ...(cosim ? [['mismatches in co-simulation', String(cosim.mismatches)] as const] : []),
  ];
}
