/** What a run looked like over time: signals and their changes, whatever the format they are written in. */

export interface WaveSignal {
  /** Scopes around it, outermost first: the controller, then what the signal belongs to. */
  readonly scopes: readonly string[];
  /** Identifier, unique in its scope. */
  readonly name: string;
  /** A vector of bits (unsigned), or a real number. */
  readonly kind: 'bits' | 'real';
  /** Bits of a vector, at most 48. */
  readonly width: number;
}

export interface WaveRecord {
  /** Clock of the design; times are whole numbers of its periods. */
  readonly clockHz: number;
  readonly signals: readonly WaveSignal[];
  /** All changes in order of time: clock since reset, index of the signal, new value. */
  readonly clocks: Float64Array;
  readonly ids: Uint32Array;
  readonly values: Float64Array;
  /** Where data sets begin: the clock of their first commit. */
  readonly dataSets: readonly { readonly name: string; readonly clock: number }[];
  /** Clock of the last commit, or the one at which the record is cut. */
  readonly endClock: number;
  /** Whether there were more changes than asked for; the record ends before them. */
  readonly isCut: boolean;
}

/** Changes as they come: those of one signal in order of time. What changes nothing is left out. */
export class WaveChanges {
  #clocks = new Float64Array(1024);
  #ids = new Uint32Array(1024);
  #values = new Float64Array(1024);
  #count = 0;
  readonly #maxChanges: number;
  /** Place of the last change of every signal. */
  readonly #last: number[] = [];
  /** Clock from which on nothing is kept. */
  #end = Infinity;

  constructor(maxChanges: number) {
    this.#maxChanges = maxChanges;
  }

  get isCut(): boolean {
    return this.#end < Infinity;
  }

  /** The clock from which on nothing is kept; infinite where everything is. */
  get end(): number {
    return this.#end;
  }

  /** The signal has `value` from `clock` on. */
  add(clock: number, id: number, value: number): void {
    const last = this.#last[id];
    if (last !== undefined && this.#values[last] === value) return;
    if (last !== undefined && this.#clocks[last] === clock) {
      this.#values[last] = value;
      return;
    }
    if (clock >= this.#end) return;
    if (this.#count === this.#maxChanges) {
      this.#end = clock;
      return;
    }
    if (this.#count === this.#clocks.length) this.#grow();
    this.#last[id] = this.#count;
    this.#clocks[this.#count] = clock;
    this.#ids[this.#count] = id;
    this.#values[this.#count++] = value;
  }

  /** In order of time, changes of one clock in the order in which they came. */
  sorted(): Pick<WaveRecord, 'clocks' | 'ids' | 'values'> {
    const clockOf = (at: number): number => this.#clocks[at] ?? NaN;
    const order = Array.from({ length: this.#count }, (_, index) => index).filter((at) => clockOf(at) < this.#end);
    order.sort((one, other) => clockOf(one) - clockOf(other) || one - other);
    return {
      clocks: Float64Array.from(order, clockOf),
      ids: Uint32Array.from(order, (at) => this.#ids[at] ?? NaN),
      values: Float64Array.from(order, (at) => this.#values[at] ?? NaN),
    };
  }

  #grow(): void {
    const wider = <Values extends Float64Array | Uint32Array>(values: Values, empty: Values): Values => {
      empty.set(values);
      return empty;
    };
    const length = 2 * this.#clocks.length;
    this.#clocks = wider(this.#clocks, new Float64Array(length));
    this.#ids = wider(this.#ids, new Uint32Array(length));
    this.#values = wider(this.#values, new Float64Array(length));
  }
}
