/** Why an experiment on a network has no pulse program, in contrast to what goes wrong in a run of it. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { Span } from '../../core/span.js';
import { RealizationFault } from '../spikes/realization-fault.js';
import { StudyFault } from '../study-fault.js';

export interface Refusal {
  readonly reason: string;
  readonly span: Span | undefined;
  /** Adds what is wrong as errors. */
  readonly report: (diagnostics: DiagnosticBag) => void;
}

/** What `error`, thrown where programs of the experiment `study` were to be made, says against them; undefined for other faults. */
export function refusalOf(error: unknown, study: string): Refusal | undefined {
  if (error instanceof RealizationFault) return refusalBy(error, error.reason);
  if (!(error instanceof StudyFault) || error.trouble.code !== 'not-runnable') return undefined;
  const { what, reason } = error.trouble;
  return refusalBy(error, what === `\`${study}\`` ? reason : error.reason);
}

function refusalBy(fault: StudyFault | RealizationFault, reason: string): Refusal {
  return {
    ...{ reason, span: fault.span },
    report: (diagnostics) => {
      fault.report(diagnostics);
    },
  };
}
