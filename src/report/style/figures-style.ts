/** Figures, tips, tabs and marks. */
import { css } from '../html.js';

export const FIGURE_STYLE = css`
  .image {
    margin: 1.5rem 0 2rem;
  }
  .plots {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(21.5rem, 100%), 1fr));
    gap: 1.25rem;
    align-items: start;
    margin-bottom: 1.25rem;
  }
  figure {
    margin: 0;
    padding: 0.75rem;
    min-width: 0;
    background: var(--card);
    border: 1px solid var(--line);
    border-radius: 0.5rem;
  }
  figcaption {
    font-size: 0.9rem;
    font-weight: 600;
    line-height: 1.35;
    margin-bottom: 0.5rem;
  }
  .drawing svg {
    display: block;
    max-width: 100%;
    height: auto;
    margin: 0 auto;
  }
  .drawing svg:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .exports {
    display: flex;
    gap: 0.4rem;
    margin-top: 0.5rem;
  }
  .exports[hidden] {
    display: none;
  }
  button {
    font: inherit;
    font-size: 0.75rem;
    padding: 0.15rem 0.6rem;
    color: var(--accent);
    background: none;
    border: 1px solid var(--line);
    border-radius: 0.3rem;
    cursor: pointer;
  }
  button:hover {
    border-color: var(--accent);
  }
  .note {
    margin: 0.35rem 0 0;
    font-size: 0.8rem;
  }
  .tip {
    position: absolute;
    z-index: 2;
    max-width: min(24rem, calc(100vw - 1rem));
    padding: 0.35rem 0.6rem;
    border-radius: 0.3rem;
    background: var(--text);
    color: var(--page);
    font-size: 0.8rem;
    line-height: 1.4;
    pointer-events: none;
  }
  .tip[hidden] {
    display: none;
  }
  .tabs {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1.5rem;
    margin-top: 1.25rem;
    border-bottom: 1px solid var(--line);
  }
  .tabs a {
    padding: 0.4rem 0;
    color: var(--muted);
    text-decoration: none;
    border-bottom: 2px solid transparent;
    margin-bottom: -1px;
  }
  .tabs a:hover,
  .tabs a[aria-selected='true'] {
    color: var(--accent);
  }
  .tabs a[aria-selected='true'] {
    border-bottom-color: var(--accent);
    font-weight: 600;
  }
  .mark {
    font-size: 0.75rem;
    vertical-align: super;
    line-height: 1;
    padding: 0 0.2rem;
  }
  .footnotes {
    margin-top: 1.5rem;
    font-size: 0.85rem;
    color: var(--muted);
  }
  .footnotes ol {
    margin: 0;
    padding-left: 1.75rem;
  }
  .footnotes li:target,
  .code li:target {
    background: var(--accent-soft);
    color: var(--text);
  }
  .number-of {
    display: inline-block;
    min-width: 1.3rem;
    color: var(--muted);
  }
  .point {
    margin-top: 2.5rem;
    padding-top: 1rem;
    border-top: 1px dashed var(--line);
  }
  .point > h3:first-child {
    margin-top: 0;
    font-size: 1.25rem;
  }
  .strips {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(34.6rem, 100%), 1fr));
    gap: 0.75rem;
  }
  .strip {
    overflow-x: auto;
    min-width: 0;
    border: 1px solid var(--line);
    border-radius: 0.5rem;
    background: var(--card);
  }
  .strip svg {
    display: block;
  }
`;
