/** What a timing diagram shows: signals at clocks, as plain data for whoever draws it. */

/** What is written at a clock. */
export interface Note {
  readonly clock: number;
  readonly text: string;
}

/** A column of a diagram: one clock, or the place of those that are left out. */
export type DiagramColumn = { readonly kind: 'clock'; readonly clock: number } | { readonly kind: 'gap' };

export interface DiagramRow {
  readonly name: string;
  /** Bits are drawn as levels, codes as their values. */
  readonly kind: 'bit' | 'code';
  /** Of a line of the array: its place; `0` and the empty code are rest. */
  readonly line?: { readonly side: 'row' | 'column'; readonly index: number };
  /** By column: `0` or `1` of a bit, any text of a code, empty where it has no value; undefined where nothing is known. */
  readonly values: readonly (string | undefined)[];
  /** One character for a value, where a diagram is text. */
  readonly glyph: (value: string) => string;
}

export interface Diagram {
  readonly columns: readonly DiagramColumn[];
  readonly rows: readonly DiagramRow[];
  readonly notes: readonly Note[];
}
