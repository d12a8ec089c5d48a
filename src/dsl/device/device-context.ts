/** Where the clauses of a device are checked: each in the names of the device, over the parameters of its own file. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { Span } from '../../core/span.js';
import type { CheckContext, Scope } from '../check/scope.js';

/** The parameters of files by file name; inherited clauses come from other files than the device. */
export type FileScopes = ReadonlyMap<string, Scope>;

/** Gives every clause the scope of its file. */
export class DeviceContext {
  /** The parameters of the file in which the device is declared: the ground of all scopes given to `at`. */
  readonly ground: Scope;
  readonly #base: CheckContext;
  readonly #files: FileScopes;

  constructor(base: CheckContext, files: FileScopes) {
    this.ground = base.scope;
    this.#base = base;
    this.#files = files;
  }

  get diagnostics(): DiagnosticBag {
    return this.#base.diagnostics;
  }

  /** The context of what stands at `place`: the layers of `scope` over the parameters of the file of `place`. */
  at(place: Span, scope: Scope): CheckContext {
    const ground = this.#files.get(place.file) ?? this.ground;
    return { ...this.#base, scope: ground === this.ground ? scope : this.#rebase(scope, ground) };
  }

  #rebase(scope: Scope, ground: Scope): Scope {
    if (scope === this.ground) return ground;
    return scope.below ? { own: scope.own, below: this.#rebase(scope.below, ground) } : scope;
  }
}
