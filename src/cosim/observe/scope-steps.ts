/** A list of signals as a walk through their scopes: down, signal, up. */
import type { WaveSignal } from './wave-record.js';

export type ScopeStep =
  | { readonly kind: 'down'; readonly name: string }
  | { readonly kind: 'up' }
  | { readonly kind: 'signal'; readonly id: number; readonly signal: WaveSignal };

/** The walk through all `signals` in their order, which keeps those of one scope together; it ends outside of all scopes. */
export function scopeSteps(signals: readonly WaveSignal[]): readonly ScopeStep[] {
  const steps: ScopeStep[] = [];
  let open: readonly string[] = [];
  const moveTo = (scopes: readonly string[]): void => {
    const common = open.findIndex((name, depth) => scopes[depth] !== name);
    const shared = common < 0 ? open.length : common;
    for (let depth = open.length; depth > shared; depth--) steps.push({ kind: 'up' });
    for (const name of scopes.slice(shared)) steps.push({ kind: 'down', name });
    open = scopes;
  };
  signals.forEach((signal, id) => {
    moveTo(signal.scopes);
    steps.push({ kind: 'signal', id, signal });
  });
  moveTo([]);
  return steps;
}
