/** What the synapses of a projection did in an experiment, run by run, and the figures made of it. */
import { rootMeanSquare, correlationOf } from '../../ir/realize/superposition/predict.js';

/** Weight changes of one run (synapses) [weight]. */
export interface RunRecord {
  /** Post minus pre [s]; absent where populations were stimulated. */
  readonly pairSeconds?: number;
  readonly change: Float64Array;
}

/** Mean and spread of the changes at one time from pre to post, over synapses and repetitions. */
export interface WindowPoint {
  readonly seconds: number;
  readonly mean: number;
  readonly deviation: number;
}

export class WeightRecords {
  readonly runs: RunRecord[] = [];
  /** What a spike before or behind does alone (synapses) [weight]. */
  isolated: readonly Float64Array[] = [];
  /** Weights at the start and behind every run (synapses). */
  readonly weights: Float64Array[] = [];

  /** Changes by the time from pre to post, of the synapses in `chosen`. */
  window(chosen: readonly number[]): readonly WindowPoint[] {
    return [...this.#pairs()].map(([seconds, runs]) => {
      const values = runs.flatMap(({ change }) => chosen.map((synapse) => change[synapse] ?? NaN));
      const mean = meanOf(values);
      return { seconds, mean, deviation: rootMeanSquare(values.map((value) => value - mean)) };
    });
  }

  /** Standard deviation over repetitions by the mean, mean over synapses and times at which there is a change. */
  variation(chosen: readonly number[]): number {
    const found: number[] = [];
    const least = NEGLIGIBLE * this.#largest(chosen);
    for (const runs of this.#pairs().values()) {
      for (const synapse of chosen) {
        const values = runs.map(({ change }) => change[synapse] ?? NaN);
        const mean = meanOf(values);
        const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
        if (Math.abs(mean) > least) found.push(Math.sqrt(squares / (values.length - 1)) / Math.abs(mean));
      }
    }
    return meanOf(found);
  }

  /** Largest change of spikes of one side alone by the largest of pairs. */
  drift(chosen: readonly number[]): number {
    const alone = this.isolated.flatMap((change) => chosen.map((synapse) => Math.abs(change[synapse] ?? NaN)));
    return Math.max(0, ...alone) / this.#largest(chosen);
  }

  /** All changes, and all weights, of the synapses in `chosen`. */
  changes(chosen: readonly number[]): readonly number[] {
    return this.runs.flatMap(({ change }) => chosen.map((synapse) => change[synapse] ?? NaN));
  }

  weightsOf(chosen: readonly number[]): readonly number[] {
    return this.weights.flatMap((weights) => chosen.map((synapse) => weights[synapse] ?? NaN));
  }

  #largest(chosen: readonly number[]): number {
    return this.window(chosen).reduce((largest, { mean }) => Math.max(largest, Math.abs(mean)), 0);
  }

  #pairs(): Map<number, RunRecord[]> {
    const pairs = new Map<number, RunRecord[]>();
    for (const run of this.runs) {
      if (run.pairSeconds === undefined) continue;
      const known = pairs.get(run.pairSeconds) ?? [];
      known.push(run);
      pairs.set(run.pairSeconds, known);
    }
    return pairs;
  }
}

/** Part of the largest change below which a change is nothing to take a part of. */
const NEGLIGIBLE = 1e-3;

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Correlation of a window with what it should be, and how far it is from that by the largest wanted value. */
export function compareWindows(
  found: readonly number[],
  wanted: readonly number[],
): { readonly correlation: number; readonly error: number } {
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const misses = found.map((value, index) => value - (wanted[index] ?? NaN));
  return { correlation: correlationOf(found, wanted), error: rootMeanSquare(misses) / largest };
}
