/** What a sweep has found as a page, and its Pareto plot as a file. */
import { PageContext } from './page-context.js';
import { scriptHash } from './page-script.js';
import { withPaperColours } from './palette.js';
import { html, type Html } from './html.js';
import { paretoFigure, paretoPlotSpec, type ParetoPlot } from './plots/pareto-plot.js';
import { pageAround } from './render-report.js';
import { loadPlotDrawer } from './render-plot.js';
import { renderTable, type Column } from './table.js';

/** A sweep in words; every text is the user's. */
export interface SweepPage {
  readonly title: string;
  readonly source: string;
  readonly version: string;
  /** What was varied, how many points there are and what became of them. */
  readonly summary: readonly string[];
  readonly plot?: ParetoPlot | undefined;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** Said below the table, where it does not hold everything. */
  readonly leftOut?: string | undefined;
}

/** One self-contained page. */
export function renderSweep(page: SweepPage): Promise<string> {
  const context = new PageContext([]);
  const body = html`<header>
      <p class="eyebrow">Ionloom sweep</p>
      <h1>${page.title}</h1>
      <p class="lead"><span class="place">${page.source}</span>, ionloom ${page.version}</p>
    </header>
    <main>
      <section id="summary">
        ${page.summary.map((text) => html`<p>${text}</p>`)} ${page.plot && context.figures.add(paretoFigure(page.plot))}
      </section>
      <section id="settings">
        <h2>Settings</h2>
        ${renderSettings(page)}
      </section>
    </main>
    <footer>Made by ionloom ${page.version} from ${page.source}. Figures are means over the seeds.</footer>`;
  return context.figures.draw(pageAround(page.title, body, scriptHash()), loadPlotDrawer);
} // prettier-ignore

function renderSettings({ columns, rows, leftOut }: SweepPage): Html {
  const table = renderTable({ caption: 'Every setting with its figures', columns, rows });
  return html`${table} ${leftOut === undefined ? undefined : html`<p class="note">${leftOut}</p>`}`;
}

/** The Pareto plot alone as the text of an SVG file, on white. */
export async function renderPareto(plot: ParetoPlot): Promise<string> {
  const draw = await loadPlotDrawer();
  const { data, config, ...spec } = paretoPlotSpec(plot);
  const title = { text: plot.title, subtitle: plot.note, anchor: 'start', color: 'var(--text)', subtitleColor: 'var(--muted)', offset: 10, limit: 560, subtitlePadding: 6 }; // prettier-ignore
  const drawn = await draw({ ...spec, title, data, config: { ...(config as object), background: 'var(--card)' } }, 'pareto');
  const file = drawn.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ');
  return `<?xml version="1.0" encoding="UTF-8"?>\n${withPaperColours(file)}\n`;
} // prettier-ignore
