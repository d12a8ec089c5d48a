/**
 * Sums of chosen rows of matrices in double precision, in WebAssembly: what the columns of an array carry while some of
 * its rows are on. Rows are added one after the other in the order in which they are listed, so the bits are those of a
 * plain loop, several times as fast.
 */
import { invariant } from '../core/invariant.js';
import { assembleModule, block, branchIf, doubles, get, integer, Locals, loop } from './wasm-code.js';
import { memory as access, op, set, tee, type Code, type WasmFunction } from './wasm-code.js';
import { compileModule, createMemory, instantiateModule, type WasmModule } from './wasm-host.js';

/** Sizes of the matrices, and how many lists of rows there are. */
export interface RowSumsShape {
  readonly matrices: number;
  readonly rows: number;
  readonly columns: number;
  readonly lists: number;
}

/** Columns that are summed at once. */
const PANEL = 8;
const PANEL_BYTES = 8 * PANEL;

type Add = (first: number, last: number, matrix: number, out: number) => void;

export class RowSums {
  /** Elements from a row of a matrix, and from the sums of a list, to the next: the columns, padded. */
  readonly stride: number;
  readonly #shape: RowSumsShape;
  readonly #add: Add;
  readonly #matrices: readonly Float64Array[];
  readonly #sums: readonly Float64Array[];
  /** Rows of each list as bytes from the beginning of a matrix (lists x rows), and how many there are. */
  readonly #listed: Int32Array;
  readonly #counts: Int32Array;

  /** Matrices of zeros and empty lists. */
  constructor(shape: RowSumsShape) {
    const { matrices, rows, columns, lists } = shape;
    this.#shape = shape;
    this.stride = Math.ceil(columns / PANEL) * PANEL;
    const sizes = { matrix: 8 * rows * this.stride, sums: 8 * lists * this.stride };
    const memory = createMemory(matrices * (sizes.matrix + sizes.sums) + 4 * lists * rows);
    this.#add = instantiateModule<{ readonly add: Add }>(compiledFor(this.stride), memory).add;
    const doublesAt = (address: number, bytes: number) => new Float64Array(memory.buffer, address, bytes / 8);
    const each = Array.from({ length: matrices }, (_, index) => index);
    this.#matrices = each.map((index) => doublesAt(index * sizes.matrix, sizes.matrix));
    this.#sums = each.map((index) => doublesAt(matrices * sizes.matrix + index * sizes.sums, sizes.sums));
    this.#listed = new Int32Array(memory.buffer, matrices * (sizes.matrix + sizes.sums), lists * rows);
    this.#counts = new Int32Array(lists);
  }

  /** Takes the first rows of `values`, which have no padding, as the matrix. */
  load(matrix: number, values: Float64Array): void {
    const { rows, columns } = this.#shape;
    const into = this.#matrices[matrix];
    for (let row = 0; row < rows; row++) {
      into?.set(values.subarray(row * columns, (row + 1) * columns), row * this.stride);
    }
  }

  /** Empties all lists. */
  clear(): void {
    this.#counts.fill(0);
  }

  /** Appends a row to a list; each row at most once. */
  append(list: number, row: number): void {
    const count = this.#counts[list] ?? 0;
    this.#listed[list * this.#shape.rows + count] = 8 * this.stride * row;
    this.#counts[list] = count + 1;
  }

  /** Sums of the first `lists` lists of a matrix, (lists x {@link stride}); a view that the next call overwrites. */
  sums(matrix: number, lists: number): Float64Array {
    const { rows } = this.#shape;
    const [from, out] = [this.#matrices[matrix], this.#sums[matrix]];
    invariant(from && out, `there is a matrix ${matrix}`);
    for (let list = 0; list < lists; list++) {
      const first = this.#listed.byteOffset + 4 * list * rows;
      const to = out.byteOffset + 8 * list * this.stride;
      this.#add(first, first + 4 * (this.#counts[list] ?? 0), from.byteOffset, to);
    }
    return out;
  }
}

/** Modules by what they were compiled for. */
const compiled = new Map<number, WasmModule>();

function compiledFor(stride: number): WasmModule {
  const memory = { kind: 'imported', bytes: 1, shared: false } as const;
  const module = compiled.get(stride) ?? compileModule(assembleModule({ functions: [addRows(stride)], memory }));
  compiled.set(stride, module);
  return module;
}

/** (first, last, matrix, out): rows listed from address `first` up to `last`, panel by panel. */
function addRows(stride: number): WasmFunction {
  const parameters = ['i32', 'i32', 'i32', 'i32'] as const;
  const [first, last, matrix, out] = [0, 1, 2, 3];
  const locals = new Locals(parameters);
  const [entry, place, outEnd] = [locals.add('i32'), locals.add('i32'), locals.add('i32')];
  const sums = Array.from({ length: PANEL / 2 }, () => locals.add('v128'));
  const advance = (local: number, by: number): Code => op('i32.add', get(local), integer(by));
  const rows = block(
    branchIf(0, op('i32.ge_u', get(entry), get(last))),
    loop(
      set(place, op('i32.add', get(matrix), access('i32.load', get(entry), 0))),
      ...sums.map((sum, index) => set(sum, op('f64x2.add', get(sum), access('v128.load', get(place), 16 * index)))),
      branchIf(0, op('i32.lt_u', tee(entry, advance(entry, 4)), get(last))),
    ),
  );
  const panels = loop(
    ...sums.map((sum) => set(sum, doubles(0))),
    set(entry, get(first)),
    rows,
    ...sums.map((sum, index) => access('v128.store', get(out), 16 * index, get(sum))),
    set(matrix, advance(matrix, PANEL_BYTES)),
    branchIf(0, op('i32.lt_u', tee(out, advance(out, PANEL_BYTES)), get(outEnd))),
  );
  const body = [...set(outEnd, advance(out, 8 * stride)), ...panels];
  return { parameters, locals: locals.types, body, exportedAs: 'add' };
}
