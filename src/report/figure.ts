/** Figures of a page: a drawing with its title, a line of numbers, and what a click saves of it. */
import type { Plot } from './plots/plot-spec.js';
import { cleanText, dataBlock, drawnMarkup, html, type Html } from './html.js';
import type { DrawPlot } from './render-plot.js';

/** Collects the figures of a page where they are mentioned, and draws them when all are there. */
export class Figures {
  readonly #plots: Plot[] = [];

  /** The figure's place in the page. */
  add(plot: Plot): Html {
    this.#plots.push(plot);
    const number = this.#plots.length;
    const name = `figure-${String(number)}`;
    const { title, note, cells, spec } = plot;
    return html`<figure class="plot" id="${name}" data-cells="${cells ? JSON.stringify(cells) : ''}">
      <figcaption>${title}</figcaption>
      <div class="drawing">${drawnMarkup(placeOf(number))}</div>
      ${note === undefined ? undefined : html`<p class="note">${note}</p>`}
      <div class="exports" hidden>
        ${['SVG', 'PNG', 'JSON'].map(
          (format) =>
            html`<button type="button" data-format="${format}" aria-label="Save ${title} as ${format}">
              ${format}
            </button>`,
        )}
      </div>
      ${dataBlock(spec)}
    </figure>`;
  }

  /** All of `plots` side by side, where there are any. */
  addAll(plots: readonly Plot[]): Html | undefined {
    return plots.length === 0
      ? undefined
      : html`<div class="plots">${plots.map((plot) => this.add(plot))}</div>`;
  }

  /** The text of `page` with every drawing in its place. */
  async draw(page: Html, loadDrawer: () => Promise<DrawPlot>): Promise<string> {
    if (this.#plots.length === 0) return page.text;
    const draw = await loadDrawer();
    const drawings = new Map<string, string>();
    for (const [index, { spec, description }] of this.#plots.entries()) {
      const number = index + 1;
      const svg = cleanText(await draw(spec, `figure-${String(number)}`));
      const { text } = html`role="graphics-document" aria-label="${description}" tabindex="0"`;
      drawings.set(placeOf(number), svg.replace('<svg ', `<svg ${text} `));
    }
    return page.text.replace(PLACES, (place) => drawings.get(place) ?? place);
  }
} // prettier-ignore

// Escaped texts hold no such thing
const PLACES = /<!--figure-\d+-->/g;
const placeOf = (number: number): string => `<!--figure-${String(number)}-->`;
