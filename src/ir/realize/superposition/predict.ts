/** What waveforms do to a pair of spikes on an ideal device, from the equations of the device. */
import type { PlannedRule, SuperpositionPlan } from './plan.js';

/** Figures of one rule. */
export interface Prediction {
  /** Correlation of changes with the kernel, and the root mean square of the difference by the kernel's peak. */
  readonly correlation: number;
  readonly error: number;
  /** What a spike does alone by the largest change of a pair. */
  readonly drift: number;
  /** Largest change of a pair [weight]. */
  readonly peak: number;
}

/** Change of the weight of a pair, the one behind `ticks` ticks after the one before [weight]. */
export function predictChange(plan: SuperpositionPlan, { waveform }: PlannedRule, ticks: number): number {
  const { response, converter, sampleSeconds, amplitude, assignment } = plan;
  const rate = (code: number, sampler: number): number =>
    response.rate(converter.volts(code) + Math.sign(sampler) * converter.volts(Math.abs(sampler)));
  const sampledAt = assignment.player === 'pre' ? ticks : -ticks;
  let change = 0;
  const { first, codes } = waveform;
  const end = Math.max(first + codes.length, sampledAt + 1);
  for (let sample = Math.min(first, sampledAt - 1); sample < end; sample++) {
    const sampler = sample === sampledAt - 1 ? amplitude : sample === sampledAt ? -amplitude : 0;
    change += sampleSeconds * rate(codes[sample - first] ?? 0, sampler);
  }
  return change;
}

/** Part of the peak of a kernel by which it jumps, at least, where it does. */
const JUMP = 1e-3;

/**
 * How well a rule is met at every tick at which its kernel plays, the tail left out, and the ticks at which the kernel
 * jumps: a sampler sees a sample on either side.
 */
export function predict(plan: SuperpositionPlan, rule: PlannedRule): Prediction {
  const { waveform, kernel } = rule;
  const { first, codes, tail } = waveform;
  const kernelEnd = first + codes.length - tail;
  const sign = plan.assignment.player === 'pre' ? 1 : -1;
  const wantedAt = (tick: number): number => kernel(tick * plan.sampleSeconds);
  const all = Array.from({ length: kernelEnd - first + 1 }, (_, index) => sign * (first + index));
  const peak = Math.max(...all.map((tick) => Math.abs(wantedAt(tick))));
  const near = 1e-6;
  const ticks = all.filter((tick) => Math.abs(wantedAt(tick + near) - wantedAt(tick - near)) <= JUMP * peak);
  const found = ticks.map((tick) => predictChange(plan, rule, tick));
  const wanted = ticks.map(wantedAt);
  const largest = Math.max(...found.map(Math.abs));
  const far = sign * (kernelEnd + 2 * tail + 2);
  return {
    correlation: correlationOf(found, wanted),
    error: rootMeanSquare(found.map((change, index) => change - (wanted[index] ?? NaN))) / peak,
    drift: Math.abs(predictChange(plan, rule, far)) / largest,
    peak: largest,
  };
}

/** Pearson's correlation coefficient of two lists of the same length. */
export function correlationOf(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [centred(one), centred(other)];
  const product = a.reduce((sum, value, index) => sum + value * (b[index] ?? NaN), 0);
  return product / Math.sqrt(squareSum(a) * squareSum(b));
}

export function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(squareSum(values) / values.length);
}

function centred(values: readonly number[]): readonly number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function squareSum(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value ** 2, 0);
}
