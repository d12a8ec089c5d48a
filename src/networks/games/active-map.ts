/**
 * Values on a grid that are zero almost everywhere: a screen with a ball and two paddles, and what convolutions without
 * biases make of it. Whoever works on one visits the places where it is not.
 */

/** Rows, columns and channels of a map. */
export interface MapShape {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
}

export class ActiveMap {
  readonly shape: MapShape;
  /** (rows x columns x channels), zero outside of the active places. */
  readonly values: Float64Array;
  /** Active places (row * columns + column) in the order in which they became so, the first `count` of the array. */
  readonly places: Int32Array;
  count = 0;
  readonly #isActive: Uint8Array;

  constructor(shape: MapShape) {
    const places = shape.rows * shape.columns;
    this.shape = shape;
    this.values = new Float64Array(places * shape.channels);
    this.places = new Int32Array(places);
    this.#isActive = new Uint8Array(places);
  }

  /** All zeros again. */
  clear(): void {
    const { channels } = this.shape;
    for (let at = 0; at < this.count; at++) {
      const place = this.places[at] ?? 0;
      this.#isActive[place] = 0;
      this.values.fill(0, place * channels, (place + 1) * channels);
    }
    this.count = 0;
  }

  /** Makes a place one of those that are visited. */
  activate(place: number): void {
    if (this.#isActive[place] === 1) return;
    this.#isActive[place] = 1;
    this.places[this.count++] = place;
  }

  /** Takes the values of a map of the same shape. */
  copy(from: ActiveMap): void {
    this.clear();
    const { channels } = this.shape;
    for (let at = 0; at < from.count; at++) {
      const place = from.places[at] ?? 0;
      this.activate(place);
      const end = (place + 1) * channels;
      for (let index = place * channels; index < end; index++) this.values[index] = from.values[index] ?? 0;
    }
  }
}
