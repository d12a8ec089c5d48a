/** Faults of scanner and parser as diagnostics. */
import type { IToken } from 'chevrotain';
import type { DiagnosticBag } from '../../core/diagnostic.js';
import { nearestName } from '../../core/nearest.js';
import { EOF } from '../chevrotain.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { wordsIn } from './expectations.js';
import { spanOfToken } from './places.js';
import type { SyntaxFault } from './syntax-faults.js';

/** Points at the first character of `stray`. */
export function reportStray(file: string, stray: IToken, diagnostics: DiagnosticBag): void {
  const character = String.fromCodePoint(stray.image.codePointAt(0) ?? 0);
  const span = spanOfToken(file, { ...stray, image: character });
  if (character === '"') diagnostics.report(DSL_CATALOGUE, 'unterminated-text', {}, { span });
  else diagnostics.report(DSL_CATALOGUE, 'unexpected-character', { character: nameCharacter(character) }, { span });
}

function nameCharacter(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `\`${character}\` (${code})` : code;
}

/** Points at the token of `fault`, or behind the one before it where something is missing. */
export function reportSyntaxFault(file: string, fault: SyntaxFault, diagnostics: DiagnosticBag): void {
  const { token, previous, expected, alternatives = [], opened } = fault;
  const isAtEnd = token.tokenType === EOF;
  const isGap = isAtEnd || fault.isGap === true;
  const found = isAtEnd ? 'the end' : isGap ? 'the end of the line' : `\`${token.image}\``;
  const words = [...wordsIn(expected), ...alternatives].filter((word) => word !== token.image);
  const nearest = isGap ? undefined : nearestName(token.image, words);
  const hint = isGap ? undefined : hintFor(fault);
  const place = spanOfToken(file, isGap ? previous : token);
  const span = isGap ? { ...place, start: place.end } : place;
  const related = opened && [{ message: 'opened here', span: spanOfToken(file, opened) }];
  diagnostics.report(DSL_CATALOGUE, 'syntax', { expected, found, nearest, hint }, { span, related });
}

/** What the author may have had in mind: habits of other languages, and blanks that matter. */
function hintFor({ token: { image }, previous, expected }: SyntaxFault): string | undefined {
  const before = previous.image;
  if (image === '*' && before === '*') return 'a power is written `x ^ 2`';
  if (image === '*' && before === '/') return 'a comment starts with `//` and ends with the line';
  if (image === '=' && expected === '`{`') return 'conditions compare with `==`';
  if (expected === '`x`' && /^x\d/.test(image)) return 'set the `x` off by blanks: `5 x 5`';
  // Behind `x += 1`, the name of the next statement is taken for a unit
  const isTarget = /^[+*-]=$/.test(image) && /^\w+$/.test(before);
  return isTarget ? `\`${before}\` was read as a part of what stands before it: begin a new line with it` : undefined;
}
