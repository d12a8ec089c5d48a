/** The field in which a Verilated model remembers the clock, so that a falling edge that nobody sees costs no evaluation. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ModelSource } from '../../engine.js';
import { MODEL_CLASS } from './addon-source.js';

/**
 * Name of the field below `rootp` of the model in `folder`: Verilator compares the clock with it to find edges.
 * Undefined where the design looks at falling edges, or where this version of Verilator does it otherwise; then every
 * edge is evaluated.
 */
export function findClockMemory(folder: string, { clock, files }: ModelSource): string | undefined {
  if (files.some(({ text }) => new RegExp(`\\bnegedge\\s+${clock}\\b`).test(text))) return undefined;
  const header = readFileSync(path.join(folder, `${MODEL_CLASS}___024root.h`), 'utf8');
  const fields = [...header.matchAll(new RegExp(`\\b(__Vtrig\\w*prev\\w*__TOP__${clock}(?:__\\d+)?);`, 'g'))];
  return fields.length === 1 ? fields[0]?.[1] : undefined;
}
