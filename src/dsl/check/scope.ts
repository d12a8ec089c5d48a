/**
 * What names mean at a place of the text. Scopes are layers over one another: a layer holds only what it adds or
 * hides, so that scopes of large files are never copied. Maps, so that `__proto__` is a name like any other.
 */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import { nearestName } from '../../core/nearest.js';
import type { Span } from '../../core/span.js';
import type { ExpressionNode } from '../syntax/nodes.js';
import type { FunctionValue, TypedExpression } from './value-type.js';

export type Binding =
  | ({ readonly kind: 'value'; readonly origin?: Span | undefined } & TypedExpression)
  /** A parameter that names a file; `base` is the file whose folder it is relative to, absent for the working folder. */
  | { readonly kind: 'text'; readonly text: string; readonly base?: string | undefined }
  | FunctionBinding;

/** A function that the text declares. */
export interface FunctionBinding {
  readonly kind: 'function';
  readonly origin?: Span | undefined;
  readonly value: FunctionValue;
}

/** A name that exists and cannot be used here: it has no value (and why), or is declared further down. */
export type Obstacle = { readonly kind: 'unavailable'; readonly reason: string } | { readonly kind: 'later' };

/** Told of every part of an expression that has been checked, parts before wholes. */
export type Observe = (node: ExpressionNode, typed: TypedExpression) => void;

/** Names in reach; a name of a layer hides the same name of the layers below. */
export interface Scope {
  /** Who is told of expressions that are checked in this scope and those above it. */
  readonly observe?: Observe | undefined;
  readonly own: ReadonlyMap<string, Binding | Obstacle>;
  readonly below?: Scope;
}

/** What checking an expression needs. */
export interface CheckContext {
  readonly scope: Scope;
  readonly diagnostics: DiagnosticBag;
  /** In place of the scope's own, also where it is undefined. */
  readonly observe?: Observe | undefined;
  /** Where an element of a vector is used, if that is not where the vector is written. */
  readonly place?: Span;
  /** Levels of expressions above, through calls of functions of the text; absent for 0. */
  readonly depth?: number;
}

export const EMPTY_SCOPE: Scope = { own: new Map() };

/** What the layers say of `name`; undefined where none knows it. */
export function findEntry(scope: Scope, name: string): Binding | Obstacle | undefined {
  for (let layer: Scope | undefined = scope; layer; layer = layer.below) {
    const entry = layer.own.get(name);
    if (entry) return entry;
  }
  return undefined;
}

/** What `name` stands for; undefined where nothing of that name can be used. */
export function lookUp(scope: Scope, name: string): Binding | undefined {
  const entry = findEntry(scope, name);
  return entry && isBinding(entry) ? entry : undefined;
}

/** Whether a name can be used as it stands. */
export function isBinding(entry: Binding | Obstacle): entry is Binding {
  return entry.kind !== 'unavailable' && entry.kind !== 'later';
}

/** All names that could have been meant, innermost first: those in use, and those that come later. */
function* namesInReach(scope: Scope): Generator<string> {
  for (let layer: Scope | undefined = scope; layer; layer = layer.below) {
    for (const [name, { kind }] of layer.own) if (kind !== 'unavailable') yield name;
  }
}

/** Names compared with a misspelt one, at most: files may have thousands of names, and of mistakes. */
const MAX_CANDIDATES = 1000;

/** The name in reach that is most like `name`; `others` are names besides those of the scope. */
export function nearestInReach(scope: Scope, name: string, others: Iterable<string> = []): string | undefined {
  return nearestName(name, firstOf([others, namesInReach(scope)], MAX_CANDIDATES));
}

function* firstOf(sources: readonly Iterable<string>[], count: number): Generator<string> {
  let left = count;
  for (const source of sources) {
    for (const name of source) {
      if (left-- === 0) return;
      yield name;
    }
  }
}

/** `scope` with further bindings, which hide those of the same name. */
export function extendScope(scope: Scope, bindings: Iterable<readonly [string, Binding]>): Scope {
  return { own: new Map(bindings), below: scope, observe: scope.observe };
}

/** `scope` under a layer that many scopes share, so that it is not copied for each. */
export function overlay(scope: Scope, layer: ReadonlyMap<string, Binding>): Scope {
  return { own: layer, below: scope, observe: scope.observe };
}

/** `scope` in which names have no value, each for a reason; it follows `… cannot be used here:`. */
export function hideNames(scope: Scope, reasons: Iterable<readonly [name: string, reason: string]>): Scope {
  const own = new Map<string, Obstacle>();
  for (const [name, reason] of reasons) own.set(name, { kind: 'unavailable', reason });
  return { own, below: scope, observe: scope.observe };
}

/** A scope that grows while declarations are read from top to bottom. */
export interface GrowingScope {
  readonly scope: Scope;
  readonly declare: (name: string, binding: Binding) => void;
}

/** `scope` to which the declarations called `names` will be added one by one; until then they come later. */
export function growScope(scope: Scope, names: readonly string[]): GrowingScope {
  const own = new Map<string, Binding | Obstacle>(names.map((name) => [name, { kind: 'later' }]));
  return { scope: { own, below: scope, observe: scope.observe }, declare: (name, binding) => own.set(name, binding) };
}
