/** What ends a sweep before its points are done, as diagnostics. */
import type { ExecutorFault } from '../sweep/executor.js';
import { CLI_CATALOGUE } from './catalogue.js';
import type { CommandContext } from './command.js';

/** Reports why no more points can run. */
export function reportFault({ kind, text }: ExecutorFault, { diagnostics }: Pick<CommandContext, 'diagnostics'>): void {
  switch (kind) {
    case 'output-refused':
      diagnostics.report(CLI_CATALOGUE, 'output-refused', { path: 'points', text });
      break;
    case 'sources-changed':
      diagnostics.report(CLI_CATALOGUE, 'sweep-sources-changed', { reason: text });
      break;
    case 'worker-failed':
      diagnostics.report(CLI_CATALOGUE, 'sweep-worker', { reason: text });
      break;
    default:
      diagnostics.report(CLI_CATALOGUE, kind, { reason: text });
  }
}
