/** Colours for numbers: a sequential scale for conductances, a diverging one for errors. */
import { invariant } from '../core/invariant.js';

/** Anchors at equal distances from 0 to 1; colours between them are interpolated in sRGB. */
export interface ColourScale {
  readonly anchors: readonly string[];
}

/** Viridis, sampled at tenths (S. van der Walt, N. Smith, matplotlib): perceptually uniform, safe for colour blindness. */
export const CONDUCTANCE_SCALE: ColourScale = {
  anchors: [
    '#440154',
    '#482475',
    '#414487',
    '#355f8d',
    '#2a788e',
    '#21918c',
    '#22a884',
    '#44bf70',
    '#7ad151',
    '#bddf26',
    '#fde725',
  ],
};

/** Blue below, near white at the middle, red above (C. Brewer, RdBu reversed). */
export const ERROR_SCALE: ColourScale = {
  anchors: ['#2166ac', '#4393c3', '#92c5de', '#d1e5f0', '#f7f7f7', '#fddbc7', '#f4a582', '#d6604d', '#b2182b'],
};

/** Colour at `position` (0 to 1, clamped) as `#rrggbb`. */
export function colourAt({ anchors }: ColourScale, position: number): string {
  const along = Math.min(1, Math.max(0, Number.isFinite(position) ? position : 0)) * (anchors.length - 1);
  const lower = Math.min(Math.floor(along), anchors.length - 2);
  const [from, to] = [anchors[lower], anchors[lower + 1]];
  invariant(from !== undefined && to !== undefined, 'a colour scale has at least two anchors');
  const channels = [1, 3, 5].map((start) => mix(channel(from, start), channel(to, start), along - lower));
  return `#${channels.join('')}`;
}

function channel(colour: string, start: number): number {
  return Number.parseInt(colour.slice(start, start + 2), 16);
}

function mix(from: number, to: number, share: number): string {
  return Math.floor(from + (to - from) * share + 0.5)
    .toString(16)
    .padStart(2, '0');
}
