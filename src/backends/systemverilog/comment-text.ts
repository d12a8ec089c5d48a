/** User text on its way into comments and documents: printable ASCII, no paths beyond the file's own name. */
import type { Span } from '../../core/span.js';

/** File name without folders, in characters that end no comment and no table cell. */
export function sourceName(path: string): string {
  const base = path.split(/[\\/]/).at(-1) ?? '';
  return base.replace(/[^A-Za-z0-9_.@+-]/g, '_').slice(0, 80);
}

/** `image.ion:20:1`. */
export function placeOf(origin: Span): string {
  return `${sourceName(origin.file)}:${String(origin.start.line)}:${String(origin.start.column)}`;
}
