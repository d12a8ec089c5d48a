/** Where every word of a program comes from, and where it stands in the program listing. */
import type { Span } from '../core/span.js';
import type { LegalModule } from './legal.js';

/** A word of the program memory. */
export interface ProgramWord {
  readonly address: number;
  /** Line of the program listing, counted from 1. */
  readonly listingLine: number;
  /** The operation in words of the listing's language. */
  readonly text: string;
  /** Absent for `stop`. */
  readonly origin?: Span;
}

/** Lines of the listing above its first word; the template of the listing has so many. */
const LISTING_HEADER_LINES = 3;

/** All words of the program of `module`, by address. */
export function programWords({ program }: Pick<LegalModule, 'program'>): readonly ProgramWord[] {
  return program.listing.map(({ address, text, origin }, index) => ({
    address,
    listingLine: LISTING_HEADER_LINES + 1 + index,
    text,
    ...(origin && { origin }),
  }));
}
