/** The report's only style sheet: one accent colour, tabular numerals, light and dark, print. */
import { html, type Html } from './html.js';
import { paletteProperties } from './palette.js';
import { FIGURE_STYLE } from './style/figures-style.js';
import { MEDIA_STYLE } from './style/media-style.js';
import { TEXT_STYLE } from './style/text-style.js';

/** Content of the page's style element. */
export function styleSheet(): Html {
  return html`:root { color-scheme: light dark; ${paletteProperties('light')} } @media screen and
  (prefers-color-scheme: dark) { :root { ${paletteProperties('dark')} } } ${TEXT_STYLE} ${FIGURE_STYLE} ${MEDIA_STYLE}`;
} // prettier-ignore
