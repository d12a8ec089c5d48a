/** Files that a command has made and may replace: their first line says so, with a digest of what follows. */
import { createHash } from 'node:crypto';
import type { FileHost } from '../core/file-host.js';

/** What begins a comment in files of that kind. */
export type CommentSign = '//' | '#';

/** Bytes of a file that is looked at, at most. */
const MAX_BYTES = 2 ** 28;

/** Digits of the digest that are kept: enough to tell an edit. */
const DIGITS = 16;

/** `text` behind the line that marks it as ours. */
export function ownText(command: string, sign: CommentSign, text: string): string {
  return `${sign} ${mark(command, text)}\n${text}`;
}

/** Why the file at `place` is not one that the command made and nobody has changed; undefined where it is, or is not there. */
export function foreignReason(command: string, place: string, host: FileHost): string | undefined {
  const bytes = host.readBytes(place, MAX_BYTES);
  if (!(bytes instanceof Uint8Array)) return bytes.reason === 'missing' ? undefined : bytes.text;
  const text = new TextDecoder().decode(bytes);
  const end = text.indexOf('\n');
  const first = end < 0 ? text : text.slice(0, end);
  if (!/^(\/\/|#) ionloom /.test(first)) return `\`ionloom ${command}\` did not make it`;
  const rest = end < 0 ? '' : text.slice(end + 1);
  return first.endsWith(` ${mark(command, rest)}`) ? undefined : `it was changed since \`ionloom ${command}\` made it`;
}

function mark(command: string, text: string): string {
  // Node's own is some ten times as fast as one in JavaScript, and weights are megabytes
  return `ionloom ${command} ${createHash('sha256').update(text).digest('hex').slice(0, DIGITS)}`;
}
