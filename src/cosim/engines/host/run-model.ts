/** Runs a job in a child process beside the model, and turns whatever happens there into an outcome or a diagnostic. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DiagnosticBag } from '../../../core/diagnostic.js';
import { InternalError, unreachable } from '../../../core/invariant.js';
import { COSIM_CATALOGUE } from '../../catalogue.js';
import type { WatchJob } from '../../engine.js';
import type { CosimOutcome } from '../../job.js';
import { askHost, onEarlyEnd, type HostAnswer } from '../child-process.js';
import { readBlackBox } from './black-box.js';
import { isHostProgress, isHostReply, type HostReply, type HostRequest } from './host-protocol.js';

/** A request but for the place of its black box, which is found here. */
export type ModelRequest = Omit<HostRequest, 'blackBox'>;

/** Compiled JavaScript of a module of ours, also where this code runs from its TypeScript sources. */
export function compiledUrl(specifier: string): URL {
  const url = new URL(specifier, import.meta.url);
  url.pathname = url.pathname.replace(/\/src\/(?!.*\/src\/)/, '/dist/').replace(/\.ts$/, '.js');
  return url;
}

/** How a model is run. */
export interface ModelWatch {
  readonly limitSeconds: number;
  /** Called several times a second at most. */
  readonly watch?: WatchJob | undefined;
}

/** The outcome, or undefined after reporting that the model crashed, hung, flooded or answered garbage. */
export async function runModel(
  request: ModelRequest,
  { limitSeconds, watch }: ModelWatch,
  diagnostics: DiagnosticBag,
): Promise<CosimOutcome | undefined> {
  const script = fileURLToPath(compiledUrl('./model-host.js'));
  if (!existsSync(script)) {
    diagnostics.report(COSIM_CATALOGUE, 'child-missing', { path: script });
    return undefined;
  }
  const folder = newBoxFolder(diagnostics);
  if (folder === undefined) return undefined;
  const sweep = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  const release = onEarlyEnd(sweep);
  try {
    const blackBox = path.join(folder, 'last-events');
    const isNews = (message: unknown): boolean => {
      if (!isHostProgress(message)) return false;
      watch?.(message.done, message.total);
      return true;
    };
    const place = { folder: workingFolder(request), limitSeconds, isNews };
    const answer = await askHost(script, { ...request, blackBox }, place);
    const events = readBlackBox(blackBox, request.design);
    return new RunEnd(answer, events, limitSeconds).toOutcome(request, diagnostics);
  } finally {
    release();
    sweep();
  }
}

/** Models read their memory files from the folder in which they run. */
function workingFolder({ model }: ModelRequest): string {
  return model.kind === 'addon' ? path.dirname(model.file) : model.command.folder;
}

function newBoxFolder(diagnostics: DiagnosticBag): string | undefined {
  try {
    return mkdtempSync(path.join(tmpdir(), 'ionloom'));
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    diagnostics.report(COSIM_CATALOGUE, 'cache-unusable', { reason });
    return undefined;
  }
}

/** What became of a run. */
class RunEnd {
  readonly #answer: HostAnswer;
  readonly #events: readonly string[];
  readonly #limitSeconds: number;

  constructor(answer: HostAnswer, events: readonly string[], limitSeconds: number) {
    this.#answer = answer;
    this.#events = events;
    this.#limitSeconds = limitSeconds;
  }

  toOutcome({ model }: ModelRequest, diagnostics: DiagnosticBag): CosimOutcome | undefined {
    const answer = this.#answer;
    const reply = answer.kind === 'answered' && isHostReply(answer.message) ? answer.message : undefined;
    if (reply?.kind === 'outcome') return reply.outcome;
    if (reply?.kind === 'fault') throw new InternalError(`in the model's host: ${reply.text}`);
    const { events } = this;
    if (reply?.kind === 'unloadable') {
      const file = model.kind === 'addon' ? model.file : model.command.command;
      diagnostics.report(COSIM_CATALOGUE, 'model-unloadable', { file, reason: reply.reason });
    } else if (reply?.kind === 'damaged')
      diagnostics.report(COSIM_CATALOGUE, 'frame-damaged', { how: reply.how, events });
    else if (answer.kind === 'timeout')
      diagnostics.report(COSIM_CATALOGUE, 'model-hung', { seconds: this.#limitSeconds, events });
    else if (answer.kind === 'flooded')
      diagnostics.report(COSIM_CATALOGUE, 'model-flooded', { output: this.#lastWords(), events });
    else
      diagnostics.report(COSIM_CATALOGUE, 'model-crashed', {
        how: this.#how(reply),
        output: this.#lastWords(),
        events,
      });
    return undefined;
  }

  get events(): string {
    return this.#events.join('; ');
  }

  #how(stopped: Extract<HostReply, { kind: 'stopped' }> | undefined): string {
    const answer = this.#answer;
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
      case 'flooded':
        return 'gave no answer';
      default:
        return unreachable(answer);
    }
  }

  /** End of what the model printed [at most 400 characters]. */
  #lastWords(): string {
    return this.#answer.kind === 'missing' ? '' : this.#answer.output.slice(-400).trim();
  }
}
