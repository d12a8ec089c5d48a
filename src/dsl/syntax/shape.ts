/**
 * The vocabulary in which the language's constructs are described. A shape lists what stands one after another in a
 * construct; the parser, the syntax tree's types, the printer, completion and the manual all read the same shapes.
 */
import type { NameRole } from './name-role.js';
import type {
  Block,
  CallNode,
  ClauseBase,
  ExpressionNode,
  ExtentNode,
  Identifier,
  RangeNode,
  ReferenceNode,
  TextLiteral,
  UnitName,
} from './nodes.js';

/** What a construct may be made of, with the type of the node field that it fills. */
export interface Parts {
  readonly name: Identifier;
  readonly text: TextLiteral;
  readonly expression: ExpressionNode;
  /** `low .. high`. */
  readonly range: RangeNode;
  /** A value or `low .. high`. */
  readonly extent: ExtentNode;
  readonly unit: UnitName;
  /** A name with dots. */
  readonly reference: ReferenceNode;
  /** `normal(1, 12 %)`. */
  readonly call: CallNode;
}

export type PartKind = keyof Parts;

/** Punctuation of constructs; that of expressions is the parser's own. */
export type PunctuationMark = '=' | '+=' | '-=' | '*=' | ':' | ',' | '.' | '~' | '->' | '(' | ')' | '[' | ']';

/** How the clauses of a block are laid out. */
export type BlockLayout = 'lines' | 'inline' | 'single';

/** An element as data. */
export type ElementSpec =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'mark'; readonly mark: PunctuationMark }
  | { readonly kind: 'part'; readonly field: string; readonly part: PartKind; readonly role?: NameRole }
  | { readonly kind: 'enumeration'; readonly field: string; readonly words: readonly string[] }
  | { readonly kind: 'marks'; readonly field: string; readonly marks: readonly PunctuationMark[] }
  | { readonly kind: 'flag'; readonly field: string; readonly word: string }
  | { readonly kind: 'optional'; readonly elements: readonly ElementSpec[] }
  | { readonly kind: 'node'; readonly field: string; readonly shape: () => ShapeSpec }
  | { readonly kind: 'list'; readonly field: string; readonly separator: ',' | '.'; readonly item: ListItem }
  | { readonly kind: 'choice'; readonly field: string; readonly shapes: readonly ShapeSpec[] }
  | {
      readonly kind: 'block';
      readonly field: string;
      readonly clauses: () => ClauseSet;
      /** `inline`: on one line where it fits; `single`: on one line where it is one clause that fits. */
      readonly layout: BlockLayout;
    };

export type ListItem =
  | { readonly kind: 'part'; readonly part: PartKind; readonly role?: NameRole }
  | { readonly kind: 'node'; readonly shape: () => ShapeSpec };

/** A construct as data: a clause, an item or a part of one. */
export interface ShapeSpec {
  readonly kind: string;
  /** What it is for, in one sentence: hover text and manual. */
  readonly summary: string;
  readonly elements: readonly ElementSpec[];
}

/** The clauses that may stand in one kind of block, in the order of the manual. */
export interface ClauseSet {
  /** Singular noun for messages, for example `device clause`. */
  readonly name: string;
  readonly shapes: readonly ShapeSpec[];
}

declare const FIELDS: unique symbol;
declare const NODE: unique symbol;

/** An element whose node fields are `Fields`. */
export type Element<Fields> = ElementSpec & { readonly [FIELDS]?: Fields };

/** A shape whose node is `Node`. */
export type Shape<Node> = ShapeSpec & { readonly [NODE]?: Node };

/** The node of a shape. */
export type NodeOf<Described> = Described extends { readonly [NODE]?: infer Node } ? NonNullable<Node> : never;

type FieldsOf<Elements> = Elements extends readonly [infer First, ...infer Rest]
  ? (First extends { readonly [FIELDS]?: infer Fields } ? Fields : unknown) & FieldsOf<Rest>
  : unknown;

type Simplify<Fields> = { readonly [Key in keyof Fields]: Fields[Key] };
type Field<Name extends string, Value> = Readonly<Record<Name, Value>>;

/** A keyword. */
export function word(text: string): Element<unknown> {
  return { kind: 'word', word: text };
}

/** Punctuation. */
export function mark(text: PunctuationMark): Element<unknown> {
  return { kind: 'mark', mark: text };
}

function part<Kind extends PartKind>(kind: Kind) {
  return <Name extends string>(field: Name): Element<Field<Name, Parts[Kind]>> => ({ kind: 'part', field, part: kind });
}

/** A name, and what it is for. */
export function name<Name extends string>(field: Name, role?: NameRole): Element<Field<Name, Identifier>> {
  return { kind: 'part', field, part: 'name', ...(role && { role }) };
}

/** A name with dots, and what it stands for. */
export function reference<Name extends string>(field: Name, role?: NameRole): Element<Field<Name, ReferenceNode>> {
  return { kind: 'part', field, part: 'reference', ...(role && { role }) };
}

export const text = part('text');
export const expression = part('expression');
export const range = part('range');
export const extent = part('extent');
export const unit = part('unit');
export const call = part('call');

/** One of several keywords; the field holds the word. */
export function enumeration<Name extends string, Word extends string>(
  field: Name,
  words: readonly Word[],
): Element<Field<Name, Word>> {
  return { kind: 'enumeration', field, words };
}

/** One of several punctuation marks; the field holds it. */
export function marks<Name extends string, Mark extends PunctuationMark>(
  field: Name,
  alternatives: readonly Mark[],
): Element<Field<Name, Mark>> {
  return { kind: 'marks', field, marks: alternatives };
}

/** A keyword that may be absent; the field is true where it is there and absent elsewhere. */
export function flag<Name extends string>(field: Name, text: string): Element<Readonly<Partial<Record<Name, true>>>> {
  return { kind: 'flag', field, word: text };
}

/** Elements that are there together or not at all. */
export function optional<const Elements extends readonly ElementSpec[]>(
  ...elements: Elements
): Element<Partial<FieldsOf<Elements>>> {
  return { kind: 'optional', elements };
}

/** A construct inside another. */
export function node<Name extends string, Node>(field: Name, shape: () => Shape<Node>): Element<Field<Name, Node>> {
  return { kind: 'node', field, shape };
}

/** One or more parts with a separator between them. */
export function list<Name extends string, Kind extends PartKind>(
  field: Name,
  kind: Kind,
  role?: NameRole,
): Element<Field<Name, readonly Parts[Kind][]>> {
  return { kind: 'list', field, separator: ',', item: { kind: 'part', part: kind, ...(role && { role }) } };
}

/** One or more constructs with a separator between them. */
export function nodes<Name extends string, Node>(
  field: Name,
  shape: () => Shape<Node>,
  separator: ',' | '.' = ',',
): Element<Field<Name, readonly Node[]>> {
  return { kind: 'list', field, separator, item: { kind: 'node', shape } };
}

/** One of several constructs, told apart by their first two tokens. */
export function choice<Name extends string, const Shapes extends readonly ShapeSpec[]>(
  field: Name,
  shapes: Shapes,
): Element<Field<Name, NodeOf<Shapes[number]>>> {
  return { kind: 'choice', field, shapes };
}

/** Clauses between braces, one a line. */
export function block<Name extends string, Clause>(
  field: Name,
  clauses: () => ClausesOf<Clause>,
): Element<Field<Name, Block<Clause>>> {
  return { kind: 'block', field, clauses, layout: 'lines' };
}

/** Clauses between braces; a single one shares the line of the braces where it fits. */
export function bodyBlock<Name extends string, Clause>(
  field: Name,
  clauses: () => ClausesOf<Clause>,
): Element<Field<Name, Block<Clause>>> {
  return { kind: 'block', field, clauses, layout: 'single' };
}

/** Clauses between braces that share a line where they fit. */
export function inlineBlock<Name extends string, Clause>(
  field: Name,
  clauses: () => ClausesOf<Clause>,
): Element<Field<Name, Block<Clause>>> {
  return { kind: 'block', field, clauses, layout: 'inline' };
}

/** A construct that stands inside a clause. */
export function shape<Kind extends string, const Elements extends readonly ElementSpec[]>(
  kind: Kind,
  summary: string,
  ...elements: Elements
): Shape<Simplify<{ readonly kind: Kind; readonly span: ClauseBase['span'] } & FieldsOf<Elements>>> {
  return { kind, summary, elements };
}

/** A construct that stands in a block or at the top of a file. */
export function clause<Kind extends string, const Elements extends readonly ElementSpec[]>(
  kind: Kind,
  summary: string,
  ...elements: Elements
): Shape<Simplify<{ readonly kind: Kind } & ClauseBase & FieldsOf<Elements>>> {
  return { kind, summary, elements };
}

/** A clause set whose clauses are `Clause`. */
export type ClausesOf<Clause> = ClauseSet & { readonly [NODE]?: Clause };

/** The clause of a clause set. */
export type ClauseOf<Set> = Set extends { readonly [NODE]?: infer Clause } ? NonNullable<Clause> : never;

/** The clauses of one kind of block. */
export function clauseSet<const Shapes extends readonly ShapeSpec[]>(
  noun: string,
  shapes: Shapes,
): ClausesOf<NodeOf<Shapes[number]>> {
  return { name: noun, shapes };
}
