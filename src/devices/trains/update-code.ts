/**
 * The WebAssembly of an update: rows of cells, each block of 32 neighbors with its draws, each vector of four cells with
 * the programs of its device. Exports `updateRows(first, last, scratch, fromCounts)`.
 */
import type { LaneProgram } from '../../numerics/lanes/lane-program.js';
import { laneCode } from '../../numerics/lanes/lane-webassembly.js';
import { DRAW_NORMALS, normalsFunctions, NORMALS_SCRATCH } from '../../numerics/lanes/lane-normals-code.js';
import { PULSE_BLOCK } from '../../numerics/lanes/lane-normals.js';
import { assembleModule, block, branch, branchIf, call, get, integer, Locals, loop } from '../../numerics/wasm-code.js';
import { memory, op, set, singles, tee, when, words, type Code, type WasmFunction } from '../../numerics/wasm-code.js';
import { IS_UP, streamName, WEIGHT } from './cell-law.js';
import { COUNT, NOISE } from './collapse.js';
import { HEADER, SCRATCH, type UpdateLayout } from './update-layout.js';

/** What is computed in a cell. */
export interface UpdatePrograms {
  /** Outputs: the weight after a train, and whether the cell must be taken pulse by pulse. */
  readonly train: LaneProgram;
  /** Output: the weight after a pulse. */
  readonly single: LaneProgram;
}

const PULSES = 3;
const COUNT_ROW = 4;

/** The module; `shared` memory can be used by several threads. */
export function updateModule(programs: UpdatePrograms, layout: UpdateLayout, shared: boolean): Uint8Array {
  return assembleModule({
    functions: [
      ...normalsFunctions(layout),
      pulseByPulse(programs.single, layout),
      countRow(layout),
      updateRows(programs.train, layout),
    ],
    memory: { kind: 'imported', bytes: layout.bytes, shared },
  });
}

const add = (left: Code, right: Code): Code => op('i32.add', left, right);
const advance = (local: number, by: number): Code => set(local, add(get(local), integer(by)));

function headerWord(layout: UpdateLayout, offset: number): Code {
  return memory('v128.load32_splat', integer(layout.header), offset);
}

/** Vectors of the inputs of a cell at byte `cell` of every array. */
function cellInputs(layout: UpdateLayout, cell: number, given: ReadonlyMap<string, Code>): (name: string) => Code {
  const streams = new Map(layout.streams.map((address, index) => [streamName(index), address]));
  return (name) => given.get(name) ?? memory('v128.load', get(cell), streams.get(name) ?? NaN);
}

/** (cell, row, column, scratch, counts, isUp, slow): takes the slow lanes of four cells pulse by pulse. */
function pulseByPulse(single: LaneProgram, layout: UpdateLayout): WasmFunction {
  const parameters = ['i32', 'i32', 'i32', 'i32', 'v128', 'v128', 'v128'] as const;
  const [cell, row, column, scratch, counts, isUp, slow] = [0, 1, 2, 3, 4, 5, 6];
  const locals = new Locals(parameters);
  const [pulse, weight, done] = [locals.add('i32'), locals.add('v128'), locals.add('v128')];
  const noise = add(get(scratch), op('i32.shl', op('i32.and', get(pulse), integer(7)), integer(4)));
  const { code, outputs } = laneCode(
    single,
    locals,
    cellInputs(
      layout,
      cell,
      new Map([
        [WEIGHT, get(weight)],
        [IS_UP, get(isUp)],
        [NOISE, memory('v128.load', noise, SCRATCH.pulses + NORMALS_SCRATCH.variates)],
      ]),
    ),
  );
  const blockTag = op('i32.mul', add(op('i32.shr_u', get(pulse), integer(3)), integer(1)), integer(PULSE_BLOCK));
  const draw = call(
    DRAW_NORMALS,
    op('i32x4.splat', get(row)),
    op('i32x4.add', op('i32x4.splat', get(column)), words(0, 1, 2, 3)),
    headerWord(layout, HEADER.event),
    op('i32x4.add', headerWord(layout, HEADER.tag), op('i32x4.splat', blockTag)),
    add(get(scratch), integer(SCRATCH.pulses)),
  );
  const isActive = op('v128.and', get(slow), op('f32x4.lt', get(done), get(counts)));
  return {
    parameters,
    locals: locals.types,
    body: [
      ...set(weight, memory('v128.load', get(cell), layout.weights)),
      ...block(
        loop(
          branchIf(1, op('i32.eqz', op('v128.any_true', isActive))),
          when(op('i32.eqz', op('i32.and', get(pulse), integer(7))), draw),
          code,
          set(weight, op('v128.bitselect', outputs[0] ?? [], get(weight), isActive)),
          set(done, op('f32x4.add', get(done), singles(1))),
          advance(pulse, 1),
          branch(0),
        ),
      ),
      ...memory('v128.store', get(cell), layout.weights, get(weight)),
    ],
  };
}

/** (row, counts): signed coincidences of the trains of a row with all columns, 16 bits each. */
function countRow(layout: UpdateLayout): WasmFunction {
  const parameters = ['i32', 'i32'] as const;
  const [row, counts] = [0, 1];
  const locals = new Locals(parameters);
  const [bits, sign, column, both] = [locals.add('v128'), locals.add('v128'), locals.add('i32'), locals.add('v128')];
  const rowWord = (address: number): Code => memory('v128.load32_splat', op('i32.shl', get(row), integer(2)), address);
  const four = (offset: number): Code => {
    const slots = op('v128.and', get(bits), memory('v128.load', get(column), layout.columnBits + offset));
    const pairs = op('i16x8.extadd_pairwise_i8x16_u', op('i8x16.popcnt', slots));
    const sums = op('i32x4.extadd_pairwise_i16x8_u', pairs);
    const negative = op('v128.xor', get(sign), memory('v128.load', get(column), layout.columnSigns + offset));
    return op('i32x4.sub', op('v128.xor', sums, tee(both, negative)), get(both));
  };
  return {
    parameters,
    locals: locals.types,
    body: [
      ...set(bits, rowWord(layout.rowBits)),
      ...set(sign, rowWord(layout.rowSigns)),
      ...loop(
        memory('v128.store', get(counts), 0, op('i16x8.narrow_i32x4_s', four(0), four(16))),
        advance(counts, 16),
        branchIf(0, op('i32.lt_u', tee(column, add(get(column), integer(32))), integer(4 * layout.stride))),
      ),
    ],
  };
}

interface RowLocals {
  readonly row: number;
  readonly scratch: number;
  /** Addresses: of the cell in every array, of its count, of its draw; and its column. */
  readonly cell: number;
  readonly count: number;
  readonly noise: number;
  readonly column: number;
}

function updateRows(train: LaneProgram, layout: UpdateLayout): WasmFunction {
  const parameters = ['i32', 'i32', 'i32', 'i32'] as const;
  const [row, last, scratch, fromCounts] = [0, 1, 2, 3];
  const locals = new Locals(parameters);
  const [cell, count, noise, column] = [locals.add('i32'), locals.add('i32'), locals.add('i32'), locals.add('i32')];
  const at: RowLocals = { row, scratch, cell, count, noise, column };
  const ownCounts = add(get(scratch), integer(SCRATCH.counts));
  const rowBits = memory('i32.load', op('i32.shl', get(row), integer(2)), layout.rowBits);
  const start = (bytes: number): Code => op('i32.mul', get(row), integer(bytes * layout.stride));
  const fromTrains = [...call(COUNT_ROW, get(row), ownCounts), ...set(count, ownCounts)];
  const body = block(
    loop(
      branchIf(1, op('i32.ge_s', get(row), get(last))),
      set(cell, start(4)),
      set(column, integer(0)),
      when(op('i32.or', get(fromCounts), rowBits), [
        ...when(get(fromCounts), set(count, add(start(2), integer(layout.counts))), fromTrains),
        ...columnLoop(train, layout, at, locals),
      ]),
      advance(row, 1),
      branch(0),
    ),
  );
  return { parameters, locals: locals.types, exportedAs: 'updateRows', body };
}

/** All blocks of a row. */

function columnLoop(train: LaneProgram, layout: UpdateLayout, at: RowLocals, locals: Locals): Code {
  const { row, scratch, cell, count, noise, column } = at;
  const end = locals.add('i32');
  const counts = [16, 32, 48].reduce<Code>(
    (any, offset) => op('v128.or', any, memory('v128.load', get(count), offset)),
    memory('v128.load', get(count), 0),
  );
  const draw = call(
    DRAW_NORMALS,
    op('i32x4.splat', get(row)),
    op('i32x4.add', op('i32x4.splat', op('i32.shr_u', get(column), integer(3))), words(0, 1, 2, 3)),
    headerWord(layout, HEADER.event),
    headerWord(layout, HEADER.tag),
    get(scratch),
  );
  const work = [
    ...draw,
    ...set(noise, get(scratch)),
    ...set(end, add(get(scratch), integer(128))),
    ...loop(
      fourCells(train, layout, at, locals),
      advance(cell, 16),
      advance(count, 8),
      advance(column, 4),
      branchIf(0, op('i32.lt_u', tee(noise, add(get(noise), integer(16))), get(end))),
    ),
  ];
  const skip = [...advance(cell, 128), ...advance(count, 64), ...advance(column, 32)];
  return loop(
    when(op('v128.any_true', counts), work, skip),
    branchIf(0, op('i32.lt_u', get(column), integer(layout.stride))),
  );
}

function fourCells(train: LaneProgram, layout: UpdateLayout, at: RowLocals, locals: Locals): Code {
  const { row, scratch, cell, count, noise, column } = at;
  const [signed, counts, isUp, weight, slow] = Array.from({ length: 5 }, () => locals.add('v128')) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const given = new Map([
    [WEIGHT, get(weight)],
    [COUNT, get(counts)],
    [IS_UP, get(isUp)],
    [NOISE, memory('v128.load', get(noise), NORMALS_SCRATCH.variates)],
  ]);
  const { code, outputs } = laneCode(train, locals, cellInputs(layout, cell, given));
  const [next = [], isSlow = []] = outputs;
  return [
    ...set(signed, memory('v128.load16x4_s', get(count), 0)),
    ...set(counts, op('f32x4.convert_i32x4_s', op('i32x4.abs', get(signed)))),
    ...set(isUp, op('i32x4.gt_s', get(signed), words(0, 0, 0, 0))),
    ...set(weight, memory('v128.load', get(cell), layout.weights)),
    ...code,
    ...when(
      op('v128.any_true', tee(slow, isSlow)),
      [
        ...memory('v128.store', get(cell), layout.weights, op('v128.bitselect', get(weight), next, get(slow))),
        ...call(PULSES, ...[cell, row, column, scratch, counts, isUp, slow].map(get)),
      ],
      memory('v128.store', get(cell), layout.weights, next),
    ),
  ];
}
