/** What of the experiments of a file has no controller, with the reasons: each reason is told once. */
import type { DiagnosticBag } from '../core/diagnostic.js';
import type { Span } from '../core/span.js';
import type { Refusal } from '../networks/run/refusal.js';
import { CLI_CATALOGUE } from './catalogue.js';

/** A projection that has no controller. */
export interface LeftProjection {
  readonly projection: string;
  readonly reason: string;
  readonly span: Span | undefined;
}

type Told<Left> = Left & { readonly experiments: Set<string> };

/** Collects, because the same reason holds in many experiments and at many points of their sweeps. */
export class LeftOut {
  readonly #projections = new Map<string, Told<LeftProjection>>();
  readonly #experiments = new Map<string, Told<Refusal>>();

  addProjection(left: LeftProjection, experiment: string): void {
    const { projection, reason, span } = left;
    addTo(this.#projections, JSON.stringify([projection, reason, span]), left, experiment);
  }

  addExperiment(refusal: Refusal, experiment: string): void {
    const { reason, span } = refusal;
    addTo(this.#experiments, JSON.stringify([reason, span]), refusal, experiment);
  }

  /** Warns; where nothing else is left (`isAll`), experiments without a program are errors. */
  report(diagnostics: DiagnosticBag, isAll = false): void {
    for (const { projection, reason, span, experiments } of this.#projections.values()) {
      const facts = { projection, reason, experiments: [...experiments] };
      diagnostics.report(CLI_CATALOGUE, 'controller-left-out', facts, span && { span });
    }
    for (const { reason, span, experiments, report } of this.#experiments.values()) {
      if (isAll) report(diagnostics);
      else {
        const facts = { reason, experiments: [...experiments] };
        diagnostics.report(CLI_CATALOGUE, 'experiment-left-out', facts, span && { span });
      }
    }
  }
}

function addTo<Left>(all: Map<string, Told<Left>>, key: string, left: Left, experiment: string): void {
  const known = all.get(key) ?? { ...left, experiments: new Set<string>() };
  known.experiments.add(experiment);
  all.set(key, known);
}
