/** What of an experiment its hardware cannot do, thrown where a run would begin and told as diagnostics. */
import { DiagnosticBag, type Diagnostic } from '../../core/diagnostic.js';
import { invariant } from '../../core/invariant.js';
import type { Span } from '../../core/span.js';
import { REALIZE_CATALOGUE } from '../../ir/realize/catalogue.js';

export class RealizationFault extends Error {
  override readonly name = 'RealizationFault';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ message }) => message).join('; '));
    this.diagnostics = diagnostics;
  }

  /** The first reason, and the place in the source that it is about. */
  get reason(): string {
    return this.message;
  }

  get span(): Span | undefined {
    return this.diagnostics[0]?.span;
  }

  /** Adds what has been found to `diagnostics`. */
  report(diagnostics: DiagnosticBag): void {
    for (const each of this.diagnostics) diagnostics.add(each);
  }
}

/** Throws the diagnostics in `diagnostics`, of which there is one at least. */
export function throwFaults(diagnostics: DiagnosticBag): never {
  invariant(diagnostics.all.length > 0, 'what is refused has been reported');
  throw new RealizationFault(diagnostics.all);
}

/** Throws that `what` cannot be run. */
export function refuseRun(what: string, reason: string, span?: Span): never {
  const diagnostics = new DiagnosticBag();
  diagnostics.report(REALIZE_CATALOGUE, 'spikes-not-run', { what, reason }, { span });
  return throwFaults(diagnostics);
}
