/** One step of a layer with fast parts as it went: which columns were visited, with what, and errors on the way back. */
export class FastStep {
  /** Columns in any order, the first `count` of each array; their values as they are used, errors by these before scaling. */
  readonly columns: Int32Array;
  readonly values: Float64Array;
  readonly errors: Float64Array;
  /** Steps for which a column had not been visited. */
  readonly gaps: Int32Array;
  /** Fast parts (columns x units) before those steps. */
  readonly fast: Float64Array;
  /** Outputs (units). */
  readonly outputs: Float64Array;
  count = 0;
  /** Factor of the values. */
  scale = 1;
  /** Whether a game ended with it, so that nothing of it is remembered. */
  isLast = false;

  constructor(width: number, units: number) {
    this.columns = new Int32Array(width);
    this.values = new Float64Array(width);
    this.errors = new Float64Array(width);
    this.gaps = new Int32Array(width);
    this.fast = new Float64Array(width * units);
    this.outputs = new Float64Array(units);
  }

  /** No columns yet. */
  begin(): void {
    this.count = 0;
    this.isLast = false;
  }

  append(column: number, value: number): void {
    this.columns[this.count] = column;
    this.values[this.count++] = value;
  }

  /** The layer's own outputs of the step before, in the columns from `first` on. */
  appendOutputs(first: number, outputs: Float64Array): void {
    for (let unit = 0; unit < outputs.length; unit++) this.append(first + unit, outputs[unit] ?? NaN);
  }

  /** Scales all values so that their squares add up to that of `length`; 0 leaves them as they are. */
  scaleTo(length: number): void {
    this.scale = 1;
    if (length === 0) return;
    let square = 0;
    for (let at = 0; at < this.count; at++) square += (this.values[at] ?? NaN) ** 2;
    this.scale = square === 0 ? 0 : length / Math.sqrt(square);
    for (let at = 0; at < this.count; at++) this.values[at] = (this.values[at] ?? NaN) * this.scale;
  }

  /** Errors by scaled values become errors by values. */
  scaleBack(length: number): void {
    if (length === 0) return;
    let along = 0;
    for (let at = 0; at < this.count; at++) along += (this.errors[at] ?? NaN) * (this.values[at] ?? NaN);
    along /= length * length;
    for (let at = 0; at < this.count; at++) {
      this.errors[at] = ((this.errors[at] ?? NaN) - along * (this.values[at] ?? NaN)) * this.scale;
    }
  }

  /** Writes the errors by the layer's own outputs, in the columns from `first` on, to `out` (units). */
  outputErrors(first: number, out: Float64Array): void {
    for (let at = this.count - out.length; at < this.count; at++) {
      out[(this.columns[at] ?? 0) - first] = this.errors[at] ?? NaN;
    }
  }

  /** Keeps the fast parts of column `at` of the list, which begin at `from` of `fast`. */
  saveFast(at: number, fast: Float64Array, from: number): void {
    const units = this.outputs.length;
    const to = at * units;
    for (let unit = 0; unit < units; unit++) this.fast[to + unit] = fast[from + unit] ?? NaN;
  }
}
