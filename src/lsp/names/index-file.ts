/** Builds the index of a file from its tree. What each name is for stands in the shapes; nothing here knows constructs. */
import type { Span } from '../../core/span.js';
import { ITEMS, type SourceFile } from '../../dsl/syntax/file.js';
import type { NameRole, SymbolKind } from '../../dsl/syntax/name-role.js';
import type { Block, ClauseBase, Identifier, TextLiteral } from '../../dsl/syntax/nodes.js';
import type { ClauseSet, ElementSpec, PartKind, ShapeSpec } from '../../dsl/syntax/shape.js';
import { elementsOf, shapeOf } from '../../dsl/syntax/walk.js';
import { namesInPart, type FoundName } from './names-in-part.js';
import {
  SIDE_MEMBERS,
  SIDES,
  type ClauseEntry,
  type FileIndex,
  type NodeFields,
  type Scope,
  type SymbolDeclaration,
  type Use,
} from './symbols.js';

/** The index of `tree`, which is that of `text`. */
export function indexFile(tree: SourceFile, text: string): FileIndex {
  const root = newScope('block', tree.items.span);
  const indexer = new Indexer(tree.file, text);
  indexer.block(ITEMS, tree.items, root);
  return { file: tree.file, text, tree, root, uses: indexer.uses, declarations: indexer.declarations };
}

function newScope(kind: Scope['kind'], span: Span, parent?: Scope, owner?: ClauseEntry): Scope {
  return { kind, parent, owner, span, clauses: [], declarations: [], byName: new Map() };
}

/** A clause, and the scope in which the names of its parts are looked up. */
interface Place {
  readonly clause: ClauseEntry;
  readonly scope: Scope;
}

class Indexer {
  readonly uses: Use[] = [];
  readonly declarations: SymbolDeclaration[] = [];
  readonly #file: string;
  readonly #text: string;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
  }

  block(set: ClauseSet, { clauses }: Block<ClauseBase>, scope: Scope): void {
    for (const node of clauses) this.#clause(set, node, scope);
  }

  #clause(set: ClauseSet, node: ClauseBase, scope: Scope): void {
    // Every node of a block has the kind of a shape of its set, and the fields that the shape says.
    const fields = node as unknown as NodeFields & { readonly kind: string };
    const shape = shapeOf(set, fields.kind);
    const clause: ClauseEntry = { shape, node: fields, span: node.span, scope, inner: [], uses: [] };
    scope.clauses.push(clause);
    const first = this.uses.length;
    this.#shape(shape, fields, { clause, scope: scopeOfParts(clause) });
    clause.uses.push(...this.uses.slice(first));
  }

  #shape(shape: ShapeSpec, node: NodeFields, place: Place): void {
    for (const element of elementsOf(shape)) {
      const value = 'field' in element ? node[element.field] : undefined;
      if (value !== undefined) this.#element(element, value, place);
    }
  }

  #element(element: ElementSpec, value: unknown, place: Place): void {
    switch (element.kind) {
      case 'part':
        this.#part(element, value, place);
        break;
      case 'node':
        this.#shape(element.shape(), value as NodeFields, place);
        break;
      case 'choice': {
        const { kind } = value as { readonly kind: string };
        const shape = element.shapes.find((candidate) => candidate.kind === kind);
        if (shape) this.#shape(shape, value as NodeFields, place);
        break;
      }
      case 'list':
        this.#list(element, value as readonly unknown[], place);
        break;
      case 'block': {
        const block = value as Block<ClauseBase>;
        const scope = newScope('block', block.span, place.scope, place.clause);
        place.clause.inner.push(scope);
        this.block(element.clauses(), block, scope);
        break;
      }
      case 'enumeration':
      case 'marks':
      case 'flag':
      case 'word':
      case 'mark':
      case 'optional':
        // No names in these
        break;
    }
  }

  #list({ item, separator }: Extract<ElementSpec, { kind: 'list' }>, values: readonly unknown[], place: Place): void {
    let qualifier: Use | undefined;
    for (const value of values) {
      if (item.kind === 'part') this.#part(item, value, place);
      else {
        const first = this.uses.length;
        this.#shape(item.shape(), value as NodeFields, place);
        if (separator === '.') qualifier = this.#qualify(first, qualifier);
      }
    }
  }

  /** A step of a path belongs to what the steps before it lead to. */
  #qualify(position: number, qualifier: Use | undefined): Use | undefined {
    const step = this.uses[position];
    if (!step || !qualifier) return step;
    const use: Use = { ...step, kinds: undefined, qualifier };
    this.uses[position] = use;
    return use;
  }

  #part({ part, role }: { readonly part: PartKind; readonly role?: NameRole }, value: unknown, place: Place): void {
    if (part === 'name') this.#name(value as Identifier, role, place);
    else this.#names(namesInPart(part, value), place, role?.role === 'refers' ? role.to : undefined);
  }

  /** A name that chooses, or has no role, is a word that the checks of its construct know. */
  #name(name: Identifier, role: NameRole | undefined, { clause, scope }: Place): void {
    if (role?.role === 'declares') {
      this.#declare({ kind: role.symbol, name }, { clause, scope: role.within === 'clause' ? scope : clause.scope });
    } else if (role?.role === 'imports') {
      const path = clause.node['path'] as TextLiteral | undefined;
      this.#declare({ kind: 'import', name, from: path?.value ?? '' }, { clause, scope: clause.scope });
    } else if (role?.role === 'refers') {
      this.uses.push({ name, kinds: role.to, from: role.from, scope, isCall: false });
    }
  }

  #declare(what: Pick<SymbolDeclaration, 'kind' | 'name' | 'from'>, { clause, scope }: Place): void {
    const declaration: SymbolDeclaration = { ...what, file: this.#file, clause, scope };
    clause.declaration ??= declaration;
    scope.declarations.push(declaration);
    const { name } = what.name;
    const sameName = scope.byName.get(name);
    if (sameName) sameName.push(declaration);
    else scope.byName.set(name, [declaration]);
    this.declarations.push(declaration);
  }

  #names(found: readonly FoundName[], place: Place, kinds: readonly SymbolKind[] | undefined): void {
    for (const each of found) {
      if (each.kind === 'path') this.#path(each.span, each.isCall, place.scope, kinds);
      else {
        const scope = newScope('clause', each.span, place.scope, place.clause);
        place.clause.inner.push(scope);
        this.#declare({ kind: 'index', name: each.index }, { clause: place.clause, scope });
        this.#names(each.names, { clause: place.clause, scope }, kinds);
      }
    }
  }

  #path(span: Span, isCall: boolean, scope: Scope, kinds: readonly SymbolKind[] | undefined): void {
    const segments = segmentsOf(span, this.#text);
    const [first, second] = segments.map(({ name }) => name);
    const isSide = kinds === undefined && SIDES.includes(first ?? '') && SIDE_MEMBERS.includes(second ?? '');
    let qualifier: Use | undefined;
    for (const name of segments) {
      const use: Use = qualifier
        ? { name, kinds: undefined, from: 'scope', scope, isCall, qualifier }
        : { name, kinds, from: 'scope', scope, isCall, ...(isSide && { isSide }) };
      this.uses.push(use);
      qualifier = use;
    }
  }
}

/** The scope of the names that the clause declares for itself, or the one around it. */
function scopeOfParts(clause: ClauseEntry): Scope {
  if (!elementsOf(clause.shape).some(declaresForItself)) return clause.scope;
  const scope = newScope('clause', clause.span, clause.scope, clause);
  clause.inner.push(scope);
  return scope;
}

function declaresForItself(element: ElementSpec): boolean {
  if (element.kind === 'node') return elementsOf(element.shape()).some(declaresForItself);
  const part = element.kind === 'list' ? element.item : element;
  const role = part.kind === 'part' ? part.role : undefined;
  return role?.role === 'declares' && role.within === 'clause';
}

/** The names between the dots, which may have blanks, line ends and comments around them. */
function segmentsOf({ file, start, end }: Span, text: string): Identifier[] {
  const whole = text.slice(start.offset, end.offset);
  const written = whole.replace(/\/\/[^\r\n]*/g, (comment) => ' '.repeat(comment.length));
  return [...written.matchAll(/[A-Za-z_]\w*/g)].map(({ 0: name, index }) => {
    const [first = '', ...others] = written.slice(0, index).split(/\r\n|[\r\n]/);
    const column = (others.at(-1)?.length ?? start.column - 1 + first.length) + 1;
    const place = { offset: start.offset + index, line: start.line + others.length, column };
    const behind = { ...place, offset: place.offset + name.length, column: column + name.length };
    return { name, span: { file, start: place, end: behind } };
  });
}
