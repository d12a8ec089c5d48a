/** Sentences in which names of the language stand between backticks, as diagnostics and estimates write them. */
import { html, type Html } from './html.js';

/** `text` with what stands between backticks as code. */
export function withCode(text: string): Html {
  // Every second part stands between two of them; a last one alone is a character like any other
  const parts = text.split(/`([^`]*)`/);
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}
