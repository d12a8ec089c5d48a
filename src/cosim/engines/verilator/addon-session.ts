/** A Verilated model, loaded as a native addon, behind the contract of engines. One instance per process and file. */
import { createRequire } from 'node:module';
import { invariant } from '../../../core/invariant.js';
import type { ModelPort, ModelSession } from '../../engine.js';
import { layoutPorts } from '../../io-layout.js';

/** Loads the addon; the model starts when the file is loaded for the first time. */
export function openAddon(file: string, ports: readonly ModelPort[]): ModelSession {
  const addon: unknown = createRequire(import.meta.url)(file);
  invariant(isAddon(addon), 'a model addon exports io, step and runUntil');
  const { slots, words } = layoutPorts(ports);
  let evaluatedClocks = 0;
  return {
    io: new Uint32Array(addon.io, 0, words),
    slots,
    get evaluatedClocks() {
      return evaluatedClocks;
    },
    step: () => {
      addon.step();
      evaluatedClocks += 1;
    },
    runUntil: (maxClocks) => {
      const clocks = addon.runUntil(maxClocks);
      evaluatedClocks += clocks;
      return clocks;
    },
    close: () => undefined,
  };
}

interface Addon {
  readonly io: ArrayBuffer;
  readonly step: () => void;
  readonly runUntil: (maxClocks: number) => number;
}

function isAddon(value: unknown): value is Addon {
  return typeof value === 'object' && value !== null && 'io' in value && 'step' in value && 'runUntil' in value;
}
