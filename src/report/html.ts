/** HTML as a type of its own: every interpolated text is escaped, only literal templates make markup. */

/** Finished markup; made by {@link html} and {@link css} only. */
export interface Html {
  readonly kind: 'html';
  readonly text: string;
}

/** What a template may hold; texts and numbers are escaped, `undefined` leaves nothing. */
export type HtmlValue = Html | string | number | undefined | readonly HtmlValue[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// Characters that HTML forbids: all controls but tab, line feed and carriage return, non-characters, lone surrogates.
const FORBIDDEN = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\uFDD0-\uFDEF\uFFFE\uFFFF\uD800-\uDFFF]/gu;

/** `text` with a sign in place of every character that HTML forbids. */
export function cleanText(text: string): string {
  return text.replace(FORBIDDEN, '\uFFFD');
}

/** Text that stands for itself in element content and in quoted attribute values. */
export function escapeHtml(text: string): string {
  return cleanText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Markup from a literal template; see {@link HtmlValue} for what happens to the values. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const parts = strings.map((literal, index) => literal + markupOf(values[index]));
  return { kind: 'html', text: parts.join('') };
}

/** A style sheet as it stands; it takes no values, so nothing has to be escaped. */
export function css(strings: TemplateStringsArray): Html {
  return { kind: 'html', text: strings.join('') };
}

/** Markup that a renderer of ours has made and escaped, such as a drawing. */
export function drawnMarkup(text: string): Html {
  return { kind: 'html', text };
}

/** Plain data for the page's script, which no browser runs; no text in it can end the element. */
export function dataBlock(data: unknown): Html {
  const text = JSON.stringify(data).replace(
    /[<>&\x7F-\x9F\u2028\u2029\uD800-\uDFFF\uFDD0-\uFDEF\uFFFE\uFFFF]/g,
    escapeUnit,
  );
  return { kind: 'html', text: `<script type="application/json">${text}</script>` };
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function markupOf(value: HtmlValue): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return 'kind' in value ? value.text : value.map(markupOf).join('');
}
