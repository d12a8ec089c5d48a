/** Highlighting: every token of a text and what it is here, names by what they stand for. Keywords may be names. */
import { FUNCTIONS } from '../../dsl/check/functions.js';
import { numeralEnd, scan, type SourceToken } from '../../dsl/parse/scan.js';
import { Comment, keywordTypes, Numeral, Quantity, RESERVED, Text, UnitWord } from '../../dsl/parse/tokens.js';
import { UNIT_SYMBOLS } from '../../units/unit-table.js';
import type { SymbolKind } from '../../dsl/syntax/name-role.js';
import type { Resolver } from '../names/resolver.js';
import type { FileIndex, SymbolDeclaration, Use } from '../names/symbols.js';

/** What a stretch of text is. */
export type TokenKind = 'comment' | 'text' | 'number' | 'unit' | 'keyword' | 'operator' | NameKind;

/** What a name stands for: things that programs are made of, values, functions; `name` where nobody declares it. */
export type NameKind = 'item' | 'value' | 'function' | 'name';

/** A stretch of text, which lies on one line. */
export interface SemanticToken {
  readonly from: number;
  readonly to: number;
  readonly kind: TokenKind;
}

/** The tokens of a file in the order of its text; what begins like no token is left out. */
export function semanticTokens(index: FileIndex, resolver: Resolver): readonly SemanticToken[] {
  const { tokens, comments } = scan(index.text);
  const names = namesOf(index, resolver);
  const all = [...tokens, ...comments].sort((left, right) => left.startOffset - right.startOffset);
  return all.flatMap((token, position) => {
    // Where a unit stands alone it looks like a name
    const isUnit = all[position - 1]?.image === ':' && isKnownUnit(token.image);
    return isUnit ? [wholeOf(token, 'unit')] : partsOf(token, names);
  });
}

function isKnownUnit(image: string): boolean {
  return UNIT_SYMBOLS.includes(image);
}

function wholeOf({ image, startOffset }: SourceToken, kind: TokenKind): SemanticToken {
  return { from: startOffset, to: startOffset + image.length, kind };
}

/** What names stand for, by where they begin. */
function namesOf({ uses, declarations }: FileIndex, resolver: Resolver): ReadonlyMap<number, NameKind> {
  const names = new Map<number, NameKind>();
  for (const declaration of declarations) {
    names.set(declaration.name.span.start.offset, kindOfDeclaration(resolver.follow(declaration)));
  }
  for (const use of uses) names.set(use.name.span.start.offset, kindOfUse(use, resolver));
  return names;
}

function kindOfUse(use: Use, resolver: Resolver): NameKind {
  const declaration = resolver.resolve(use);
  if (declaration) return kindOfDeclaration(resolver.follow(declaration));
  return use.isCall && FUNCTIONS.has(use.name.name) ? 'function' : 'name';
}

/** Kinds of declarations that stand by themselves in a file or a network. */
const ITEMS: readonly SymbolKind[] = [
  'device',
  'rule',
  'module',
  'network',
  'chip',
  'program',
  'data',
  'experiment',
  'population',
  'projection',
  'instance',
];

function kindOfDeclaration(declaration: SymbolDeclaration | undefined): NameKind {
  if (!declaration || declaration.kind === 'import') return 'item';
  return ITEMS.includes(declaration.kind) ? 'item' : 'value';
}

function partsOf(token: SourceToken, names: ReadonlyMap<number, NameKind>): readonly SemanticToken[] {
  const { image, startOffset, tokenType } = token;
  const whole = (kind: TokenKind): readonly SemanticToken[] => [wholeOf(token, kind)];
  switch (tokenType) {
    case Comment:
      return whole('comment');
    case Text:
      return whole('text');
    case Numeral:
      return whole('number');
    case UnitWord:
      return whole('unit');
    case Quantity:
      return quantityParts(token);
  }
  const name = names.get(startOffset);
  if (name !== undefined && !RESERVED.includes(image)) return whole(name);
  if (keywordTypes.has(image)) return whole('keyword');
  return /^\w/.test(image) ? whole('name') : whole('operator');
}

/** The number, and the unit behind it. */
function quantityParts({ image, startOffset }: SourceToken): readonly SemanticToken[] {
  const end = numeralEnd(image, 0);
  const unit = end + image.slice(end).search(/\S/);
  return [
    { from: startOffset, to: startOffset + end, kind: 'number' },
    { from: startOffset + unit, to: startOffset + image.length, kind: 'unit' },
  ];
}
