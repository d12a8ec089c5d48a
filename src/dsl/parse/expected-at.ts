/** What may stand at a place of a text, read off the grammar: the question behind completion. */
import type { IToken } from 'chevrotain';
import { ITEMS } from '../syntax/file.js';
import type { NameRole } from '../syntax/name-role.js';
import type { ClauseSet, PartKind, ShapeSpec } from '../syntax/shape.js';
import { beginningOf, elementsOf, INVENTORY, KEYWORDS } from '../syntax/walk.js';
import { mayBeginWith, ruleName } from './expectations.js';
import { PARSER } from './machines.js';
import { scan } from './scan.js';
import * as t from './tokens.js';

/** One thing that may stand at the place. */
export type Expected =
  /** A keyword; `opens` where it begins a clause. */
  | { readonly kind: 'word'; readonly word: string; readonly shape: ShapeSpec | undefined; readonly opens: boolean }
  /** A name that fills `field` of a construct. */
  | { readonly kind: 'name'; readonly role: NameRole | undefined; readonly shape: ShapeSpec; readonly field: string }
  /** An operand: names of values, functions, numbers. */
  | { readonly kind: 'operand' }
  /** The name of a distribution or another function. */
  | { readonly kind: 'callee' }
  /** A unit; behind a number where `hasNumber`. */
  | { readonly kind: 'unit'; readonly hasNumber: boolean }
  | { readonly kind: 'text'; readonly shape: ShapeSpec | undefined };

/** A place of a text as the grammar sees it. */
export interface Expectations {
  /** The block around the place. */
  readonly set: ClauseSet;
  /** Where the word begins that is being typed, or the place itself. */
  readonly from: number;
  /** Names with dots behind them before the place: `window` in `window.lo`. */
  readonly qualifiers: readonly string[];
  /** The tokens of the clause before the place, as written. */
  readonly before: readonly string[];
  readonly expected: readonly Expected[];
}

/** What may stand at `offset` of `text`; undefined inside of comments and texts. */
export function expectedAt(text: string, offset: number): Expectations | undefined {
  const from = startOfWord(text, offset);
  const prefix = text.slice(0, from);
  const { tokens, comments, strays } = scan(prefix);
  if (isInside(comments.at(-1), prefix) || strays.some((stray) => isInside(stray, prefix))) return undefined;
  const { set, start } = innermostClause(tokens);
  const isFresh = /(^|[\r\n])[ \t]*$/.test(prefix) && tokens.length > start;
  const clause = tokens.slice(start);
  const fresh = isFresh ? nextTokens(set, []) : [];
  return {
    set,
    from,
    qualifiers: qualifiersBefore(clause),
    before: clause.map(({ image }) => image),
    expected: [...fresh, ...nextTokens(set, clause)],
  };
}

/** Hyphens belong to a word only where a keyword goes on like this. */
function startOfWord(text: string, offset: number): number {
  const line = text.slice(Math.max(0, offset - 64), offset);
  const [hyphenated = ''] = /[A-Za-z][A-Za-z-]*$/.exec(line) ?? [];
  if (hyphenated.includes('-') && KEYWORDS.some((word) => word.startsWith(hyphenated)))
    return offset - hyphenated.length;
  const [word = ''] = /[A-Za-z_\u00b0\u00b5\u03bc\u2126\u03a9][A-Za-z0-9_\u00b5\u03bc\u2126\u03a9]*$/.exec(line) ?? [];
  return offset - word.length;
}

/** Whether the text goes on inside `token`: nothing ends its line. */
function isInside(token: IToken | undefined, prefix: string): boolean {
  return token !== undefined && token.startOffset + token.image.length === prefix.length;
}

interface ClauseStart {
  readonly set: ClauseSet;
  /** Index of the first token of the clause. */
  readonly start: number;
}

/**
 * The clause at the end of the tokens. It is found without the parser, because what is being typed is rarely
 * whole: clauses begin at the start of a line or behind a brace or comma, with a word that begins one.
 */
function innermostClause(tokens: readonly IToken[]): ClauseStart {
  const open: ClauseStart[] = [];
  let here: ClauseStart = { set: ITEMS, start: 0 };
  tokens.forEach((token, index) => {
    const previous = tokens[index - 1];
    if (token.tokenType === t.LeftCurly) {
      open.push(here);
      here = { set: blockOf(here, tokens) ?? here.set, start: index + 1 };
    } else if (token.tokenType === t.RightCurly) {
      here = { set: open.pop()?.set ?? ITEMS, start: index + 1 };
    } else if (previous && index > here.start && begins(token, previous, here.set)) {
      here = { ...here, start: index };
    } else if (token.tokenType === t.Comma && isSettings(here.set)) {
      here = { ...here, start: index + 1 };
    }
  });
  return here;
}

function begins(token: IToken, previous: IToken, set: ClauseSet): boolean {
  if (token.startLine === previous.startLine) return false;
  return set.shapes.map(beginningOf).some(({ words, first }) => {
    return first?.kind === 'word' ? words.includes(token.image) : isName(token) && !isIncomplete(previous);
  });
}

function isName({ image }: IToken): boolean {
  return /^[A-Za-z_]\w*$/.test(image) && !t.RESERVED.includes(image);
}

/** Whether a clause goes on behind the token: an operator or mark that wants something. */
function isIncomplete({ image }: IToken): boolean {
  return !/[\w")\]}%]$/.test(image);
}

/** Settings stand on one line, with commas between them. */
function isSettings(set: ClauseSet): boolean {
  return set.shapes.every(({ elements: [first] }) => first?.kind === 'part');
}

/** The clauses of the block that the clause opens. */
function blockOf({ set, start }: ClauseStart, tokens: readonly IToken[]): ClauseSet | undefined {
  const word = tokens[start]?.image;
  const candidates = set.shapes.filter((shape) => mayBeginWith(beginningOf(shape), word));
  const blocks = candidates.flatMap(elementsOf).filter((element) => element.kind === 'block');
  return blocks[0]?.clauses();
}

function qualifiersBefore(clause: readonly IToken[]): string[] {
  const names: string[] = [];
  for (let index = clause.length - 1; clause[index]?.tokenType === t.Dot; index -= 2) {
    const name = clause[index - 1];
    if (!name || !isName(name)) break;
    names.unshift(name.image);
  }
  return names;
}

/** Chevrotain's content assist, in terms of the shapes. */
function nextTokens(set: ClauseSet, clause: readonly IToken[]): Expected[] {
  return PARSER.computeContentAssist(set.name, [...clause]).flatMap(
    ({ nextTokenType: token, nextTokenOccurrence, ruleStack }): Expected[] => {
      const shape = shapesByRule.get(ruleStack.at(-1) ?? '');
      const [, word] = /^keyword (.*)$/.exec(token.name) ?? [];
      if (word !== undefined) return [{ kind: 'word', word, shape, opens: clause.length === 0 }];
      if (token === t.Text) return [{ kind: 'text', shape }];
      if (token === t.Name) return ruleStack.at(-1) === 'numeral' ? [{ kind: 'unit', hasNumber: true }] : [];
      return token === t.Identifier ? expectedName(ruleStack, shape, nextTokenOccurrence) : [];
    },
  );
}

function expectedName(ruleStack: readonly string[], shape: ShapeSpec | undefined, occurrence: number): Expected[] {
  if (shape) return [{ kind: 'name', shape, ...nameOf(shape, occurrence) }];
  const outer = shapesByRule.get(ruleStack.at(-2) ?? '');
  switch (ruleStack.at(-1)) {
    case 'reference':
      return outer ? [{ kind: 'name', shape: outer, ...referenceOf(outer) }] : [{ kind: 'operand' }];
    case 'call':
      return [{ kind: 'callee' }];
    case 'simpleUnit':
      return [{ kind: 'unit', hasNumber: false }];
    default:
      return [];
  }
}

const shapesByRule: ReadonlyMap<string, ShapeSpec> = new Map(INVENTORY.shapes.map((shape) => [ruleName(shape), shape]));

interface NamedField {
  readonly field: string;
  readonly role: NameRole | undefined;
}

/** The parser numbers the names of a shape in the order of its elements; a list has two, its first and the others. */
function nameOf(shape: ShapeSpec, occurrence: number): NamedField {
  const names = fieldsOf(shape, 'name').flatMap(({ isList, ...named }) => (isList ? [named, named] : [named]));
  return names[occurrence] ?? { field: '', role: undefined };
}

function referenceOf(shape: ShapeSpec): NamedField {
  return fieldsOf(shape, 'reference')[0] ?? { field: '', role: undefined };
}

/** The fields that are such a part, or a list of it. */
function fieldsOf(shape: ShapeSpec, wanted: PartKind): (NamedField & { readonly isList: boolean })[] {
  return elementsOf(shape).flatMap((element) => {
    const isList = element.kind === 'list';
    const part = isList ? element.item : element;
    if (part.kind !== 'part' || part.part !== wanted || !('field' in element)) return [];
    return [{ field: element.field, role: part.role, isList }];
  });
}
