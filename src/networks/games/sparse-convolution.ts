/**
 * Convolution without bias, rectified, over the places of a map that are not zero, and the way of errors back. Values of
 * zero are left out, which changes no sum; the order of sums is that in which places became active.
 */
import type { ActiveMap, MapShape } from './active-map.js';

/** A square window of `side` that moves by `stride`, no padding. */
export interface SparseWindow {
  readonly side: number;
  readonly stride: number;
  readonly channels: number;
}

/** The map behind a window. */
function shapeBehind({ rows, columns }: MapShape, { side, stride, channels }: SparseWindow): MapShape {
  const count = (length: number): number => Math.floor((length - side) / stride) + 1;
  return { rows: count(rows), columns: count(columns), channels };
}

export class SparseConvolution {
  readonly before: MapShape;
  readonly behind: MapShape;
  /** (row and column of the window x channels before x channels behind). */
  readonly weights: Float64Array;
  /** Sums of derivatives; whoever uses them sets them back to zero. */
  readonly gradients: Float64Array;
  readonly #window: SparseWindow;
  /** First and last window along an axis that covers a row or column, by its number (2 x length). */
  readonly #rowSpans: Int32Array;
  readonly #columnSpans: Int32Array;

  constructor(before: MapShape, window: SparseWindow) {
    const count = window.side ** 2 * before.channels * window.channels;
    this.before = before;
    this.behind = shapeBehind(before, window);
    this.#window = window;
    this.weights = new Float64Array(count);
    this.gradients = new Float64Array(count);
    this.#rowSpans = spansOf(before.rows, this.behind.rows, window);
    this.#columnSpans = spansOf(before.columns, this.behind.columns, window);
  }

  /** out = max(0, sums over windows of `input`). */
  forward(input: ActiveMap, out: ActiveMap): void {
    out.clear();
    this.#visit(input, (from, to, weight) => {
      out.activate(to);
      this.#addProducts(input.values, from, { out: out.values, to, weight });
    });
    const { channels } = this.behind;
    for (let at = 0; at < out.count; at++) {
      const first = (out.places[at] ?? 0) * channels;
      for (let index = first; index < first + channels; index++)
        out.values[index] = Math.max(0, out.values[index] ?? 0);
    }
  }

  /**
   * Adds to the derivatives by weights, from `errors` by the outputs `out` (which become errors by their sums), and
   * writes errors by what is not zero of `input` to `inputErrors` (rows x columns x channels) where that is given.
   */
  backward(input: ActiveMap, out: ActiveMap, errors: Float64Array, inputErrors?: Float64Array): void {
    const { channels } = this.behind;
    for (let at = 0; at < out.count; at++) {
      const first = (out.places[at] ?? 0) * channels;
      for (let index = first; index < first + channels; index++) if (!((out.values[index] ?? 0) > 0)) errors[index] = 0;
    }
    if (inputErrors) {
      for (let at = 0; at < input.count; at++) {
        const first = (input.places[at] ?? 0) * this.before.channels;
        inputErrors.fill(0, first, first + this.before.channels);
      }
    }
    this.#visit(input, (from, to, weight) => {
      this.#addErrors(input.values, from, { errors, to, weight, inputErrors });
    });
  }

  /** Calls for every active place before and every place behind whose window covers it; `weight` is the first of theirs. */
  #visit(input: ActiveMap, use: (from: number, to: number, weight: number) => void): void {
    const { columns, channels } = this.before;
    const { side, stride } = this.#window;
    const block = channels * this.behind.channels;
    for (let at = 0; at < input.count; at++) {
      const place = input.places[at] ?? 0;
      const [row, column] = [Math.floor(place / columns), place % columns];
      const [top, bottom] = [this.#rowSpans[2 * row] ?? 0, this.#rowSpans[2 * row + 1] ?? 0];
      const [left, right] = [this.#columnSpans[2 * column] ?? 0, this.#columnSpans[2 * column + 1] ?? 0];
      for (let y = top; y <= bottom; y++) {
        for (let x = left; x <= right; x++) {
          const weight = ((row - y * stride) * side + (column - x * stride)) * block;
          use(place * channels, y * this.behind.columns + x, weight);
        }
      }
    }
  }

  #addProducts(
    values: Float64Array,
    from: number,
    { out, to, weight }: { readonly out: Float64Array; readonly to: number; readonly weight: number },
  ): void {
    const { weights } = this;
    const [before, behind] = [this.before.channels, this.behind.channels];
    const target = to * behind;
    for (let channel = 0; channel < before; channel++) {
      const value = values[from + channel] ?? 0;
      if (value === 0) continue;
      const first = weight + channel * behind;
      for (let each = 0; each < behind; each++) {
        out[target + each] = (out[target + each] ?? 0) + value * (weights[first + each] ?? 0);
      }
    }
  }

  #addErrors(values: Float64Array, from: number, { errors, to, weight, inputErrors }: ErrorPlace): void {
    const { weights, gradients } = this;
    const [before, behind] = [this.before.channels, this.behind.channels];
    const source = to * behind;
    for (let channel = 0; channel < before; channel++) {
      const value = values[from + channel] ?? 0;
      if (value === 0) continue;
      const first = weight + channel * behind;
      let sum = 0;
      for (let each = 0; each < behind; each++) {
        const error = errors[source + each] ?? 0;
        gradients[first + each] = (gradients[first + each] ?? 0) + value * error;
        sum += error * (weights[first + each] ?? 0);
      }
      if (inputErrors) inputErrors[from + channel] = (inputErrors[from + channel] ?? 0) + sum;
    }
  }
}

interface ErrorPlace {
  readonly errors: Float64Array;
  readonly to: number;
  readonly weight: number;
  readonly inputErrors: Float64Array | undefined;
}

function spansOf(length: number, windows: number, { side, stride }: SparseWindow): Int32Array {
  const spans = new Int32Array(2 * length);
  for (let at = 0; at < length; at++) {
    spans[2 * at] = Math.max(0, Math.ceil((at - side + 1) / stride));
    spans[2 * at + 1] = Math.min(windows - 1, Math.floor(at / stride));
  }
  return spans;
}
