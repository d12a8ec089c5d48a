/** The WebAssembly of a step of pairs: four rows of the array from the derivatives by their weights. */
import type { BatchLayout } from '../../numerics/batch-layout.js';
import { BATCH_HEADER, BLOCK } from '../../numerics/batch-layout.js';
import type { StripFunction } from '../../numerics/batch-product-code.js';
import { laneCode } from '../../numerics/lanes/lane-webassembly.js';
import { philoxRoundOfKeys } from '../../numerics/philox-code.js';
import { ROUNDS } from '../../numerics/philox.js';
import { branchIf, get, integer, lane, Locals, loop, memory } from '../../numerics/wasm-code.js';
import { op, set, singles, tee, when, word, words, type Code } from '../../numerics/wasm-code.js';
import { PAIR_INPUTS, UNIFORM, type PairPrograms } from './pair-programs.js';
import { PRODUCT, WEIGHT } from './pulse-rule.js';
import { ROUNDING_TAG } from './rounding-draws.js';

/** Words of the header of a product that a step reads: the number of the step, the key of its draws. */
export const STEP_HEADER = { step: BATCH_HEADER.own, key: BATCH_HEADER.own + 4 } as const;
/** Halvings after which a state is known to the last place of single precision. */
const HALVINGS = 24;

const add = (left: Code, right: Code): Code => op('i32.add', left, right);
const vectors = <const Names extends readonly string[]>(locals: Locals, names: Names) =>
  Object.fromEntries(names.map((name) => [name, locals.add('v128')])) as Record<Names[number], number>;

/**
 * The strip function: arrays of cells are those of {@link PAIR_INPUTS}, the matrix is the weight; sums are pulses and
 * refreshes.
 */
export function pairStrip(layout: BatchLayout, programs: PairPrograms, skipsZeros: boolean): StripFunction {
  const parameters = ['i32', 'i32', 'i32', 'i32'] as const;
  const [row, strip] = [0, 1];
  const locals = new Locals(parameters);
  const [cell, end, sums] = [locals.add('i32'), locals.add('i32'), locals.add('i32')];
  const v = vectors(locals, ['product', 'plus', 'minus', 'weight', 'pulses', 'refreshes', 'anew', 'uniform']);
  const bytes = 4 * BLOCK * layout.stride;
  const arrays = new Map<string, number>(PAIR_INPUTS.map((name, index) => [name, layout.cells[index] ?? NaN]));
  const inputCode = (name: string): Code => {
    if (name === PRODUCT) return get(v.product);
    if (name === UNIFORM) return get(v.uniform);
    return memory('v128.load', get(cell), name === WEIGHT ? layout.matrix : (arrays.get(name) ?? NaN));
  };
  const usesUniform = programs.step.ops.some((each) => each.kind === 'input' && each.name === UNIFORM);
  const { code, outputs } = laneCode(programs.step, locals, inputCode);
  const [plus = [], minus = [], weight = [], pulses = [], anew = []] = outputs;
  const store = (address: number, value: Code): Code => memory('v128.store', get(cell), address, value);
  const four = [
    ...(usesUniform ? uniforms(layout, locals, cell, v.uniform) : []),
    ...code,
    ...set(v.plus, plus),
    ...set(v.minus, minus),
    ...set(v.weight, weight),
    ...set(v.pulses, op('f32x4.add', get(v.pulses), pulses)),
    ...when(op('v128.any_true', tee(v.anew, anew)), renew({ layout, programs, locals, cell, v })),
    ...store(layout.cells[0] ?? NaN, get(v.plus)),
    ...store(layout.cells[1] ?? NaN, get(v.minus)),
    ...store(layout.matrix, get(v.weight)),
  ];
  const loaded = set(v.product, memory('v128.load', get(strip), 0));
  const body = [
    ...set(cell, op('i32.mul', get(row), integer(bytes))),
    ...set(end, add(get(cell), integer(bytes))),
    ...set(sums, add(op('i32.shl', get(row), integer(4)), integer(layout.sums))),
    ...loop(
      loaded,
      skipsZeros ? when(op('v128.any_true', get(v.product)), four) : four,
      set(strip, add(get(strip), integer(16))),
      branchIf(0, op('i32.lt_u', tee(cell, add(get(cell), integer(16))), get(end))),
    ),
    ...addUp(sums, 0, v.pulses),
    ...addUp(sums, 8, v.refreshes),
  ];
  return { parameters, locals: locals.types, body };
}

/** Adds the lanes of a vector of single precision to a double. */
function addUp(address: number, offset: number, vector: number): Code {
  const lanes = [0, 1, 2, 3].map((index) => op('f64.promote_f32', lane('f32x4.extract_lane', index, get(vector))));
  const sum = lanes.reduce<Code>((left, right) => op('f64.add', left, right), memory('f64.load', get(address), offset));
  return memory('f64.store', get(address), offset, sum);
}

/** A number from 0 up to 1 for each of four cells: 24 bits of Philox at the counter (cell, 0, step, tag). */
function uniforms(layout: BatchLayout, locals: Locals, cell: number, out: number): Code {
  const c = vectors(locals, ['c0', 'c1', 'c2', 'c3', 'k0', 'k1', 'p0', 'p1', 'p2', 'p3']);
  const header = (offset: number): Code => memory('v128.load32_splat', integer(layout.header), offset);
  const index = op('i32.shr_u', get(cell), integer(2));
  return [
    ...set(c.c0, op('i32x4.add', op('i32x4.splat', index), words(0, 1, 2, 3))),
    ...set(c.c1, word(0)),
    ...set(c.c2, header(STEP_HEADER.step)),
    ...set(c.c3, word(ROUNDING_TAG)),
    ...set(c.k0, header(STEP_HEADER.key)),
    ...set(c.k1, header(STEP_HEADER.key + 4)),
    ...Array.from({ length: ROUNDS }, () =>
      philoxRoundOfKeys([c.c0, c.c1, c.c2, c.c3], [c.k0, c.k1], [c.p0, c.p1, c.p2, c.p3]),
    ).flat(),
    ...set(out, op('f32x4.mul', op('f32x4.convert_i32x4_u', op('i32x4.shr_u', get(c.c0), integer(8))), singles(2 ** -24))), // prettier-ignore
  ];
}

interface Renewal {
  readonly layout: BatchLayout;
  readonly programs: PairPrograms;
  readonly locals: Locals;
  readonly cell: number;
  readonly v: Readonly<Record<'plus' | 'minus' | 'weight' | 'pulses' | 'refreshes' | 'anew', number>>;
}

/**
 * Pairs of the lanes in `anew`: both cells are set anew, then one is pulsed until the weight is what it was. Its state
 * is found by halving, since the weight of a cell falls all the way.
 */
function renew({ layout, programs, locals, cell, v }: Renewal): Code {
  const { from, to } = programs;
  const w = vectors(locals, ['low', 'high', 'middle', 'target', 'negative', 'fresh']);
  const count = locals.add('i32');
  const cellWeight = (state: Code): { readonly code: Code; readonly value: Code } => {
    const { code, outputs } = laneCode(programs.cell, locals, () => state);
    return { code, value: outputs[0] ?? [] };
  };
  const fresh = cellWeight(singles(from));
  const middle = cellWeight(get(w.middle));
  const after = [v.plus, v.minus].map((state) => cellWeight(get(state))) as [typeof fresh, typeof fresh];
  const pick = (whenTrue: Code, whenFalse: Code, mask: Code): Code => op('v128.bitselect', whenTrue, whenFalse, mask);
  const half = op('f32x4.mul', op('f32x4.add', get(w.low), get(w.high)), singles(0.5));
  const step = pick(
    memory('v128.load', get(cell), layout.cells[2] ?? NaN),
    memory('v128.load', get(cell), layout.cells[3] ?? NaN),
    get(w.negative),
  );
  const back = op('f32x4.div', op('f32x4.sub', get(w.middle), singles(from)), step);
  return [
    ...fresh.code,
    ...set(w.fresh, fresh.value),
    ...set(w.negative, op('f32x4.lt', get(v.weight), singles(0))),
    ...set(w.target, op('f32x4.sub', get(w.fresh), op('f32x4.abs', get(v.weight)))),
    ...set(w.low, singles(from)),
    ...set(w.high, singles(to)),
    ...set(count, integer(0)),
    ...loop(
      set(w.middle, half),
      middle.code,
      set(w.fresh, op('f32x4.lt', get(w.target), middle.value)),
      set(w.low, pick(get(w.middle), get(w.low), get(w.fresh))),
      set(w.high, pick(get(w.high), get(w.middle), get(w.fresh))),
      branchIf(0, op('i32.lt_u', tee(count, add(get(count), integer(1))), integer(HALVINGS))),
    ),
    ...set(w.middle, half),
    ...set(v.pulses, op('f32x4.add', get(v.pulses), op('v128.and', get(v.anew), op('f32x4.add', singles(2), back)))),
    ...set(v.refreshes, op('f32x4.add', get(v.refreshes), op('v128.and', get(v.anew), singles(1)))),
    ...set(v.plus, pick(pick(get(w.middle), singles(from), get(w.negative)), get(v.plus), get(v.anew))),
    ...set(v.minus, pick(pick(singles(from), get(w.middle), get(w.negative)), get(v.minus), get(v.anew))),
    ...after[0].code,
    ...after[1].code,
    ...set(v.weight, pick(op('f32x4.sub', after[0].value, after[1].value), get(v.weight), get(v.anew))),
  ];
}
