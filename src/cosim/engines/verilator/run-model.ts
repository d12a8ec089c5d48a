/** Runs a job in a child process beside the model, and turns whatever happens there into an outcome or a diagnostic. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DiagnosticBag } from '../../../core/diagnostic.js';
import { InternalError, unreachable } from '../../../core/invariant.js';
import { COSIM_CATALOGUE } from '../../catalogue.js';
import type { CosimOutcome } from '../../job.js';
import { askHost, type HostAnswer } from '../child-process.js';
import { isHostReply, type HostReply, type HostRequest } from './host-protocol.js';

/** Compiled JavaScript of a module of ours, also where this code runs from its TypeScript sources. */
export function compiledUrl(specifier: string): URL {
  const url = new URL(specifier, import.meta.url);
  url.pathname = url.pathname.replace(/\/src\/(?!.*\/src\/)/, '/dist/').replace(/\.ts$/, '.js');
  return url;
}

/** The outcome, or undefined after reporting that the model crashed, hung or answered garbage. */
export async function runModel(
  request: HostRequest,
  limitSeconds: number,
  diagnostics: DiagnosticBag,
): Promise<CosimOutcome | undefined> {
  const script = fileURLToPath(compiledUrl('./model-host.js'));
  if (!existsSync(script)) {
    diagnostics.report(COSIM_CATALOGUE, 'child-missing', { path: script });
    return undefined;
  }
  const answer = await askHost(script, request, { folder: path.dirname(request.addon), limitSeconds });
  if (answer.kind === 'timeout') {
    diagnostics.report(COSIM_CATALOGUE, 'model-hung', { seconds: limitSeconds });
    return undefined;
  }
  const reply = answer.kind === 'answered' && isHostReply(answer.message) ? answer.message : undefined;
  if (reply?.kind === 'outcome') return reply.outcome;
  if (reply?.kind === 'unloadable') {
    diagnostics.report(COSIM_CATALOGUE, 'model-unloadable', { file: request.addon, reason: reply.reason });
    return undefined;
  }
  if (reply?.kind === 'fault') throw new InternalError(`in the model's host: ${reply.text}`);
  diagnostics.report(COSIM_CATALOGUE, 'model-crashed', { how: endingOf(answer, reply), output: lastWords(answer) });
  return undefined;
}

function endingOf(answer: HostAnswer, stopped: Extract<HostReply, { kind: 'stopped' }> | undefined): string {
  if (stopped) return stopped.how;
  switch (answer.kind) {
    case 'answered':
      return 'answered garbage';
    case 'exited':
      return `ended its process with status ${String(answer.status)}`;
    case 'killed':
      return `was ended by ${answer.signal}`;
    case 'missing':
      return `could not be started: ${answer.reason}`;
    case 'timeout':
      return 'gave no answer';
    default:
      return unreachable(answer);
  }
}

/** End of what the model printed [at most 400 characters]. */
function lastWords(answer: HostAnswer): string {
  return answer.kind === 'missing' ? '' : answer.output.slice(-400).trim();
}
