/** Wires whose voltages cannot be found end as a diagnostic, wherever a run meets them first. */
import type { DiagnosticBag } from '../core/diagnostic.js';
import { UnsolvableWires } from '../devices/wires.js';
import { SCHEDULE_CATALOGUE } from './catalogue.js';
import type { MappedModule } from './mapped.js';

/** What `work` returns; undefined after reporting that the voltages of some drive behind wires were not found. */
export function solvingWires<Result>(
  mapped: MappedModule,
  diagnostics: DiagnosticBag,
  work: () => Result,
): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UnsolvableWires)) throw error;
    reportWires(mapped, error.message, diagnostics);
    return undefined;
  }
}

/** Reports that the wires of `mapped` cannot be solved, for a reason in words. */
export function reportWires({ wires, device }: MappedModule, reason: string, diagnostics: DiagnosticBag): void {
  const clause = wires?.ohmsPerCell ? 'lines … with' : 'drivers';
  const related = [{ message: 'the device', span: device.origin }];
  const params = { clause, reason };
  diagnostics.report(SCHEDULE_CATALOGUE, 'wires-not-solvable', params, { span: wires?.origin, related });
}
