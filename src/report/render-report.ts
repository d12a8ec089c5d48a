/** One self-contained HTML page: no scripts, no outside resources, readable on paper. */
import { formatQuantity } from '../units/format-quantity.js';
import { renderCosim } from './cosim-section.js';
import { renderEnergy } from './energy-section.js';
import { formatMetric } from './format-metric.js';
import { html, type Html } from './html.js';
import { renderImages } from './image-section.js';
import type { ReportExperiment, ReportInput, ReportStudy } from './report-input.js';
import { renderBadge, renderExpectations, renderMetrics } from './result-sections.js';
import { renderStudy, studyVerdict } from './study-section.js';
import { STYLESHEET } from './stylesheet.js';

/** The page as text; everything that comes from the user's files is escaped. */
export function renderReport(input: ReportInput): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${input.title} - Ionloom report</title>
        <style>
          ${STYLESHEET}
        </style>
      </head>
      <body>
        ${renderHeader(input)}
        <main>${input.experiments.map(renderExperiment)} ${input.studies.map(renderStudySection)}</main>
        <footer>
          Made by ionloom ${input.version} from ${input.source}. Simulated figures follow from the seeds; estimates
          carry their source.
        </footer>
      </body>
    </html> `.text;
}

function renderHeader({ title, source, version, experiments, studies }: ReportInput): Html {
  return html`<header>
    <p class="eyebrow">Ionloom report</p>
    <h1>${title}</h1>
    <p class="lead"><span class="place">${source}</span>, ionloom ${version}</p>
    <nav aria-label="Experiments">
      <ul class="overview">
        ${experiments.map(
          (experiment, index) =>
            html`<li><a href="#${anchor(index)}">${experiment.result.name}</a> ${renderVerdict(experiment)}</li>`,
        )}
        ${studies.map(
          (study, index) => html`<li><a href="#${networkAnchor(index)}">${study.name}</a> ${studyVerdict(study)}</li>`,
        )}
      </ul>
    </nav>
  </header>`;
}

function renderExperiment(experiment: ReportExperiment, index: number): Html {
  const { result, energy, cosim, listing } = experiment;
  return html`<section id="${anchor(index)}">
    <h2>${result.name} ${renderVerdict(experiment)}</h2>
    ${renderKeyFigures(experiment)} ${renderExpectations(result)} ${renderImages(result)} ${renderMetrics(result)}
    ${energy && renderEnergy(energy)} ${cosim && renderCosim(cosim)}
    ${listing === undefined ? undefined : renderListing(listing)}
  </section>`;
}

function renderStudySection(study: ReportStudy, index: number): Html {
  return html`<section id="${networkAnchor(index)}">
    <h2>${study.name} ${studyVerdict(study)}</h2>
    ${renderStudy(study)}
  </section>`;
}

function renderVerdict({ result, cosim }: ReportExperiment): Html {
  const failed = result.expectations.filter((expectation) => !expectation.ok).length;
  const mismatches = cosim?.mismatches ?? 0;
  if (failed > 0)
    return renderBadge(false, `${String(failed)} of ${String(result.expectations.length)} expectations fail`);
  if (mismatches > 0) return renderBadge(false, `${String(mismatches)} mismatches`);
  if (result.expectations.length === 0) return renderBadge(true, 'ran, no expectations');
  return renderBadge(
    true,
    `${String(result.expectations.length)} of ${String(result.expectations.length)} expectations hold`,
  );
}

function renderKeyFigures({ result, energy, cosim }: ReportExperiment): Html {
  const { metrics } = result;
  const figures: (readonly [string, string])[] = [
    ['RMS error, mean over seeds', formatMetric('rmsError', metrics.rmsError.mean)],
    ['write pulses', formatMetric('pulses', metrics.pulses.mean)],
    ['write time', formatMetric('writeTime', metrics.writeTime.mean)],
    ['energy in devices', formatMetric('deviceEnergy', metrics.deviceEnergy.mean)],
  ];
  if (energy) figures.push([`energy, ${energy.technology}`, formatQuantity(energy.total.energy_J, 'J', 2)]);
  if (cosim) figures.push(['mismatches in co-simulation', String(cosim.mismatches)]);
  return html`<dl class="figures">
    ${figures.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function renderListing(listing: string): Html {
  return html`<h3>Pulse program</h3>
    <pre class="listing" role="region" aria-label="Pulse program" tabindex="0">${listing}</pre>`;
}

/** By position, because experiments' names are the user's. */
function anchor(index: number): string {
  return `experiment-${String(index + 1)}`;
}

function networkAnchor(index: number): string {
  return `network-${String(index + 1)}`;
}
