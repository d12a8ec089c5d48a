/** What an index of a file holds: clauses, the scopes of their blocks, declarations, and uses of names. */
import type { Span } from '../../core/span.js';
import type { SymbolKind } from '../../dsl/syntax/name-role.js';
import type { SourceFile } from '../../dsl/syntax/file.js';
import type { Identifier } from '../../dsl/syntax/nodes.js';
import type { ShapeSpec } from '../../dsl/syntax/shape.js';

/** Fields of a node, by name; shapes say what they are. */
export type NodeFields = Readonly<Record<string, unknown>>;

/** A clause of the tree. */
export interface ClauseEntry {
  readonly shape: ShapeSpec;
  readonly node: NodeFields;
  readonly span: Span;
  /** Around the clause. */
  readonly scope: Scope;
  /** Of its blocks, and of itself where it declares names for itself. */
  readonly inner: Scope[];
  /** In the clause, those of clauses inside its blocks included. */
  readonly uses: Use[];
  declaration?: SymbolDeclaration;
}

/** A stretch of text in which names are known. */
export interface Scope {
  /** `block`: between braces or a whole file; `clause`: a clause or an expression with names of its own. */
  readonly kind: 'block' | 'clause';
  readonly parent: Scope | undefined;
  /** The clause in which it is; absent for the file. */
  readonly owner: ClauseEntry | undefined;
  readonly span: Span;
  readonly clauses: ClauseEntry[];
  readonly declarations: SymbolDeclaration[];
  readonly byName: Map<string, SymbolDeclaration[]>;
}

export interface SymbolDeclaration {
  /** `import` where another file says what it is. */
  readonly kind: SymbolKind | 'import';
  readonly name: Identifier;
  readonly file: string;
  readonly clause: ClauseEntry;
  readonly scope: Scope;
  /** The path of the import. */
  readonly from?: string;
}

/** A name that refers to a declaration. */
export interface Use {
  readonly name: Identifier;
  /** What it can refer to; any value where it stands in an expression. */
  readonly kinds: readonly SymbolKind[] | undefined;
  readonly from: 'scope' | 'reach';
  readonly scope: Scope;
  /** What stands before its dot. */
  readonly qualifier?: Use;
  /** Whether it is called. */
  readonly isCall: boolean;
  /** Whether it is the neuron before or behind of a pair, as in `pre.index`, and never a population of that name. */
  readonly isSide?: true;
}

/** The neurons of a pair, and what expressions see of each. */
export const SIDES: readonly string[] = ['pre', 'post'];
export const SIDE_MEMBERS: readonly string[] = ['index', 'channel', 'row', 'column', 'x', 'y'];

/** The index of one version of a file. */
export interface FileIndex {
  readonly file: string;
  readonly text: string;
  readonly tree: SourceFile;
  readonly root: Scope;
  /** In the order of the text. */
  readonly uses: readonly Use[];
  readonly declarations: readonly SymbolDeclaration[];
}

/** Whether `offset` lies in the span or directly behind it, as a cursor does. */
export function touches({ start, end }: Span, offset: number): boolean {
  return start.offset <= offset && offset <= end.offset;
}

/** The innermost scope at a place. */
export function scopeAt(root: Scope, offset: number): Scope {
  for (const clause of root.clauses) {
    // Clauses of settings and statements are inside of the scopes of their blocks
    if (!touches(clause.span, offset)) continue;
    const inner = clause.inner.findLast(({ span }) => span.start.offset < offset && offset <= span.end.offset);
    return inner ? scopeAt(inner, offset) : root;
  }
  return root;
}

/** The clauses around a place, the outermost first. */
export function clausesAt(root: Scope, offset: number): ClauseEntry[] {
  const clause = root.clauses.find(({ span }) => touches(span, offset));
  return clause ? [clause, ...clause.inner.flatMap((scope) => clausesAt(scope, offset))] : [];
}
