/** The report's colors for this page, whose theme can be chosen: plots name them. */
import { paletteProperties } from '../../src/report/palette.js';
import { create } from './dom.js';

/** Puts the colors of both appearances into the page. */
export function addPalette(): void {
  const [light, dark] = [paletteProperties('light').text, paletteProperties('dark').text];
  const rules = [
    `:root { ${light} }`,
    `:root[data-theme='dark'] { ${dark} }`,
    `@media (prefers-color-scheme: dark) { :root[data-theme='auto'] { ${dark} } }`,
  ];
  document.head.append(create('style', { textContent: rules.join('\n') }));
}
