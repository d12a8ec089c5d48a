/** Where numbers come from: a mark that shows it when pointed at or reached by key, and a list at the end for paper. */
import { html, type Html } from './html.js';

/** The footnotes of one section, each text once. */
export class Footnotes {
  readonly #section: string;
  readonly #texts: string[] = [];

  /** `section` is the anchor of the section, unique on the page. */
  constructor(section: string) {
    this.#section = section;
  }

  /** The mark of a note that says `text`. */
  mark(text: string): Html {
    if (!this.#texts.includes(text)) this.#texts.push(text);
    const number = this.#texts.indexOf(text) + 1;
    return html`<a class="mark" href="#${this.#anchor(number)}" data-tip="${text}" aria-label="source ${number}"
      >${number}</a
    >`;
  }

  /** All notes so far, in the order of their numbers. */
  list(title: string): Html | undefined {
    if (this.#texts.length === 0) return undefined;
    return html`<aside class="footnotes">
      <h4>${title}</h4>
      <ol>
        ${this.#texts.map((text, index) => html`<li id="${this.#anchor(index + 1)}">${text}</li>`)}
      </ol>
    </aside>`;
  }

  #anchor(number: number): string {
    return `${this.#section}-source-${String(number)}`;
  }
}
