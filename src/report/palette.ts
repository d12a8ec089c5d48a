/**
 * Colours of reports by name. Pages set them as custom properties, for light and dark screens and for paper; plots name
 * them (`var(--muted)`), and pictures that leave the page get their values.
 */
import { html, type Html } from './html.js';

export type ColourName = keyof typeof LIGHT;

/** On white: screens by day, paper, and pictures in files. */
const LIGHT = {
  text: '#1d2327',
  muted: '#5a666e',
  line: '#d9dfe2',
  page: '#fbfcfc',
  card: '#ffffff',
  accent: '#0f6b78',
  'accent-soft': '#e1f0f1',
  bad: '#b3261e',
  'bad-soft': '#fbe6e4',
  // Series, told apart with every kind of colour blindness (M. Okabe, K. Ito), darker where lines are thin
  'series-1': '#0072b2',
  'series-2': '#d55e00',
  'series-3': '#00805d',
  'series-4': '#b0568a',
  'series-5': '#a87400',
  'series-6': '#3d9bd0',
  'series-7': '#5a666e',
  'series-8': '#7a3b00',
} as const;

/** On near black. */
const DARK: Readonly<Record<ColourName, string>> = {
  text: '#e4e9eb',
  muted: '#9aa7ae',
  line: '#313b41',
  page: '#14191c',
  card: '#1b2226',
  accent: '#6ccbd4',
  'accent-soft': '#14383d',
  bad: '#ff9a90',
  'bad-soft': '#43201d',
  'series-1': '#56b4e9',
  'series-2': '#ff8c42',
  'series-3': '#2fc79a',
  'series-4': '#e8a0c8',
  'series-5': '#f0bb3a',
  'series-6': '#a6d8f5',
  'series-7': '#9aa7ae',
  'series-8': '#c98a5a',
};

/** Colours of series in their order; more series begin again. */
export const SERIES_COLOURS = Object.keys(LIGHT)
  .filter((name) => name.startsWith('series-'))
  .map((name) => `var(--${name})`);

/** The custom properties of one appearance, for a style sheet. */
export function paletteProperties(appearance: 'light' | 'dark'): Html {
  return html`${Object.entries(appearance === 'light' ? LIGHT : DARK).map(([name, value]) => html`--${name}: ${value};`)}`;
}

/** `markup` with the colours on white in place of their names. */
export function withPaperColours(markup: string): string {
  return markup.replace(/var\(--([\w-]+)\)/g, (whole, name: string) => LIGHT[name as ColourName] ?? whole);
}
