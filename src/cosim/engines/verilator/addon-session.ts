/** A Verilated model, loaded as a native addon, behind the contract of engines. One instance per process and file. */
import { createRequire } from 'node:module';
import type { ModelPort, ModelSession } from '../../engine.js';
import { layoutPorts } from '../../io-layout.js';

/** The operating system or Node refuses the addon: built for another machine, or from a folder that runs nothing. */
export class AddonUnloadable extends Error {}

/**
 * Loads the addon; the model starts when the file is loaded for the first time.
 * @throws {@link AddonUnloadable} where it cannot be loaded
 */
export function openAddon(file: string, ports: readonly ModelPort[]): ModelSession {
  const addon = loadAddon(file);
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

/**
 * Memory of `bytes` that the operating system keeps as `boxFile`, whatever becomes of this process; undefined where the
 * addon or the system cannot do that.
 */
export function openAddonBox(file: string, boxFile: string, bytes: number): ArrayBuffer | undefined {
  const { openBox } = loadAddon(file);
  return openBox?.(boxFile, bytes);
}

function loadAddon(file: string): Addon {
  let addon: unknown;
  try {
    addon = createRequire(import.meta.url)(file);
  } catch (fault) {
    throw new AddonUnloadable(fault instanceof Error ? fault.message : String(fault));
  }
  if (!isAddon(addon)) throw new AddonUnloadable(`${file} is not a model`);
  return addon;
}

interface Addon {
  readonly io: ArrayBuffer;
  readonly run: () => void;
  readonly openBox?: (file: string, bytes: number) => ArrayBuffer | undefined;
}

function isAddon(value: unknown): value is Addon {
  return typeof value === 'object' && value !== null && 'io' in value && 'run' in value;
}
