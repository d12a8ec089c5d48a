/**
 * From kernels of spike timing to waveforms whose superposition on a device is these kernels. One neuron of a pair plays
 * a waveform p(t) of its rule, the other one a biphasic sampler, -A for a sample and A for a sample, which alone changes
 * nothing. With the rate f of the device, odd and steeper than linear, a pair then changes the weight by
 * `w (f(p + A) + f(p - A) - 2 f(p))` beside what p does alone; each sample of p is the converter code for which that
 * comes nearest to the kernel. For a device that follows sinh(v/V0) this is p = V0 asinh(kernel/C).
 */
import type { VoltageResponse } from '../voltage-response.js';
import type { LineConverter } from './line-converter.js';

/** A kernel by the time of the sampling spike after the playing one [s]: weight change of a pair. */
export type PairKernel = (seconds: number) => number;

export interface FitTask {
  /** One for each waveform bank. */
  readonly kernels: readonly PairKernel[];
  readonly sampleSeconds: number;
  readonly response: VoltageResponse;
  readonly converter: LineConverter;
  /** Largest voltage across a cell [V]. */
  readonly maxVolts: number;
  /** Oldest spike that a controller can remember [samples]. */
  readonly maxAge: number;
}

/** Codes of one bank: `codes[j]` from `first + j` samples after the spike on, for one sample each. */
export interface BankWaveform {
  readonly first: number;
  readonly codes: readonly number[];
}

export interface FittedWaveforms {
  /** Code of the sampler, positive. */
  readonly amplitude: number;
  readonly banks: readonly BankWaveform[];
}

/** Why there is no waveform, in numbers for a diagnostic. */
export type FitFault =
  | { readonly kind: 'too-large'; readonly wanted: number; readonly reachable: number }
  | { readonly kind: 'zero' }
  | { readonly kind: 'too-long'; readonly samples: number };

/** What lies below this part of the peak of a kernel is left out at its ends. */
const NEGLIGIBLE = 1e-3;

/** Waveforms with the sampler's amplitude at which the worst kernel is met best. */
export function fitWaveforms(task: FitTask): FittedWaveforms | FitFault {
  const sampled = task.kernels.map((kernel) => sampleKernel(kernel, task));
  const tooLong = sampled.find((samples) => typeof samples === 'number');
  if (typeof tooLong === 'number') return { kind: 'too-long', samples: tooLong };
  const wanted = sampled.filter((samples) => typeof samples !== 'number');
  const peak = Math.max(...wanted.flatMap(({ values }) => values.map(Math.abs)));
  if (!(peak > 0)) return { kind: 'zero' };
  let best: { readonly error: number; readonly fitted: FittedWaveforms } | undefined;
  let reachable = 0;
  for (let amplitude = 1; amplitude <= task.converter.largest; amplitude++) {
    const table = changesAt(amplitude, task);
    const most = table.at(-1) ?? 0;
    reachable = Math.max(reachable, most);
    if (most < peak) continue;
    const banks = wanted.map(({ first, values }) => ({ first, codes: values.map((value) => codeFor(value, table)) }));
    const error = Math.max(...wanted.map(({ values }, bank) => errorOf(values, banks[bank]?.codes ?? [], table)));
    if (!best || error < best.error) best = { error, fitted: { amplitude, banks } };
  }
  return best?.fitted ?? { kind: 'too-large', wanted: peak, reachable };
}

interface SampledKernel {
  readonly first: number;
  readonly values: readonly number[];
}

/** The kernel at the middles of all samples at which it matters, or how many there would have to be. */
function sampleKernel(kernel: PairKernel, { sampleSeconds, maxAge }: FitTask): SampledKernel | number {
  const reach = Math.floor((maxAge - 2) / 2);
  const at = (sample: number): number => kernel((sample + 0.5) * sampleSeconds);
  const indices = Array.from({ length: 2 * reach }, (_, index) => index - reach);
  const peak = Math.max(...indices.map((sample) => Math.abs(at(sample))));
  const matters = indices.filter((sample) => Math.abs(at(sample)) > NEGLIGIBLE * peak);
  const [first = 0, last = 0] = [matters[0], matters.at(-1)];
  // What has not died out at the end of the memory goes on behind it
  if (peak > 0 && (first === -reach || last === reach - 1)) return 2 * reach;
  return { first, values: Array.from({ length: last - first + 1 }, (_, index) => at(first + index)) };
}

/** Change of a pair by the code of the waveform, from 0 to the largest code that the device stands. */
function changesAt(amplitude: number, { response, converter, sampleSeconds, maxVolts }: FitTask): readonly number[] {
  const a = converter.volts(amplitude);
  const changes: number[] = [];
  for (let code = 0; code <= converter.largest; code++) {
    const p = converter.volts(code);
    if (p + a > maxVolts) break;
    changes.push(sampleSeconds * (response.rate(p + a) + response.rate(p - a) - 2 * response.rate(p)));
  }
  return changes;
}

/** The signed code whose change is nearest to `value`; changes rise with the code. */
function codeFor(value: number, changes: readonly number[]): number {
  const size = Math.abs(value);
  let [low, high] = [0, changes.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((changes[middle] ?? NaN) <= size) low = middle;
    else high = middle;
  }
  const code = size - (changes[low] ?? 0) <= (changes[high] ?? 0) - size ? low : high;
  return value < 0 ? -code : code;
}

/** Mean square of what the codes miss, as a part of the square of the largest value. */
function errorOf(values: readonly number[], codes: readonly number[], changes: readonly number[]): number {
  const peak = Math.max(...values.map(Math.abs));
  const squares = values.map((value, index) => {
    const code = codes[index] ?? 0;
    return (Math.sign(code) * (changes[Math.abs(code)] ?? 0) - value) ** 2;
  });
  return squares.reduce((sum, square) => sum + square, 0) / squares.length / peak ** 2;
}
