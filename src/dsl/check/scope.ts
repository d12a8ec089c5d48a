/** What names mean at a place of the text. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { Span } from '../../core/span.js';
import type { TypedExpression } from './value-type.js';

export type Binding =
  | ({ readonly kind: 'value'; readonly origin?: Span | undefined } & TypedExpression)
  /** A parameter that names a file; `base` is the file whose folder it is relative to, absent for the working folder. */
  | { readonly kind: 'text'; readonly text: string; readonly base?: string | undefined };

/** Names in reach, and those that exist but cannot be used here. Maps, so that `__proto__` is a name like any other. */
export interface Scope {
  readonly bindings: ReadonlyMap<string, Binding>;
  /** Name -> why it has no value here. */
  readonly unavailable: ReadonlyMap<string, string>;
  /** Names whose declarations come later in the text. */
  readonly later: ReadonlySet<string>;
}

/** What checking an expression needs. */
export interface CheckContext {
  readonly scope: Scope;
  readonly diagnostics: DiagnosticBag;
}

export const EMPTY_SCOPE: Scope = { bindings: new Map(), unavailable: new Map(), later: new Set() };

/** `scope` with further bindings, which hide those of the same name. */
export function extendScope(scope: Scope, bindings: Iterable<readonly [string, Binding]>): Scope {
  return { ...scope, bindings: new Map([...scope.bindings, ...bindings]) };
}

/** A scope that grows while declarations are read from top to bottom; one map, because files may have thousands. */
export interface GrowingScope {
  readonly scope: Scope;
  readonly declare: (name: string, binding: Binding) => void;
}

/** `scope` to which the declarations called `names` will be added one by one. */
export function growScope(scope: Scope, names: readonly string[]): GrowingScope {
  const bindings = new Map(scope.bindings);
  const later = new Set(names);
  for (const name of names) bindings.delete(name);
  return {
    scope: { ...scope, bindings, later },
    declare: (name, binding) => {
      bindings.set(name, binding);
      later.delete(name);
    },
  };
}
