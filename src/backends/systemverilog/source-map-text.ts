/** The source map of a program: for every word its line in the listing and the place in the source that it comes from. */
import type { LegalModule } from '../../ir/legal.js';
import { programWords } from '../../ir/source-map.js';
import { sourceName } from './comment-text.js';

/** A JSON document: the listing's file, and the words by address; words of no place in the source have no `source`. */
export function sourceMapText(module: LegalModule): string {
  const words = programWords(module).map(({ address, listingLine, text, origin }) => ({
    ...{ address, listingLine, text },
    ...(origin && {
      source: { file: sourceName(origin.file), line: origin.start.line, column: origin.start.column },
    }),
  }));
  return `${JSON.stringify({ listing: `${module.name}_listing.txt`, words }, undefined, 2)}\n`;
}
