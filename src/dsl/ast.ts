/**
 * The syntax tree: what is written, in the order in which it is written, with the comments that belong
 * to each clause. Names are not resolved and nothing is checked.
 */
import type { Span } from '../core/span.js';
import type { BinaryOperator, CompareOperator } from '../devices/expression.js';

/** A name where it is declared or used. */
export interface Identifier {
  readonly name: string;
  readonly span: Span;
}

/** A text in quotes; `value` is without them and without escapes. */
export interface TextLiteral {
  readonly value: string;
  readonly span: Span;
}

/** A unit as written, in canonical ASCII spelling; it need not exist. */
export interface UnitName {
  readonly symbol: string;
  readonly span: Span;
}

// Expressions

export interface NumberNode {
  readonly kind: 'number';
  /** The decimal literal as written, so that its value is rounded once. */
  readonly digits: string;
  readonly unit?: UnitName;
  readonly span: Span;
}

export interface ReferenceNode {
  readonly kind: 'reference';
  /** With dots, for example `window.low`. */
  readonly name: string;
  readonly span: Span;
}

/** Parentheses, kept because they are the author's. */
export interface GroupNode {
  readonly kind: 'group';
  readonly inner: ExpressionNode;
  readonly span: Span;
}

export interface NegateNode {
  readonly kind: 'negate';
  readonly operand: ExpressionNode;
  readonly span: Span;
}

export interface BinaryNode {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
  readonly span: Span;
}

export interface CompareNode {
  readonly kind: 'compare';
  readonly operator: CompareOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
  readonly span: Span;
}

export interface ConditionalNode {
  readonly kind: 'conditional';
  readonly condition: ExpressionNode;
  readonly whenTrue: ExpressionNode;
  readonly whenFalse: ExpressionNode;
  readonly span: Span;
}

export interface CallNode {
  readonly kind: 'call';
  readonly callee: Identifier;
  readonly operands: readonly ExpressionNode[];
  readonly span: Span;
}

export type ExpressionNode =
  NumberNode | ReferenceNode | GroupNode | NegateNode | BinaryNode | CompareNode | ConditionalNode | CallNode;

/** `low .. high`. */
export interface RangeNode {
  readonly low: ExpressionNode;
  readonly high: ExpressionNode;
  readonly span: Span;
}

// Comments

/** A comment on a line of its own, from `//` to the end of the line. */
export interface CommentNode {
  readonly text: string;
  readonly isAfterBlank: boolean;
}

/** What surrounds a clause or item: comments above it, a blank line, a comment behind it. */
export interface Trivia {
  readonly leading: readonly CommentNode[];
  readonly isAfterBlank: boolean;
  readonly trailing?: string;
}

/** What every clause and item has. */
export interface ClauseBase {
  readonly span: Span;
  readonly trivia: Trivia;
}

/** The clauses between braces, and the comments before the closing one. */
export interface Block<Clause> {
  readonly clauses: readonly Clause[];
  readonly closing: readonly CommentNode[];
}

// Devices

/** `source "…" confidence measured`. */
export interface ProvenanceNode {
  readonly source: TextLiteral;
  readonly confidence: Identifier;
  readonly span: Span;
}

export interface PulseClause extends ClauseBase {
  readonly kind: 'pulse';
  readonly voltage: ExpressionNode;
  readonly width: ExpressionNode;
  readonly provenance?: ProvenanceNode;
}

export interface ReadVoltageClause extends ClauseBase {
  readonly kind: 'read';
  readonly voltage: ExpressionNode;
  readonly provenance?: ProvenanceNode;
}

export interface WindowClause extends ClauseBase {
  readonly kind: 'window';
  readonly name: Identifier;
  readonly range: RangeNode;
  readonly step?: ExpressionNode;
  readonly provenance?: ProvenanceNode;
}

export interface DefaultWindowClause extends ClauseBase {
  readonly kind: 'default-window';
  readonly window: Identifier;
}

export interface ParameterClause extends ClauseBase {
  readonly kind: 'parameter';
  readonly name: Identifier;
  readonly value: ExpressionNode;
  readonly provenance?: ProvenanceNode;
}

export interface SpreadClause extends ClauseBase {
  readonly kind: 'spread';
  readonly name: Identifier;
  readonly mean: ExpressionNode;
  readonly deviation: ExpressionNode;
  readonly per: 'device' | 'pulse' | 'read';
  readonly provenance?: ProvenanceNode;
}

export interface LetClause extends ClauseBase {
  readonly kind: 'let';
  readonly name: Identifier;
  readonly value: ExpressionNode;
}

export interface StateClause extends ClauseBase {
  readonly kind: 'state';
  readonly name: Identifier;
  readonly unit: UnitName;
  readonly range: RangeNode;
  readonly initial: ExpressionNode;
}

export interface EvolveClause extends ClauseBase {
  readonly kind: 'evolve';
  readonly state: Identifier;
  readonly rate: ExpressionNode;
}

export interface CurrentClause extends ClauseBase {
  readonly kind: 'current';
  readonly value: ExpressionNode;
}

export interface EnergyClause extends ClauseBase {
  readonly kind: 'energy';
  readonly value: ExpressionNode;
  readonly provenance?: ProvenanceNode;
}

export interface RatingClause extends ClauseBase {
  readonly kind: 'maximum';
  readonly quantity: Identifier;
  readonly value: ExpressionNode;
  readonly provenance?: ProvenanceNode;
}

export type DeviceClause =
  | PulseClause
  | ReadVoltageClause
  | WindowClause
  | DefaultWindowClause
  | ParameterClause
  | SpreadClause
  | LetClause
  | StateClause
  | EvolveClause
  | CurrentClause
  | EnergyClause
  | RatingClause;

// Chips

export interface ClockClause extends ClauseBase {
  readonly kind: 'clock';
  readonly frequency: ExpressionNode;
}

export interface BusClause extends ClauseBase {
  readonly kind: 'bus';
  readonly protocol: Identifier;
}

export interface TileClause extends ClauseBase {
  readonly kind: 'tile';
  readonly rows: ExpressionNode;
  readonly columns: ExpressionNode;
  readonly body: Block<TilePart>;
}

export type ChipClause = ClockClause | BusClause | TileClause;

export interface BiasPart extends ClauseBase {
  readonly kind: 'bias';
  readonly scheme: Identifier;
}

export interface RailsPart extends ClauseBase {
  readonly kind: 'rails';
  readonly range: RangeNode;
  readonly bits: ExpressionNode;
}

export interface TimerPart extends ClauseBase {
  readonly kind: 'timer';
  readonly bits: ExpressionNode;
}

export interface SettlePart extends ClauseBase {
  readonly kind: 'settle';
  readonly duration: ExpressionNode;
}

export interface AdcPart extends ClauseBase {
  readonly kind: 'adc';
  readonly bits: ExpressionNode;
  readonly range: RangeNode;
  readonly conversion: ExpressionNode;
  readonly settle: ExpressionNode;
  readonly sharedBy: ExpressionNode;
}

export interface LinesPart extends ClauseBase {
  readonly kind: 'lines';
  readonly capacitance: ExpressionNode;
  readonly provenance?: ProvenanceNode;
}

export type TilePart = BiasPart | RailsPart | TimerPart | SettlePart | AdcPart | LinesPart;

// Programs

/** A window by name or by its ends. */
export type WindowChoice =
  { readonly kind: 'single'; readonly value: ExpressionNode } | ({ readonly kind: 'range' } & RangeNode);

export interface UseDeviceClause extends ClauseBase {
  readonly kind: 'use-device';
  readonly device: Identifier;
  readonly window: WindowChoice;
}

/** A file (a text, or a parameter that is one), which image of it, and the unit of its numbers. */
export interface ImageNode {
  readonly file: ({ readonly kind: 'text' } & TextLiteral) | ({ readonly kind: 'name' } & Identifier);
  readonly index?: ExpressionNode;
  readonly unit?: UnitName;
  readonly span: Span;
}

export interface FromClause extends ClauseBase {
  readonly kind: 'from';
  readonly images: readonly ImageNode[];
}

export interface WriteClause extends ClauseBase {
  readonly kind: 'write';
  readonly order: Identifier;
}

export interface ReadBackClause extends ClauseBase {
  readonly kind: 'read-back';
}

export interface DisturbClause extends ClauseBase {
  readonly kind: 'disturb';
  readonly budget: ExpressionNode;
}

export type ProgramClause = UseDeviceClause | FromClause | WriteClause | ReadBackClause | DisturbClause;

// Experiments

export interface RunClause extends ClauseBase {
  readonly kind: 'run';
  readonly program: Identifier;
  readonly chip: Identifier;
  /** Images that replace those of the program; empty where it keeps its own. */
  readonly images: readonly ImageNode[];
}

export interface SeedsClause extends ClauseBase {
  readonly kind: 'seeds';
  readonly count: ExpressionNode;
  readonly first: ExpressionNode;
}

export interface WithoutClause extends ClauseBase {
  readonly kind: 'without';
  readonly spreads: readonly Identifier[];
}

export interface CalibrateClause extends ClauseBase {
  readonly kind: 'calibrate';
  readonly spread: Identifier;
  readonly pulses: ExpressionNode;
}

export interface ExpectClause extends ClauseBase {
  readonly kind: 'expect';
  readonly left: ExpressionNode;
  readonly operator: CompareOperator;
  readonly right: ExpressionNode;
}

export type ExperimentClause = RunClause | SeedsClause | WithoutClause | CalibrateClause | ExpectClause;

// Files

export type ExportKind = 'device' | 'chip' | 'program';

/** One imported name; its kind is written, or that of the name before it. */
export interface ImportedName extends Identifier {
  readonly exportKind: ExportKind;
}

export interface ImportItem extends ClauseBase {
  readonly kind: 'import';
  readonly names: readonly ImportedName[];
  readonly path: TextLiteral;
}

export interface ParamItem extends ClauseBase {
  readonly kind: 'param';
  readonly name: Identifier;
  readonly value: ({ readonly kind: 'text' } & TextLiteral) | ExpressionNode;
}

export interface DeviceItem extends ClauseBase {
  readonly kind: 'device';
  readonly name: Identifier;
  readonly summary?: TextLiteral;
  readonly body: Block<DeviceClause>;
}

export interface ChipItem extends ClauseBase {
  readonly kind: 'chip';
  readonly name: Identifier;
  readonly body: Block<ChipClause>;
}

export interface ProgramItem extends ClauseBase {
  readonly kind: 'program';
  readonly name: Identifier;
  readonly body: Block<ProgramClause>;
}

export interface ExperimentItem extends ClauseBase {
  readonly kind: 'experiment';
  readonly name: Identifier;
  readonly body: Block<ExperimentClause>;
}

/** Items that give a name to something. */
export type Declaration = ParamItem | DeviceItem | ChipItem | ProgramItem | ExperimentItem;

export type Item = ImportItem | Declaration;

/** A source file. */
export interface SourceFile {
  readonly file: string;
  readonly items: Block<Item>;
}
