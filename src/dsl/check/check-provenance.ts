/** Where numbers come from: refused where it is not said. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { Span } from '../../core/span.js';
import type { Provenance } from '../../devices/device-model.js';
import { CONFIDENCES, type ProvenanceNode } from '../syntax/shared.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkWord } from './check-clauses.js';

/** The origin of a number called `what`; an empty one after reporting. */
export function checkProvenance(
  node: ProvenanceNode | undefined,
  { what, span }: { readonly what: string; readonly span: Span },
  diagnostics: DiagnosticBag,
): Provenance {
  if (!node) {
    diagnostics.report(DSL_CATALOGUE, 'missing-source', { what }, { span });
    return { source: '', confidence: 'estimate' };
  }
  const confidence = checkWord(node.confidence, { what: 'confidence', known: CONFIDENCES }, diagnostics);
  return { source: node.source.value, confidence: confidence ?? 'estimate' };
}
