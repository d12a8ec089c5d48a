/**
 * What a spike does alone is the integral of the rate over its waveform, which is not zero for kernels that strengthen
 * more than they weaken. A tail of the other sign behind the kernel takes it back; as it is sampled like everything
 * else, the rule then has a weak opposite side far from the spike, whose area is that of the kernel.
 */
import type { VoltageResponse } from '../voltage-response.js';
import type { BankWaveform } from './fit-waveforms.js';
import type { LineConverter } from './line-converter.js';

/** A tail may change pairs by this part of the kernel's peak where the controller's memory is long enough. */
const WANTED_TAIL = 0.05;

export interface BalanceTask {
  readonly response: VoltageResponse;
  readonly converter: LineConverter;
  readonly sampleSeconds: number;
  /** Code of the sampler. */
  readonly amplitude: number;
  /** Samples that a waveform may have. */
  readonly maxSamples: number;
}

export interface BalancedWaveform extends BankWaveform {
  /** Samples of the tail, the last ones of the waveform. */
  readonly tail: number;
  /** Change of pairs in the tail as a part of the largest change. */
  readonly tailShare: number;
}

/** What the waveform does without a partner [weight]. */
export function driftOf({ codes }: BankWaveform, { response, converter, sampleSeconds }: BalanceTask): number {
  return sampleSeconds * codes.reduce((sum, code) => sum + response.rate(converter.volts(code)), 0);
}

/** The waveform with a tail behind it, where it needs one. */
export function balanceDrift(waveform: BankWaveform, task: BalanceTask): BalancedWaveform {
  const { response, converter, sampleSeconds, amplitude } = task;
  const alone = (code: number): number => sampleSeconds * response.rate(converter.volts(code));
  const a = converter.volts(amplitude);
  const paired = (code: number): number => {
    const p = converter.volts(code);
    return sampleSeconds * Math.abs(response.rate(p + a) + response.rate(p - a) - 2 * response.rate(p));
  };
  const drift = driftOf(waveform, task);
  const peak = Math.max(...waveform.codes.map(paired));
  if (Math.abs(drift) <= alone(1)) return { ...waveform, tail: 0, tailShare: 0 };
  const room = task.maxSamples - waveform.codes.length - 1;
  let code = 1;
  while (code < converter.largest && (paired(code + 1) <= WANTED_TAIL * peak || Math.abs(drift) > room * alone(code)))
    code++;
  const count = Math.floor(Math.abs(drift) / alone(code));
  const rest = Math.abs(drift) - count * alone(code);
  // One more sample takes what is left
  let last = 0;
  while (last < code && Math.abs(alone(last + 1) - rest) < Math.abs(alone(last) - rest)) last++;
  const tail = [...Array.from({ length: count }, () => code), ...(last > 0 ? [last] : [])];
  const signed = tail.map((each) => -Math.sign(drift) * each);
  const codes = [...waveform.codes, ...signed];
  return { first: waveform.first, codes, tail: tail.length, tailShare: paired(code) / peak };
}
