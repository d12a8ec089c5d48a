/** Names with their values, as a grid of pairs. */
import { html, type Html, type HtmlValue } from './html.js';

export type Fact = readonly [name: string, value: HtmlValue];

/** Small pairs beside each other. */
export function renderFacts(facts: readonly Fact[]): Html {
  return renderPairs('facts', facts);
}

/** The few numbers that matter, in large type. */
export function renderKeyFigures(facts: readonly Fact[]): Html {
  return renderPairs('figures', facts);
}

function renderPairs(className: string, facts: readonly Fact[]): Html {
  return html`<dl class="${className}">
    ${facts.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}
