/** What co-simulation of the generated controller compared, and the first difference if there is one. */
import { formatCount, formatQuantity } from '../units/format-quantity.js';
import { type Fact, renderFacts } from './facts.js';
import { html, type Html } from './html.js';
import type { PageContext } from './page-context.js';
import type { CosimSummary, DivergenceSummary } from './report-input.js';
import { renderBadge } from './result-sections.js';

/** Counts of the run, and the divergence with its source line. */
export function renderCosim(cosim: CosimSummary, context: PageContext): Html {
  const isEqual = cosim.mismatches === 0;
  const verdict = isEqual ? 'controller and pulse program agree' : `${String(cosim.mismatches)} mismatches`;
  const facts: readonly Fact[] = [
    ['Engine', cosim.engine],
    ['Events compared', formatCount(cosim.events)],
    ['Converter samples compared', formatCount(cosim.samples)],
    ['Mismatches', formatCount(cosim.mismatches)],
    ['Largest conductance difference', formatQuantity(cosim.maxConductanceError, 'S')],
    ['Clocks of the design', formatCount(cosim.clocks)],
    ['Clocks evaluated', formatCount(cosim.evaluatedClocks)],
  ];
  return html`<h3>Co-simulation</h3>
    <p class="lead">${renderBadge(isEqual, verdict)}</p>
    ${cosim.firstDivergence && renderDivergence(cosim.firstDivergence, context)} ${renderFacts(facts)}`;
}

function renderDivergence({ seconds, signal, expected, found, origin }: DivergenceSummary, context: PageContext): Html {
  return html`<p class="divergence">
    First at ${formatQuantity(seconds, 's', 6)}: <code>${signal}</code> is <code>${found}</code>, expected
    <code>${expected}</code> (${context.place(origin)}).
  </p>`;
}
