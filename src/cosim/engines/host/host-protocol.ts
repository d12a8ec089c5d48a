/** What the parent asks a model's host process, what it hears on the way, and the one answer that ends it. */
import type { ModelSource } from '../../engine.js';
import type { CosimJob, CosimOutcome } from '../../job.js';
import type { SimulatorCommand } from '../child-process.js';

/** Where the host finds its model: in a Node addon, by its absolute path, or in a simulator that it starts. */
export type ModelPlace =
  | { readonly kind: 'addon'; readonly file: string }
  | { readonly kind: 'simulator'; readonly command: SimulatorCommand };

export interface HostRequest {
  readonly model: ModelPlace;
  readonly design: Pick<ModelSource, 'ports' | 'strobes'>;
  /** URL of the module whose `executeJob` runs the job. */
  readonly jobModule: string;
  readonly job: CosimJob;
  /** File for the last events of the run, see `black-box.ts`. */
  readonly blackBox: string;
}

export type HostReply =
  | { readonly kind: 'outcome'; readonly outcome: CosimOutcome }
  /** The model ended the run by itself, or its process died. */
  | { readonly kind: 'stopped'; readonly how: string }
  /** The simulator answers something else than it was asked. */
  | { readonly kind: 'damaged'; readonly how: string }
  /** The addon is no program that this machine can load. */
  | { readonly kind: 'unloadable'; readonly reason: string }
  /** Our own code failed. */
  | { readonly kind: 'fault'; readonly text: string };

/** How far the job is: data sets done, of all. */
export interface HostProgress {
  readonly kind: 'progress';
  readonly done: number;
  readonly total: number;
}

export function isHostProgress(message: unknown): message is HostProgress {
  if (typeof message !== 'object' || message === null || !('kind' in message) || message.kind !== 'progress')
    return false;
  return (
    'done' in message && typeof message.done === 'number' && 'total' in message && typeof message.total === 'number'
  );
}

/** Whether a message is a reply: the process that sends it may have been damaged by the model. */
export function isHostReply(message: unknown): message is HostReply {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  switch (message.kind) {
    case 'outcome':
      return 'outcome' in message && isOutcome(message.outcome);
    case 'stopped':
    case 'damaged':
      return 'how' in message && typeof message.how === 'string';
    case 'unloadable':
      return 'reason' in message && typeof message.reason === 'string';
    case 'fault':
      return 'text' in message && typeof message.text === 'string';
    default:
      return false;
  }
}

/** A field of `CosimOutcome` that is missing here breaks the build. */
const OUTCOME_NUMBERS = Object.keys({
  clocks: true,
  evaluatedClocks: true,
  busClocks: true,
  events: true,
  pulses: true,
  samples: true,
  mismatches: true,
  maxConductanceError: true,
  seconds: true,
} satisfies Record<NumberField, true>);

type NumberField = {
  [Field in keyof CosimOutcome]-?: CosimOutcome[Field] extends number ? Field : never;
}[keyof CosimOutcome];

function isOutcome(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return (
    OUTCOME_NUMBERS.every((name) => typeof fields.get(name) === 'number') &&
    typeof fields.get('digest') === 'string' &&
    Array.isArray(fields.get('conductances')) &&
    Array.isArray(fields.get('states'))
  );
}
