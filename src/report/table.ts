/** Tables that become lists of rows where a page is narrow. */
import { html, type Html, type HtmlValue } from './html.js';

export interface Column {
  readonly title: string;
  readonly kind?: 'text' | 'number';
}

export interface Table {
  readonly caption: string;
  /** The first one names its rows. */
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly HtmlValue[])[];
  /** A last row that sums up. */
  readonly foot?: readonly HtmlValue[];
}

export function renderTable({ caption, columns, rows, foot }: Table): Html {
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${columns.map(({ title, kind }) => html`<th scope="col" class="${kind ?? 'text'}">${title}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map((cells) => renderRow(columns, cells))}
    </tbody>
    ${foot && html`<tfoot>${renderRow(columns, foot)}</tfoot>`}
  </table>`;
} // prettier-ignore

function renderRow(columns: readonly Column[], cells: readonly HtmlValue[]): Html {
  return html`<tr>
    ${cells.map((cell, index) => {
      const { title = '', kind = 'text' } = columns[index] ?? {};
      if (index === 0) return html`<th scope="row">${cell}</th>`;
      return html`<td class="${kind}" data-label="${title}">${cell}</td>`;
    })}
  </tr>`;
}
