/** What does not work on the tiles of a chip. */

/** A cell whose conductance [S] nothing changes, or a line that does not work; tiles are counted row by row from 0. */
export type TileFault =
  | {
      readonly tile: number;
      readonly kind: 'stuck';
      readonly row: number;
      readonly column: number;
      readonly siemens: number;
    }
  | { readonly tile: number; readonly kind: 'row'; readonly row: number }
  | { readonly tile: number; readonly kind: 'column'; readonly column: number };
