/** States of the cells of a pair from what they weigh. */
import type { Expression } from '../../devices/expression.js';
import { compileCells } from './compile-cells.js';

/** What the weight of a cell falls along: from a fresh state to the last one. */
export interface StateRange {
  readonly state: string;
  readonly fresh: number;
  readonly end: number;
}

const HALVINGS = 40;

/**
 * The state in which a cell of the weight `cell` weighs so much less than a fresh one: the fresh one where that is
 * nothing or less, the end where no state weighs as little. Found by halving, since the weight falls all the way.
 */
export function stateOfLess(cell: Expression, { state, fresh, end }: StateRange): (less: number) => number {
  const fill = compileCells(cell, [state]);
  const out = new Float32Array(1);
  const input = [[0]];
  const at = (value: number): number => {
    input[0] = [value];
    fill(out, input);
    return out[0] ?? NaN;
  };
  const start = at(fresh);
  return (less: number): number => {
    if (less <= 0) return fresh;
    let [low, high] = [fresh, end];
    for (let halving = 0; halving < HALVINGS; halving++) {
      const middle = (low + high) / 2;
      if (start - at(middle) < less) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
}
