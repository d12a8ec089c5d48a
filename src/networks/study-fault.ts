/** Why a run of an experiment cannot begin or go on; whoever drives the run reports it and keeps what there is. */
import type { DiagnosticBag } from '../core/diagnostic.js';
import type { Span } from '../core/span.js';
import type { MappedProjection } from '../ir/mapped-network.js';
import { STUDY_CATALOGUE } from '../ir/study-catalogue.js';

/** What has gone wrong, with the parameters of its message. */
export type StudyTrouble =
  | { readonly code: 'not-runnable'; readonly what: string; readonly reason: string }
  | { readonly code: 'diverged'; readonly where: string; readonly what: string }
  | { readonly code: 'other-checkpoint'; readonly study: string };

/** Thrown by the making of a run and by its steps. */
export class StudyFault extends Error {
  override readonly name = 'StudyFault';
  readonly trouble: StudyTrouble;
  readonly span: Span | undefined;

  constructor(trouble: StudyTrouble, span?: Span) {
    super(JSON.stringify(trouble));
    this.trouble = trouble;
    this.span = span;
  }

  /** In words. */
  get reason(): string {
    const { trouble } = this;
    if (trouble.code === 'not-runnable') return `${trouble.what}: ${trouble.reason}`;
    if (trouble.code === 'diverged') return `${trouble.what} is not a finite number at ${trouble.where}`;
    return `the checkpoint is not of this \`${trouble.study}\``;
  }

  /** Adds the diagnostic. */
  report(diagnostics: DiagnosticBag): void {
    const { trouble, span } = this;
    diagnostics.report(STUDY_CATALOGUE, trouble.code, trouble, { span });
  }
}

/** Is told of a projection that no program carries out. */
export type TellRefused = (projection: MappedProjection, reason: string, span?: Span) => void;

/** Throws the fault of something that cannot be run. */
export function notRunnable(what: string, reason: string, span?: Span): never {
  throw new StudyFault({ code: 'not-runnable', what, reason }, span);
}
