/** What changes on narrow screens and on paper. */
import { css } from '../html.js';

export const MEDIA_STYLE = css`
  @media (max-width: 44rem) {
    body {
      padding: 1.5rem 1rem 3rem;
    }
    figure {
      padding: 0.6rem 0.4rem;
    }
    .figures {
      grid-template-columns: 1fr 1fr;
    }
    .facts {
      grid-template-columns: 1fr;
    }
    /* Tables become lists: a row is a card, its cells have their column's name before them */
    thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    table,
    caption,
    tbody,
    tfoot,
    tr,
    tbody th,
    tfoot th,
    td {
      display: block;
    }
    tr {
      padding: 0.5rem 0;
      border-bottom: 1px solid var(--line);
    }
    tbody th,
    tfoot th,
    td {
      padding: 0.1rem 0;
      border: 0;
    }
    td {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 0 1rem;
      text-align: right;
    }
    td:empty {
      display: none;
    }
    td::before {
      content: attr(data-label);
      color: var(--muted);
    }
    .code {
      padding-left: 2.75rem;
    }
  }
  @media screen {
    .away {
      display: none;
    }
  }
  @media print {
    @page {
      margin: 14mm;
    }
    body {
      max-width: none;
      padding: 0;
      font-size: 10pt;
    }
    .tabs,
    .exports,
    .tip {
      display: none !important;
    }
    section {
      break-before: page;
      border-top: 0;
      margin-top: 0;
      padding-top: 0;
    }
    #summary {
      break-before: auto;
    }
    h2,
    h3,
    h4 {
      break-after: avoid;
    }
    .plots {
      grid-template-columns: 1fr 1fr 1fr;
      gap: 0.6rem;
    }
    figure {
      padding: 0.4rem;
    }
    figure,
    tr,
    .figures,
    .strip {
      break-inside: avoid;
    }
    .strip {
      overflow: visible;
    }
    .strip svg {
      max-width: 100%;
      height: auto;
    }
    .facts {
      grid-template-columns: 1fr 1fr;
    }
    .code {
      max-height: none;
      overflow: visible;
    }
    .badge,
    .drawing svg {
      print-color-adjust: exact;
      -webkit-print-color-adjust: exact;
    }
  }
`;
