/**
 * Since when each cell of a tile rests. Times are sums of two doubles, so that nanoseconds behind years of rest keep
 * their digits.
 */
export class RestClock {
  #now = 0;
  #nowRest = 0;
  /** The end of the segment at hand. */
  #end = 0;
  #endRest = 0;
  readonly #since: Float64Array;
  readonly #sinceRest: Float64Array;
  #isBehind = false;

  constructor(cells: number) {
    this.#since = new Float64Array(cells);
    this.#sinceRest = new Float64Array(cells);
  }

  /** Whether time has passed since all cells were brought up to date. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** The time that a cell has rested up to now [s]; it counts as up to date from here on. */
  takeLag(cell: number): number {
    const lag = this.#now - (this.#since[cell] ?? NaN) + (this.#nowRest - (this.#sinceRest[cell] ?? NaN));
    this.#since[cell] = this.#now;
    this.#sinceRest[cell] = this.#nowRest;
    return lag;
  }

  /** A segment of `seconds` begins now; cells that it moves are marked with {@link keep}. */
  begin(seconds: number): void {
    const sum = this.#now + seconds;
    const part = sum - this.#now;
    this.#end = sum;
    this.#endRest = this.#nowRest + (this.#now - (sum - part)) + (seconds - part);
  }

  /** A cell is up to date at the end of the segment. */
  keep(cell: number): void {
    this.#since[cell] = this.#end;
    this.#sinceRest[cell] = this.#endRest;
  }

  /** The segment is over. */
  end(): void {
    this.#now = this.#end;
    this.#nowRest = this.#endRest;
    this.#isBehind = true;
  }

  /** Every cell is up to date; time starts anew, which keeps its numbers small. */
  restart(): void {
    this.#now = this.#end = 0;
    this.#nowRest = this.#endRest = 0;
    this.#since.fill(0);
    this.#sinceRest.fill(0);
    this.#isBehind = false;
  }
}
