/** The report's only style sheet: one accent colour, tabular numerals, light and dark, print. */
import { css } from './html.js';

/** Content of the page's style element. */
export const STYLESHEET = css`
  :root {
    color-scheme: light dark;
    --text: #1d2327;
    --muted: #5a666e;
    --line: #d9dfe2;
    --page: #fbfcfc;
    --card: #ffffff;
    --accent: #0f6b78;
    --accent-soft: #e1f0f1;
    --bad: #b3261e;
    --bad-soft: #fbe6e4;
  }
  @media (prefers-color-scheme: dark) {
    :root {
      --text: #e4e9eb;
      --muted: #9aa7ae;
      --line: #313b41;
      --page: #14191c;
      --card: #1b2226;
      --accent: #6ccbd4;
      --accent-soft: #14383d;
      --bad: #ff9a90;
      --bad-soft: #43201d;
    }
  }
  * {
    box-sizing: border-box;
  }
  body {
    margin: 0 auto;
    padding: 2.5rem 1.25rem 4rem;
    max-width: 76rem;
    background: var(--page);
    color: var(--text);
    font:
      1rem/1.55 system-ui,
      -apple-system,
      sans-serif;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  h1,
  h2,
  h3,
  h4 {
    line-height: 1.25;
    font-weight: 600;
    text-wrap: balance;
  }
  h1 {
    margin: 0 0 0.25rem;
    font-size: 2rem;
    letter-spacing: -0.01em;
  }
  h2 {
    margin: 0 0 1.25rem;
    font-size: 1.5rem;
    display: flex;
    flex-wrap: wrap;
    gap: 0.35rem 0.85rem;
    align-items: center;
  }
  h3 {
    margin: 2.5rem 0 0.6rem;
    font-size: 1.1rem;
  }
  h4 {
    margin: 0 0 0.75rem;
    font-size: 1rem;
  }
  p {
    margin: 0 0 0.75rem;
    max-width: 46rem;
  }
  a {
    color: var(--accent);
    text-underline-offset: 0.2em;
  }
  code,
  pre,
  .place {
    font-family: ui-monospace, monospace;
    font-size: 0.875em;
  }
  .eyebrow {
    margin: 0 0 0.4rem;
    color: var(--accent);
    font-size: 0.8rem;
    font-weight: 600;
    letter-spacing: 0.08em;
    text-transform: uppercase;
  }
  .lead,
  .note,
  caption,
  dt,
  footer {
    color: var(--muted);
  }
  .overview {
    list-style: none;
    margin: 1.25rem 0 0;
    padding: 0;
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem 2rem;
  }
  section {
    margin-top: 3rem;
    padding-top: 2rem;
    border-top: 1px solid var(--line);
  }
  .badge {
    display: inline-block;
    padding: 0.1rem 0.6rem;
    border-radius: 1rem;
    font-size: 0.8rem;
    font-weight: 600;
    line-height: 1.5;
    white-space: nowrap;
  }
  .badge.ok {
    color: var(--accent);
    background: var(--accent-soft);
  }
  .badge.bad {
    color: var(--bad);
    background: var(--bad-soft);
  }
  .figures,
  .facts {
    display: grid;
    gap: 1px;
    margin: 0;
    background: var(--line);
    border: 1px solid var(--line);
    border-radius: 0.5rem;
    overflow: hidden;
  }
  .figures {
    grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr));
  }
  .facts {
    grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr));
  }
  .figures div,
  .facts div {
    background: var(--card);
    padding: 0.75rem 1rem;
    display: flex;
    flex-direction: column-reverse;
    justify-content: flex-end;
  }
  .facts div {
    padding: 0.5rem 1rem;
    flex-direction: row;
    justify-content: space-between;
    gap: 1rem;
  }
  dt {
    font-size: 0.85rem;
  }
  dd {
    margin: 0;
  }
  .facts dd {
    white-space: nowrap;
  }
  .figures dd {
    font-size: 1.5rem;
    font-weight: 600;
    line-height: 1.3;
  }
  .scroll {
    overflow-x: auto;
  }
  table {
    border-collapse: collapse;
    width: 100%;
    min-width: 34rem;
    font-size: 0.9rem;
  }
  table.energy {
    min-width: 54rem;
  }
  caption {
    text-align: left;
    padding-bottom: 0.4rem;
    font-size: 0.85rem;
  }
  th,
  td {
    text-align: left;
    vertical-align: baseline;
    padding: 0.45rem 1.25rem 0.45rem 0;
    border-bottom: 1px solid var(--line);
    font-weight: 400;
    overflow-wrap: normal;
  }
  thead th {
    color: var(--muted);
    font-size: 0.8rem;
  }
  tfoot th,
  tfoot td {
    border-bottom: 0;
    font-weight: 600;
  }
  .number {
    text-align: right;
    white-space: nowrap;
  }
  .basis {
    display: block;
    color: var(--muted);
    font-size: 0.8rem;
  }
  .source {
    color: var(--muted);
    font-size: 0.8rem;
    max-width: 22rem;
  }
  .image {
    margin: 1.5rem 0 2rem;
  }
  .maps {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr));
    gap: 1.25rem;
  }
  figure {
    margin: 0;
    max-width: 20rem;
  }
  figcaption {
    font-size: 0.85rem;
    margin-bottom: 0.35rem;
  }
  figure svg {
    display: block;
    width: 100%;
    height: auto;
    aspect-ratio: 1;
    background: var(--card);
    border: 1px solid var(--line);
  }
  .histogram {
    border-color: transparent;
    background: none;
  }
  .histogram .bar {
    fill: var(--accent);
  }
  .histogram .axis {
    stroke: var(--muted);
    stroke-width: 1;
  }
  .histogram .zero {
    stroke: var(--line);
    stroke-width: 1;
    stroke-dasharray: 3 3;
  }
  .histogram text {
    fill: var(--muted);
    font-size: 13px;
  }
  .curves {
    width: 100%;
    max-width: 34rem;
  }
  .curves text {
    fill: var(--muted);
    font-size: 12px;
  }
  .curves .grid {
    stroke: var(--line);
  }
  .curves polyline {
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
  }
  .curves circle {
    fill: currentColor;
  }
  .series-1 {
    color: var(--accent);
  }
  .series-2 {
    color: #b2182b;
  }
  .series-3 {
    color: #4d9221;
  }
  .series-4 {
    color: #8073ac;
  }
  .plot-legend {
    justify-content: flex-start;
    gap: 1rem;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    margin-top: 0.35rem;
    font-size: 0.75rem;
    color: var(--muted);
  }
  .ramp {
    flex: 0 0 100%;
    height: 0.4rem;
    border-radius: 0.2rem;
    margin-bottom: 0.15rem;
  }
  .note {
    margin: 0.25rem 0 0;
    font-size: 0.8rem;
  }
  .shares {
    list-style: none;
    margin: 0 0 1.25rem;
    padding: 0;
    max-width: 46rem;
  }
  .shares li {
    display: grid;
    grid-template-columns: 9rem 1fr 5rem 4.5rem;
    gap: 0.75rem;
    align-items: center;
    padding: 0.2rem 0;
    font-size: 0.9rem;
  }
  .track {
    height: 0.6rem;
    border-radius: 0.3rem;
    background: var(--accent-soft);
    overflow: hidden;
  }
  .fill {
    display: block;
    height: 100%;
    background: var(--accent);
  }
  .share-energy,
  .share-part {
    text-align: right;
    white-space: nowrap;
  }
  .share-part {
    color: var(--muted);
  }
  .divergence {
    padding: 0.6rem 0.9rem;
    border-left: 3px solid var(--bad);
    background: var(--bad-soft);
  }
  .listing {
    margin: 0;
    padding: 1rem;
    max-height: 26rem;
    overflow: auto;
    line-height: 1.5;
    background: var(--card);
    border: 1px solid var(--line);
    border-radius: 0.5rem;
    white-space: pre;
    overflow-wrap: normal;
  }
  footer {
    margin-top: 4rem;
    padding-top: 1rem;
    border-top: 1px solid var(--line);
    font-size: 0.85rem;
  }
  @media (max-width: 32rem) {
    body {
      padding-top: 1.5rem;
    }
    table:not(.energy) {
      min-width: 0;
      font-size: 0.8rem;
    }
    th,
    td {
      padding-right: 0.6rem;
    }
    .maps {
      grid-template-columns: 1fr 1fr;
    }
    .figures {
      grid-template-columns: 1fr 1fr;
    }
    .shares li {
      grid-template-columns: 1fr auto auto;
    }
    .shares .track {
      grid-row: 2;
      grid-column: 1 / -1;
    }
  }
  @media print {
    body {
      max-width: none;
      padding: 0;
      font-size: 10pt;
    }
    section {
      break-before: page;
      border-top: 0;
      margin-top: 0;
    }
    .image,
    figure,
    tr,
    .figures {
      break-inside: avoid;
    }
    .listing {
      max-height: none;
      white-space: pre-wrap;
    }
    .ramp,
    .fill,
    rect,
    .badge {
      print-color-adjust: exact;
      -webkit-print-color-adjust: exact;
    }
  }
`;
