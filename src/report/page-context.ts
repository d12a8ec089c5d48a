/** What the sections of a page share. */
import type { Span } from '../core/span.js';
import { Figures } from './figure.js';
import { html, type Html } from './html.js';
import type { SourceText } from './report-input.js';

export class PageContext {
  readonly figures = new Figures();
  readonly #sources: readonly SourceText[];

  constructor(sources: readonly SourceText[]) {
    this.#sources = sources;
  }

  /** A place of the source, linked where the page shows the file. */
  place({ file, start }: Span): Html {
    const name = file.split(/[\\/]/).at(-1) ?? file;
    const text = `${name}:${String(start.line)}`;
    const index = this.#sources.findIndex((source) => source.file === file);
    if (index < 0) return html`<span class="place">${text}</span>`;
    return html`<a class="place" href="#${lineAnchor(index, start.line)}">${text}</a>`;
  }
} // prettier-ignore

/** Anchor of a line, counted from 1, of the `index`th source text. */
export function lineAnchor(index: number, line: number): string {
  return `source-${String(index + 1)}-line-${String(line)}`;
}
