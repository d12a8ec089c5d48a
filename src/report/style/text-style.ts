/** Text, tables and pairs of a page. */
import { css } from '../html.js';

export const TEXT_STYLE = css`
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
    overflow-wrap: break-word;
  }
  code {
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
  section {
    margin-top: 2rem;
    padding-top: 0.5rem;
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
  .figures {
    display: grid;
    gap: 1px;
    margin: 0;
    background: var(--line);
    border: 1px solid var(--line);
    border-radius: 0.5rem;
    overflow: hidden;
  }
  .facts {
    display: grid;
    gap: 0 2rem;
    margin: 0 0 1.5rem;
    border-top: 1px solid var(--line);
  }
  .figures {
    grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr));
  }
  .facts {
    grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr));
  }
  .figures > div {
    background: var(--card);
    padding: 0.75rem 1rem;
    display: flex;
    flex-direction: column-reverse;
    justify-content: flex-end;
  }
  .facts > div {
    padding: 0.4rem 0;
    border-bottom: 1px solid var(--line);
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 1rem;
    font-size: 0.9rem;
  }
  dt {
    font-size: 0.85rem;
  }
  dd {
    margin: 0;
  }
  .facts dd {
    text-align: right;
    overflow-wrap: break-word;
    flex: 0 1 auto;
    max-width: 65%;
    text-wrap: balance;
  }
  .facts dt {
    flex: 1 1 35%;
  }
  .facts code {
    overflow-wrap: anywhere;
  }
  .figures dd {
    font-size: 1.5rem;
    font-weight: 600;
    line-height: 1.3;
  }
  table {
    border-collapse: collapse;
    width: 100%;
    margin-bottom: 1.5rem;
    font-size: 0.9rem;
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
  .divergence {
    padding: 0.6rem 0.9rem;
    border-left: 3px solid var(--bad);
    background: var(--bad-soft);
  }
  .code {
    margin: 0;
    padding: 0.75rem 0.75rem 0.75rem 3.5rem;
    max-height: 32rem;
    overflow-y: auto;
    line-height: 1.5;
    background: var(--card);
    border: 1px solid var(--line);
    border-radius: 0.5rem;
    font-size: 0.85rem;
  }
  .code li::marker {
    color: var(--muted);
    font-family: ui-monospace, monospace;
  }
  .code code {
    white-space: break-spaces;
    font-size: 0.95em;
  }
  .listing .place {
    float: right;
    margin-left: 1rem;
  }
  footer {
    margin-top: 4rem;
    padding-top: 1rem;
    border-top: 1px solid var(--line);
    font-size: 0.85rem;
  }
`;
