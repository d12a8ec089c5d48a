/** A strip function that keeps derivatives: in the first array of cells of a batch product. */
import type { BatchLayout } from './batch-layout.js';
import type { StripFunction } from './batch-product-code.js';
import { branchIf, get, integer, Locals, loop, memory, op, set, tee } from './wasm-code.js';

/** The function; it has to be called for zeros, too. */
export function storeStrip(layout: BatchLayout): StripFunction {
  const parameters = ['i32', 'i32', 'i32', 'i32'] as const;
  const [block, strip] = [0, 1];
  const locals = new Locals(parameters);
  const [to, end] = [locals.add('i32'), locals.add('i32')];
  const bytes = 16 * layout.stride;
  const body = [
    ...set(to, op('i32.add', op('i32.mul', get(block), integer(bytes)), integer(layout.cells[0] ?? NaN))),
    ...set(end, op('i32.add', get(to), integer(bytes))),
    ...loop(
      memory('v128.store', get(to), 0, memory('v128.load', get(strip), 0)),
      set(strip, op('i32.add', get(strip), integer(16))),
      branchIf(0, op('i32.lt_u', tee(to, op('i32.add', get(to), integer(16))), get(end))),
    ),
  ];
  return { parameters, locals: locals.types, body };
}
