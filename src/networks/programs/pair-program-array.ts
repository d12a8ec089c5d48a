/**
 * Pairs of cells on one tile that a pulse program pulses and reads: the decisions of pulse-pair-array.ts, taken from the
 * codes of the converters alone. Every step is a data set, as in program-array.ts. A pair that has no more to give is
 * set anew so that its weight stays: it is read before and after, and what devices leave of the difference is pulsed off.
 */
import type { Span } from '../../core/span.js';
import { invariant } from '../../core/invariant.js';
import { networkArray } from '../../ir/realize/network-array.js';
import type { Chip } from '../../ir/chip.js';
import type { Occasion } from '../../ir/occasion.js';
import type { MatrixSize } from '../../ir/synapse-matrix.js';
import type { PhiloxKey } from '../../numerics/philox.js';
import { gradientProduct } from '../arrays/gradient-product.js';
import type { PairLaw } from '../arrays/pair-law.js';
import { inverseOf, lawOfPairs, statesOf, type PairMeaning } from '../arrays/pair-setup.js';
import { tickOfLongest } from '../arrays/step-inverse.js';
import type { ArrayCounts, ArraySnapshot, Batch } from '../arrays/synapse-array.js';
import { notRunnable } from '../study-fault.js';
import { misfit } from './misfit.js';
import { PairHost } from './pair-host.js';
import { PairTile, STEP_PULSES } from './pair-tile.js';
import { ProgramTile } from './program-tile.js';
import { PulseList, type CellPlace } from './pulse-list.js';
import type { RecordedArray } from './recorded-array.js';
import type { TileRecording } from './recorded-tile.js';

export interface PairProgramSetup {
  readonly meaning: PairMeaning;
  readonly rows: number;
  readonly columns: number;
  readonly chip: Chip;
  /** Seed of the devices of the tile, and key of what the host rounds by. */
  readonly seed: number;
  readonly key: PhiloxKey;
  readonly without: readonly string[];
  /** Where weights start (rows x columns). */
  readonly weights: Float32Array;
  /** File name as the user gave it. */
  readonly source: string;
  /** Name of the program, which becomes that of the controller. */
  readonly name: string;
  /** What asks for its pulses; the tile where absent. */
  readonly origin?: Span;
  /** Where the experiment is. */
  readonly occasion?: () => Occasion | undefined;
}

/** The array, or why a program cannot be it. */
export function createPairProgramArray(
  setup: PairProgramSetup,
): PairProgramArray | { readonly kind: 'refused'; readonly reason: string } {
  const { meaning, rows, columns, chip, without } = setup;
  const refused = (reason: string) => ({ kind: 'refused', reason }) as const;
  const law = lawOfPairs(meaning, without);
  if ('reason' in law) return law;
  if (law.state !== meaning.device.states[0]) return refused(`pulses do not move the first state`);
  const obstacle = tileObstacle({ rows, columns }, chip);
  return obstacle === undefined ? new PairProgramArray(setup, law) : refused(obstacle);
}

/** Why pairs do not lie on one tile of `chip`; undefined where they do. */
export function tileObstacle({ rows, columns }: MatrixSize, chip: Chip): string | undefined {
  const fits = rows <= chip.tile.rows && 2 * columns <= chip.tile.columns;
  return fits ? undefined : misfit(rows, 2 * columns, chip);
}

/** Reads of a cell before and after it is set anew, at least: their mean halves the noise of reading. */
const RENEWAL_READS = 4;

export class PairProgramArray implements RecordedArray {
  readonly rows: number;
  readonly columns: number;
  readonly #setup: PairProgramSetup;
  readonly #host: PairHost;
  readonly #program: ProgramTile;
  readonly #tile: PairTile;
  readonly #pulses: PulseList;
  readonly #product: Float32Array;
  readonly #weights: Float32Array;
  #refreshes = 0;

  constructor(setup: PairProgramSetup, law: PairLaw) {
    const { meaning, rows, columns, chip, seed, key, name, source, without } = setup;
    const { device, quantity, scale, rule } = meaning;
    const array = networkArray(source, chip, device);
    const tickSeconds = tickOfLongest(device.pulse.seconds, chip);
    this.rows = rows;
    this.columns = columns;
    this.#setup = setup;
    this.#product = new Float32Array(rows * columns);
    this.#weights = new Float32Array(rows * columns);
    this.#host = new PairHost({ meaning, law, key, rows, columns });
    this.#pulses = new PulseList({ whole: Math.round(device.pulse.seconds / tickSeconds), fraction: rule.fraction });
    const [window] = device.windows;
    const start = { ...(window && { window }), without, initial: this.#initialStates(law, array) };
    const tickExponent = Math.log2(tickSeconds * array.clockHz);
    const { occasion } = setup;
    const work = { readPlanes: rows, pulses: 'cells', entries: STEP_PULSES, tickExponent, ...(occasion && { occasion }) } as const; // prettier-ignore
    this.#program = new ProgramTile({ array, name, origin: setup.origin ?? array.tileOrigin, start, seed, ...work });
    this.#tile = new PairTile({ tile: this.#program, pulses: this.#pulses, quantity, scale, rows, columns, readPlanes: rows }); // prettier-ignore
  }

  get counts(): ArrayCounts {
    const { kernel, clocks, program } = this.#program;
    return {
      ...{ pulses: this.#pulses.pulses, refreshes: this.#refreshes, reads: this.#tile.reads },
      energy: { selected: kernel.selectedEnergy, halfSelected: kernel.halfSelectedEnergy },
      conversions: this.#tile.planes * program.columns,
      seconds: clocks / program.clockHz,
    };
  }

  /** Steps so far as one job for the RTL; what is still to be written has been. */
  recording(): TileRecording {
    this.#tile.flush();
    return this.#program.recording();
  }

  get controller(): TileRecording {
    return this.#program.empty;
  }

  weights(): Float32Array {
    this.#tile.flush();
    const { kernel } = this.#program;
    const states = Float64Array.from({ length: 2 * this.#weights.length }, (_, cell) => {
      const { row, column } = this.#placeOf(cell);
      return kernel.conductance[row * kernel.columns + column] ?? NaN;
    });
    this.#host.weightsOf(states, this.#weights);
    return this.#weights;
  }

  forward(inputs: Batch, out: Batch): void {
    const values = this.#tile.look();
    for (let sample = 0; sample < inputs.count; sample++) {
      const sums = out.values.subarray(sample * out.width, sample * out.width + this.columns).fill(0);
      for (let row = 0; row < this.rows; row++) {
        const input = inputs.values[sample * inputs.width + row] ?? 0;
        if (input === 0) continue;
        for (let column = 0; column < this.columns; column++) {
          sums[column] = (sums[column] ?? 0) + input * differenceOf(values, row * this.columns + column);
        }
      }
    }
  }

  backward(errors: Batch, out: Batch): void {
    const values = this.#tile.look();
    for (let sample = 0; sample < errors.count; sample++) {
      for (let row = 0; row < this.rows; row++) {
        let sum = 0;
        for (let column = 0; column < this.columns; column++) {
          const error = errors.values[sample * errors.width + column] ?? 0;
          sum += error * differenceOf(values, row * this.columns + column);
        }
        out.values[sample * out.width + row] = sum;
      }
    }
  }

  learn(inputs: Batch, errors: Batch): void {
    const { readings } = this.#tile;
    gradientProduct(inputs, errors, this.#product);
    this.#tile.lookWhereUnknown();
    const { plus, minus, renews } = this.#host.decide(this.#product, (cell) => readings.mean(cell));
    this.#tile.decided(this.#setup.occasion?.());
    const moved = new Set<number>();
    const due: number[] = [];
    for (let pair = 0; pair < this.#product.length; pair++) {
      const [above = 0, below = 0] = [plus[pair], minus[pair]];
      if (above + below === 0) continue;
      moved.add(Math.floor(pair / this.columns));
      this.#pulses.add(this.#placeOf(2 * pair), above);
      this.#pulses.add(this.#placeOf(2 * pair + 1), below);
      if (renews[pair] !== 0) due.push(pair);
    }
    readings.forget(moved);
    if (due.length > 0) this.#renew(due);
  }

  setRate(rate: number): void {
    this.#host.setRate(rate);
  }

  setReadNoise(forward: number, backward: number): void {
    if (forward !== 1 || backward !== 1) {
      notRunnable(`\`${this.#setup.name}\``, 'a program reads devices with the noise that they have');
    }
  }

  modulate(name: string, value: number): void {
    if (!this.#setup.meaning.device.modulators.some((modulator) => modulator.name === name)) return;
    this.#tile.flush();
    this.#tile.modulate(name, value);
    this.#host.modulate(name, value);
  }

  rest(_seconds: number): void {
    // Devices that move by themselves have no array of pairs
  }

  snapshot(): ArraySnapshot {
    invariant(false, 'a recorded run is short, and not taken up again');
  }

  restore(_snapshot: ArraySnapshot): void {
    invariant(false, 'a recorded run is short, and not taken up again');
  }

  /** Both cells of each pair are set anew, then the one that weighs less is pulsed until the weight is what was read. */
  #renew(pairs: readonly number[]): void {
    const rows = [...new Set(pairs.map((pair) => Math.floor(pair / this.columns)))];
    const before = this.#tile.look(rows, RENEWAL_READS);
    const wanted = pairs.map((pair) => differenceOf(before, pair));
    pairs.forEach((pair, index) => {
      const weight = wanted[index] ?? NaN;
      for (const cell of [2 * pair, 2 * pair + 1]) this.#pulses.renew(this.#placeOf(cell));
      const lesser = weight < 0 ? 2 * pair : 2 * pair + 1;
      this.#give(lesser, this.#host.pulsesToLose(Math.abs(weight)));
    });
    this.#tile.readings.forget(rows);
    // Gains of devices differ: what the first pulses leave, either way, others take off
    const after = this.#tile.look(rows, RENEWAL_READS);
    pairs.forEach((pair, index) => {
      const excess = differenceOf(after, pair) - (wanted[index] ?? NaN);
      const cell = excess > 0 ? 2 * pair : 2 * pair + 1;
      this.#give(cell, this.#host.pulsesToLoseFrom(after[cell] ?? NaN, Math.abs(excess)));
    });
    this.#tile.readings.forget(rows);
    this.#refreshes += pairs.length;
  }

  #give(cell: number, count: number): void {
    this.#pulses.add(this.#placeOf(cell), this.#pulses.nearest(count));
  }

  /** First states of all cells of the tile, those beside the pairs fresh. */
  #initialStates(law: PairLaw, tile: { readonly rows: number; readonly columns: number }): readonly number[] {
    const { meaning, weights } = this.#setup;
    const states = new Array<number>(tile.rows * tile.columns).fill(law.fresh);
    const inverse = inverseOf(meaning, law, new Map());
    weights.forEach((weight, pair) => {
      const { plus, minus } = statesOf(weight, law.fresh, inverse);
      const { row, column } = this.#placeOf(2 * pair);
      states[row * tile.columns + column] = plus;
      states[row * tile.columns + column + 1] = minus;
    });
    return states;
  }

  #placeOf(cell: number): CellPlace {
    const width = 2 * this.columns;
    return { row: Math.floor(cell / width), column: cell % width };
  }
}

/** The weight of a pair from the values of all cells. */
function differenceOf(values: Float64Array, pair: number): number {
  return (values[2 * pair] ?? NaN) - (values[2 * pair + 1] ?? NaN);
}
