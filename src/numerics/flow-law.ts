/** What several bounded states that depend on each other and on time do: their rates, which stop at the bounds. */
import { invariant } from '../core/invariant.js';

/** Time derivatives of the states, and their bounds. */
export interface FlowLaw {
  /** Writes x'(t) to `rates`; asked only for 0 <= t <= the time of the problem and states within their bounds. */
  readonly rates: (t: number, x: Float64Array, rates: Float64Array) => void;
  /** Whether the rates depend on time, but not on the states. */
  readonly isOfTime?: boolean;
  /** By state; infinite where it has no bound. */
  readonly min: readonly number[];
  readonly max: readonly number[];
}

/** Rates of `law` at `x`; zero where a state is at a bound and would leave. */
export function boundedRates(law: FlowLaw, t: number, x: Float64Array, rates: Float64Array): void {
  law.rates(t, x, rates);
  for (let i = 0; i < rates.length; i++) {
    const [rate, at] = [rates[i] ?? NaN, x[i] ?? NaN];
    invariant(!Number.isNaN(rate), `the rate of state ${String(i)} is a number`);
    if ((at >= (law.max[i] ?? NaN) && rate > 0) || (at <= (law.min[i] ?? NaN) && rate < 0)) rates[i] = 0;
  }
}

/** A state's value, or the bound that it would pass. */
export function clamp({ min, max }: FlowLaw, state: number, value: number): number {
  return Math.min(max[state] ?? NaN, Math.max(min[state] ?? NaN, value));
}
