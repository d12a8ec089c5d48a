/** A Verilated model, loaded as a native addon, behind the contract of engines. One instance per process and file. */
import { createRequire } from 'node:module';
import { invariant } from '../../../core/invariant.js';
import type { ModelPort, ModelSession } from '../../engine.js';
import { layoutPorts } from '../../io-layout.js';

/** Loads the addon; the model starts when the file is loaded for the first time. */
export function openAddon(file: string, ports: readonly ModelPort[]): ModelSession {
  const addon: unknown = createRequire(import.meta.url)(file);
  invariant(isAddon(addon), 'a model addon exports io and run');
  const { slots, words } = layoutPorts(ports);
  const { io: block, run } = addon;
  const clocksWord = new Uint32Array(block, 4 * words, 1);
  let evaluatedClocks = 0;
  const runUntil = (maxClocks: number): number => {
    clocksWord[0] = maxClocks;
    run();
    const clocks = clocksWord[0] ?? 0;
    evaluatedClocks += clocks;
    return clocks;
  };
  return {
    io: new Uint32Array(block, 0, words),
    slots,
    get evaluatedClocks() {
      return evaluatedClocks;
    },
    step: () => {
      runUntil(1);
    },
    runUntil,
    close: () => undefined,
  };
}

interface Addon {
  readonly io: ArrayBuffer;
  readonly run: () => void;
}

function isAddon(value: unknown): value is Addon {
  return typeof value === 'object' && value !== null && 'io' in value && 'run' in value;
}
