/**
 * Products of batches in WebAssembly, all from one kernel: four vectors by eight columns, over a list of the places
 * where any of the four is not zero. Pictures and rectified outputs are mostly zeros, and leaving out a product with
 * zero leaves a sum as it is, to the bit. Every product and sum is rounded by itself, in ascending order.
 */
import { BATCH_HEADER, BLOCK, ENTRY, LIST_HEAD, PANEL, PLACE, type BatchLayout } from './batch-layout.js';
import { block, branch, branchIf, call, get, integer, Locals, loop, memory } from './wasm-code.js';
import { op, set, shuffleWords, tee, when, type Code, type WasmFunction } from './wasm-code.js';

/** Places of the functions in the module. */
const KERNEL = 0;
/** The function behind those of this file, see {@link StripFunction}. */
const STRIP = 6;

/**
 * (block, strip, scratch, argument): takes the derivatives of four rows of the matrix, (4 x stride) at address `strip`,
 * which belong to the cells from element 4 x stride x block on.
 */
export type StripFunction = WasmFunction;

const add = (left: Code, right: Code): Code => op('i32.add', left, right);
const times = (left: Code, by: number): Code => op('i32.mul', left, integer(by));
const advance = (local: number, by: number): Code => set(local, add(get(local), integer(by)));
const indices = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** Functions of a module: products, and `strip` for derivatives; `skipsZeros` where it does nothing with zeros. */
export function batchFunctions(
  layout: BatchLayout,
  strip: StripFunction,
  skipsZeros: boolean,
): readonly WasmFunction[] {
  return [
    kernel(),
    { ...packLists(layout, layout.inputs, layout.rows), exportedAs: 'packInputs' },
    { ...packLists(layout, layout.errors, layout.stride), exportedAs: 'packErrors' },
    { ...forward(layout), exportedAs: 'forward' },
    { ...backward(layout), exportedAs: 'backward' },
    { ...gradient(layout, skipsZeros), exportedAs: 'gradient' },
    strip,
    { ...packErrorPanels(layout), exportedAs: 'packErrorPanels' },
  ];
}

/** (entry, end, panel, out, outBytes): four rows of eight sums over a list, `outBytes` from row to row. */
function kernel(): WasmFunction {
  const parameters = ['i32', 'i32', 'i32', 'i32', 'i32'] as const;
  const [entry, end, panel, out, outBytes] = [0, 1, 2, 3, 4];
  const locals = new Locals(parameters);
  const sums = indices(BLOCK).map(() => [locals.add('v128'), locals.add('v128')] as const);
  const [place, low, high, factor] = [locals.add('i32'), locals.add('v128'), locals.add('v128'), locals.add('v128')];
  const accumulate = (sum: number, element: number): Code =>
    set(sum, op('f32x4.add', get(sum), op('f32x4.mul', get(factor), get(element))));
  const body = [
    ...block(
      branchIf(0, op('i32.ge_u', get(entry), get(end))),
      loop(
        set(place, add(get(panel), memory('i32.load', get(entry), ENTRY.offset))),
        set(low, memory('v128.load', get(place), 0)),
        set(high, memory('v128.load', get(place), 16)),
        ...sums.map(([left, right], row) => [
          ...set(factor, memory('v128.load32_splat', get(entry), 4 * row)),
          ...accumulate(left, low),
          ...accumulate(right, high),
        ]),
        advance(entry, ENTRY.bytes),
        branchIf(0, op('i32.lt_u', get(entry), get(end))),
      ),
    ),
    ...sums.flatMap(([left, right]) => [
      ...memory('v128.store', get(out), 0, get(left)),
      ...memory('v128.store', get(out), 16, get(right)),
      ...set(out, add(get(out), get(outBytes))),
    ]),
  ];
  return { parameters, locals: locals.types, body };
}

/** (first, last): lists of blocks of vectors of `width` elements at `source`. */
function packLists(layout: BatchLayout, source: number, width: number): WasmFunction {
  const parameters = ['i32', 'i32', 'i32', 'i32'] as const;
  const [first, last] = [0, 1];
  const locals = new Locals(parameters);
  const [at, element, offset, entry] = indices(4).map(() => locals.add('i32')) as [number, number, number, number];
  const rows = indices(BLOCK).map(() => locals.add('v128')) as [number, number, number, number];
  const pairs = indices(BLOCK).map(() => locals.add('v128')) as [number, number, number, number];
  const [factors, start] = [locals.add('v128'), locals.add('i32')];
  const interleave = (left: number, right: number, upper: boolean): Code =>
    shuffleWords(get(left), get(right), upper ? [2, 6, 3, 7] : [0, 4, 1, 5]);
  const column = (pair: number, upper: boolean): Code =>
    shuffleWords(get(pairs[pair] ?? 0), get(pairs[pair + 2] ?? 0), upper ? [2, 3, 6, 7] : [0, 1, 4, 5]);
  const append = (code: Code): Code => [
    ...set(factors, code),
    ...memory('v128.store', get(entry), 0, get(factors)),
    ...memory('i32.store', get(entry), ENTRY.offset, get(offset)),
    ...set(entry, add(get(entry), times(op('v128.any_true', get(factors)), ENTRY.bytes))),
    ...advance(offset, PLACE),
  ];
  const body = block(
    loop(
      branchIf(1, op('i32.ge_s', get(first), get(last))),
      set(start, add(times(get(first), layout.listBytes), integer(layout.lists))),
      set(entry, add(get(start), integer(LIST_HEAD))),
      set(element, times(get(first), 4 * BLOCK * width)),
      set(at, add(get(element), integer(4 * width))),
      set(offset, integer(0)),
      loop(
        ...rows.map((row, index) => set(row, memory('v128.load', get(element), source + 4 * width * index))),
        set(pairs[0], interleave(rows[0], rows[1], false)),
        set(pairs[1], interleave(rows[0], rows[1], true)),
        set(pairs[2], interleave(rows[2], rows[3], false)),
        set(pairs[3], interleave(rows[2], rows[3], true)),
        append(column(0, false)),
        append(column(0, true)),
        append(column(1, false)),
        append(column(1, true)),
        advance(element, 16),
        branchIf(0, op('i32.lt_u', get(element), get(at))),
      ),
      memory('i32.store', get(start), 0, get(entry)),
      advance(first, 1),
      branch(0),
    ),
  );
  return { parameters, locals: locals.types, body };
}

/** For `panel` all blocks of vectors: sums of lists and the panel at `scratch`, to `target` (batch x width). */
function blocksOf(layout: BatchLayout, target: number, width: number, locals: Locals) {
  const [list, out, lists] = indices(3).map(() => locals.add('i32')) as [number, number, number];
  return (panel: number, scratch: number): Code => [
    ...set(list, integer(layout.lists)),
    ...set(lists, add(get(list), times(memory('i32.load', integer(layout.header), BATCH_HEADER.blocks), layout.listBytes))), // prettier-ignore
    ...set(out, add(times(get(panel), PLACE), integer(target))),
    ...loop(
      call(KERNEL, add(get(list), integer(LIST_HEAD)), memory('i32.load', get(list), 0), get(scratch), get(out), integer(4 * width)), // prettier-ignore
      advance(out, 4 * BLOCK * width),
      branchIf(0, op('i32.lt_u', tee(list, add(get(list), integer(layout.listBytes))), get(lists))),
    ),
  ];
}

/** (first, last, scratch, matrix): panels of the outputs from the lists of the inputs. */
function forward(layout: BatchLayout): WasmFunction {
  const parameters = ['i32', 'i32', 'i32', 'i32'] as const;
  const [first, last, scratch, matrix] = [0, 1, 2, 3];
  const locals = new Locals(parameters);
  const [from, to, end] = indices(3).map(() => locals.add('i32')) as [number, number, number];
  const blocks = blocksOf(layout, layout.outputs, layout.stride, locals);
  const body = block(
    loop(
      branchIf(1, op('i32.ge_s', get(first), get(last))),
      set(from, add(get(matrix), times(get(first), PLACE))),
      set(to, get(scratch)),
      set(end, add(get(scratch), integer(PLACE * layout.rows))),
      loop(
        memory('v128.store', get(to), 0, memory('v128.load', get(from), 0)),
        memory('v128.store', get(to), 16, memory('v128.load', get(from), 16)),
        advance(from, 4 * layout.stride),
        branchIf(0, op('i32.lt_u', tee(to, add(get(to), integer(PLACE))), get(end))),
      ),
      blocks(first, scratch),
      advance(first, 1),
      branch(0),
    ),
  );
  return { parameters, locals: locals.types, body };
}

/** (first, last, scratch, matrix): panels of eight rows of the input errors from the lists of the errors. */
function backward(layout: BatchLayout): WasmFunction {
  const parameters = ['i32', 'i32', 'i32', 'i32'] as const;
  const [first, last, scratch, matrix] = [0, 1, 2, 3];
  const locals = new Locals(parameters);
  const [from, to, end] = indices(3).map(() => locals.add('i32')) as [number, number, number];
  const blocks = blocksOf(layout, layout.inputErrors, layout.rows, locals);
  const element = (row: number): Code => memory('i32.load', get(from), 4 * layout.stride * row);
  const body = block(
    loop(
      branchIf(1, op('i32.ge_s', get(first), get(last))),
      set(from, add(get(matrix), times(get(first), 4 * layout.stride * PANEL))),
      set(to, get(scratch)),
      set(end, add(get(scratch), integer(PLACE * layout.stride))),
      loop(
        ...indices(PANEL).map((row) => memory('i32.store', get(to), 4 * row, element(row))),
        advance(from, 4),
        branchIf(0, op('i32.lt_u', tee(to, add(get(to), integer(PLACE))), get(end))),
      ),
      blocks(first, scratch),
      advance(first, 1),
      branch(0),
    ),
  );
  return { parameters, locals: locals.types, body };
}

/** (first, last): panels of the errors, one behind the other. */
function packErrorPanels(layout: BatchLayout): WasmFunction {
  const parameters = ['i32', 'i32', 'i32', 'i32'] as const;
  const [first, last] = [0, 1];
  const locals = new Locals(parameters);
  const [from, to, end] = indices(3).map(() => locals.add('i32')) as [number, number, number];
  const blocks = memory('i32.load', integer(layout.header), BATCH_HEADER.blocks);
  const body = block(
    loop(
      branchIf(1, op('i32.ge_s', get(first), get(last))),
      set(from, add(integer(layout.errors), times(get(first), PLACE))),
      set(to, add(integer(layout.errorPanels), times(get(first), PLACE * layout.batch))),
      set(end, add(get(to), times(blocks, BLOCK * PLACE))),
      loop(
        memory('v128.store', get(to), 0, memory('v128.load', get(from), 0)),
        memory('v128.store', get(to), 16, memory('v128.load', get(from), 16)),
        advance(from, 4 * layout.stride),
        branchIf(0, op('i32.lt_u', tee(to, add(get(to), integer(PLACE))), get(end))),
      ),
      advance(first, 1),
      branch(0),
    ),
  );
  return { parameters, locals: locals.types, body };
}

/** (first, last, scratch, argument): derivatives of blocks of rows, each given to the strip function. */
function gradient(layout: BatchLayout, skipsZeros: boolean): WasmFunction {
  const parameters = ['i32', 'i32', 'i32', 'i32'] as const;
  const [first, last, scratch, argument] = [0, 1, 2, 3];
  const locals = new Locals(parameters);
  const [list, entry, at, offset, end, out] = indices(6).map(() => locals.add('i32')) as [number, number, number, number, number, number]; // prettier-ignore
  const factors = locals.add('v128');
  const panelEnd = locals.add('i32');
  const samples = times(memory('i32.load', integer(layout.header), BATCH_HEADER.blocks), BLOCK * PLACE);
  const strip = [
    ...set(offset, integer(layout.errorPanels)),
    ...set(panelEnd, add(get(offset), integer(4 * layout.batch * layout.stride))),
    ...set(out, add(get(scratch), integer(layout.scratchStrip))),
    ...loop(
      call(KERNEL, get(list), get(entry), get(offset), get(out), integer(4 * layout.stride)),
      advance(out, PLACE),
      branchIf(0, op('i32.lt_u', tee(offset, add(get(offset), integer(PLACE * layout.batch))), get(panelEnd))),
    ),
    ...call(STRIP, get(first), add(get(scratch), integer(layout.scratchStrip)), get(scratch), get(argument)),
  ];
  const body = block(
    loop(
      branchIf(1, op('i32.ge_s', get(first), get(last))),
      set(list, add(get(scratch), integer(layout.scratchList))),
      set(entry, get(list)),
      set(at, add(integer(layout.inputs), times(get(first), 4 * BLOCK))),
      set(offset, integer(0)),
      set(end, samples),
      loop(
        set(factors, memory('v128.load', get(at), 0)),
        memory('v128.store', get(entry), 0, get(factors)),
        memory('i32.store', get(entry), ENTRY.offset, get(offset)),
        set(entry, add(get(entry), times(op('v128.any_true', get(factors)), ENTRY.bytes))),
        advance(at, 4 * layout.rows),
        branchIf(0, op('i32.lt_u', tee(offset, add(get(offset), integer(PLACE))), get(end))),
      ),
      skipsZeros ? when(op('i32.ne', get(list), get(entry)), strip) : strip,
      advance(first, 1),
      branch(0),
    ),
  );
  return { parameters, locals: locals.types, body };
}
