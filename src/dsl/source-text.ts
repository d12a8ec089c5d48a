/** Source files as text, within the limits of the language. */
import type { FileHost } from '../core/file-host.js';

/**
 * Bytes of one source file, at most: some 20,000 lines. Checking a megabyte takes up to half a second, and whatever the
 * text is, the answer has to come within a second.
 */
export const MAX_SOURCE_BYTES = 2 ** 20;

/** Why there is no text. */
export interface TextFault {
  readonly kind: 'unreadable' | 'too-large' | 'not-utf8';
  /** In words for a message. */
  readonly text: string;
}

/** The text of `file` without its byte order mark. Line ends stay as they are; the lexer takes them all. */
export function readSourceText(file: string, host: FileHost): string | TextFault {
  const bytes = host.readBytes(file, MAX_SOURCE_BYTES);
  if (!(bytes instanceof Uint8Array)) {
    return { kind: bytes.reason === 'too-large' ? 'too-large' : 'unreadable', text: bytes.text };
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { kind: 'not-utf8', text: 'it is not UTF-8 text' };
  }
}
