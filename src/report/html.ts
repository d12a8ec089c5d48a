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

/** Text that stands for itself in element content and in quoted attribute values. */
export function escapeHtml(text: string): string {
  return text.replace(FORBIDDEN, '\uFFFD').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
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

function markupOf(value: HtmlValue): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return 'kind' in value ? value.text : value.map(markupOf).join('');
}
