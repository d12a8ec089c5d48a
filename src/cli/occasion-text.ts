/** Where an experiment was when a host asked for pulses, for people and for scripts. */
import type { CellChange } from '../cosim/observe/cell-history.js';
import type { Occasion } from '../ir/occasion.js';

/** Occasions that are told, and samples of each, at most. */
const TOLD_OCCASIONS = 16;
const TOLD_SAMPLES = 8;

/** `training on digits, epoch 1, batch 2, samples 12 5 88 and 29 more`. */
export function occasionText({ activity, epoch, batch, samples, step }: Occasion): string {
  return [
    activity,
    ...(epoch === undefined ? [] : [`epoch ${epoch}`]),
    ...(batch === undefined ? [] : [`batch ${batch}`]),
    ...(samples === undefined ? [] : [samplesText(samples.indices)]),
    ...(step === undefined ? [] : [`step ${step}`]),
  ].join(', ');
}

function samplesText(indices: readonly number[]): string {
  if (indices.length === 1) return `sample ${indices.join()}`;
  const told = indices.slice(0, TOLD_SAMPLES).join(' ');
  return indices.length > TOLD_SAMPLES
    ? `samples ${told} and ${indices.length - TOLD_SAMPLES} more`
    : `samples ${told}`;
}

/** The occasions of `changes`, each once, behind the data sets that are of it. */
export function occasionLines(changes: readonly CellChange[]): readonly string[] {
  const stretches: { readonly from: string; to: string; readonly text: string }[] = [];
  for (const { dataSet, occasion } of changes) {
    if (!occasion) continue;
    const text = occasionText(occasion);
    const last = stretches.at(-1);
    if (last?.text === text) last.to = dataSet;
    else stretches.push({ from: dataSet, to: dataSet, text });
  }
  const lines = stretches
    .slice(0, TOLD_OCCASIONS)
    .map(({ from, to, text }) => `  ${from === to ? from : `${from} to ${to}`}: ${text}`);
  const left = stretches.length - lines.length;
  return left > 0 ? [...lines, `  and ${left} others`] : lines;
}

/** An occasion as `cosim --json` lists it. */
export function occasionDocument({ activity, epoch, batch, samples, step }: Occasion): object {
  return {
    activity,
    ...(epoch !== undefined && { epoch }),
    ...(batch !== undefined && { batch }),
    ...(samples && { data: samples.data, samples: samples.indices }),
    ...(step !== undefined && { step }),
  };
}
