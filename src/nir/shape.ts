/** Shapes of signals: sizes of axes without one of batches. */

export type Shape = readonly number[];

export function isSameShape(left: Shape, right: Shape): boolean {
  return left.length === right.length && left.every((size, axis) => size === right[axis]);
}

/** The axes that are longer than one. */
export function withoutUnits(shape: Shape): Shape {
  return shape.filter((size) => size !== 1);
}

/** A shape for messages: `(16, 34, 34)`. */
export function shapeText(shape: Shape): string {
  return shape.length === 1 ? `(${shape[0] ?? ''},)` : `(${shape.join(', ')})`;
}
