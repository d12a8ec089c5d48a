/**
 * Finds what names refer to, across files. A name is looked up in the blocks around it, from the inside out; where none
 * declares it, in what the clauses around it refer to: a program sees the windows of its device, an experiment the
 * populations of the network that it runs.
 */
import type { SymbolKind } from '../../dsl/syntax/name-role.js';
import type { Identifier } from '../../dsl/syntax/nodes.js';
import type { ClauseEntry, FileIndex, Scope, SymbolDeclaration, Use } from './symbols.js';

/** Gives the index of the file that an import means, as seen from a file. */
export type FindImport = (fromFile: string, path: string, name: string) => FileIndex | undefined;

/** Files in a chain of imports, and steps from one declaration to another, at most. */
const MAX_STEPS = 32;

/** What belongs to the change of a device: `change.g` is the state `g`. */
const CHANGE = 'change';

type Kinds = readonly SymbolKind[] | undefined;

/** Resolves names of indexed files. */
export class Resolver {
  readonly #findImport: FindImport;

  constructor(findImport: FindImport) {
    this.#findImport = findImport;
  }

  /** The declaration behind an import, or the declaration itself; undefined where the import leads nowhere. */
  follow(declaration: SymbolDeclaration): SymbolDeclaration | undefined {
    let found: SymbolDeclaration | undefined = declaration;
    for (let step = 0; found?.kind === 'import' && step < MAX_STEPS; step++) {
      const { name }: Identifier = found.name;
      found = this.#findImport(found.file, found.from ?? '', name)?.root.byName.get(name)?.[0];
    }
    return found?.kind === 'import' ? undefined : found;
  }

  /** What `use` refers to; undefined for names that the language gives and for mistakes. */
  resolve(use: Use): SymbolDeclaration | undefined {
    const { name, kinds, qualifier, scope } = use;
    if (use.isSide) return undefined;
    if (qualifier) return this.#resolveMember(name.name, qualifier, scope);
    if (use.from === 'reach') return scope.owner && this.#reach(scope.owner, name.name, kinds);
    return this.lookUp(scope, name.name, kinds);
  }

  /** What `name` means at a place. */
  lookUp(scope: Scope, name: string, kinds: Kinds): SymbolDeclaration | undefined {
    const own = this.#lookUpOwn(scope, name, kinds);
    if (own) return own;
    for (let at: Scope | undefined = scope; at; at = at.parent) {
      const found = at.owner && this.#reach(at.owner, name, kinds);
      if (found) return found;
    }
    return undefined;
  }

  /** Everything that belongs to a declaration: what its blocks declare, and what belongs to what it refers to. */
  membersOf(declaration: SymbolDeclaration): SymbolDeclaration[] {
    const found = new Map<string, SymbolDeclaration>();
    this.#visitMembers(declaration, new Set(), (member) => {
      if (!found.has(member.name.name)) found.set(member.name.name, member);
      return false;
    });
    return [...found.values()];
  }

  /** Everything that can be named at a place, the innermost first. */
  visibleFrom(scope: Scope): SymbolDeclaration[] {
    const found: SymbolDeclaration[] = [];
    for (let at: Scope | undefined = scope; at; at = at.parent) found.push(...at.declarations);
    for (let at: Scope | undefined = scope; at; at = at.parent) {
      if (at.owner) found.push(...this.reachOf(at.owner));
    }
    return found;
  }

  /** What belongs to what a clause refers to. */
  reachOf(clause: ClauseEntry): SymbolDeclaration[] {
    const found: SymbolDeclaration[] = [];
    this.#visitReach(clause, new Set(), (member) => {
      found.push(member);
      return false;
    });
    return found;
  }

  #resolveMember(name: string, qualifier: Use, scope: Scope): SymbolDeclaration | undefined {
    if (qualifier.name.name === CHANGE && !qualifier.qualifier) return this.#lookUpOwn(scope, name, ['state']);
    const owner = this.resolve(qualifier);
    let found: SymbolDeclaration | undefined;
    if (owner) {
      this.#visitMembers(owner, new Set(), (member) => {
        if (member.name.name === name) found = this.follow(member);
        return found !== undefined;
      });
    }
    return found;
  }

  #lookUpOwn(scope: Scope, name: string, kinds: Kinds): SymbolDeclaration | undefined {
    for (let at: Scope | undefined = scope; at; at = at.parent) {
      const found = this.#firstOf(at.byName.get(name) ?? [], kinds);
      if (found) return found;
    }
    return undefined;
  }

  #firstOf(declarations: readonly SymbolDeclaration[], kinds: Kinds): SymbolDeclaration | undefined {
    for (const declaration of declarations) {
      const target = this.follow(declaration);
      if (target && target.kind !== 'import' && (kinds === undefined || kinds.includes(target.kind))) return target;
    }
    return undefined;
  }

  #reach(clause: ClauseEntry, name: string, kinds: Kinds): SymbolDeclaration | undefined {
    let found: SymbolDeclaration | undefined;
    this.#visitReach(clause, new Set(), (member) => {
      if (member.name.name === name) found = this.#firstOf([member], kinds);
      return found !== undefined;
    });
    return found;
  }

  /** Calls `visit` until it says that it has found what it wants. */
  #visitReach(clause: ClauseEntry, seen: Set<ClauseEntry>, visit: (member: SymbolDeclaration) => boolean): boolean {
    for (const use of clause.uses) {
      if (use.qualifier || use.from === 'reach' || use.kinds === undefined) continue;
      const target = this.#lookUpOwn(use.scope, use.name.name, use.kinds);
      if (target && this.#visitMembers(target, seen, visit)) return true;
    }
    return false;
  }

  #visitMembers(
    { clause }: SymbolDeclaration,
    seen: Set<ClauseEntry>,
    visit: (member: SymbolDeclaration) => boolean,
  ): boolean {
    if (seen.has(clause) || seen.size > MAX_STEPS) return false;
    seen.add(clause);
    for (const { kind, declarations } of clause.inner) {
      if (kind === 'block' && declarations.some(visit)) return true;
    }
    return this.#visitReach(clause, seen, visit);
  }
}
