/** Source texts with numbered lines, and controllers' programs that point into them. */
import { html, type Html } from './html.js';
import { lineAnchor, type PageContext } from './page-context.js';
import type { ListedWord, SourceText } from './report-input.js';

/** Words of a program that are shown, at most. */
const MAX_WORDS = 1500;

/** The texts as they were read. */
export function renderSources(sources: readonly SourceText[]): Html {
  return html`${sources.map(
    ({ file, text }, index) =>
      html`<h3>${file}</h3>
        <ol class="code" aria-label="${file}">
          ${linesOf(text).map((line, at) => html`<li id="${lineAnchor(index, at + 1)}"><code>${line}</code></li>`)}
        </ol>`,
  )}`;
} // prettier-ignore

/** The pulse program, word by word. */
export function renderListing(words: readonly ListedWord[], context: PageContext): Html {
  const shown = words.slice(0, MAX_WORDS);
  const cut = words.length > shown.length ? `, the first ${String(shown.length)} of ${String(words.length)} words` : '';
  return html`<h3>Pulse program</h3>
    <p class="lead">Words of the controller's program with the statement that asked for each${cut}.</p>
    <ol class="code listing" aria-label="Pulse program">
      ${shown.map(({ address, text, origin }) => html`<li value="${address}"><code>${text}</code> ${origin && context.place(origin)}</li>`)}
    </ol>`;
} // prettier-ignore

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
