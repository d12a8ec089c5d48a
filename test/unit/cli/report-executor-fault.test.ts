/** Every way in which no more points can run has a diagnostic of its own. */
import { expect, it } from 'vitest';
import { statusOf } from '../../../src/cli/exit-status.js';
import { reportFault } from '../../../src/cli/report-executor-fault.js';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import type { ExecutorFault } from '../../../src/sweep/executor.js';

it.each<[ExecutorFault['kind'], string, number]>([
  ['output-refused', 'cli/output-refused', 3],
  ['sources-changed', 'cli/sweep-sources-changed', 1],
  ['worker-failed', 'cli/sweep-worker', 3],
  ['slurm-missing', 'cli/slurm-missing', 3],
  ['slurm-failed', 'cli/slurm-failed', 3],
])('%s is %s', (kind, code, status) => {
  const diagnostics = new DiagnosticBag();
  reportFault({ kind, text: 'these are the words' }, { diagnostics });
  expect(diagnostics.all.map((each) => [each.code, each.message.includes('these are the words')])).toEqual([
    [code, true],
  ]);
  expect(statusOf(diagnostics.all)).toBe(status);
});
