/** Reading: rows one by one, and products of a signed vector with the array, bit by bit of the inputs. */
import { invariant } from '../../core/invariant.js';
import type { PlaneSource, PulseOperation, SampleMode, SegmentOperation } from '../scheduled.js';
import { planeBases, signedPlanes, type SignedVector } from './bit-planes.js';
import { dataSetOf, dwellOf, loopOf, readClocks, segmentOf, type ModeArray, type ModeProgram } from './mode-program.js';

/** What reads have in common. */
export interface ReadSettings extends ModeArray {
  readonly railSet: number;
  /** From the commit of the inputs to the first step of the converters [clocks]. */
  readonly integrateClocks: number;
}

/**
 * Every row by itself; the codes become results. One segment a row:
 * `rows (integrate + scan)` clocks.
 */
export function readRows(settings: ReadSettings): ModeProgram {
  const { rows, railSet, integrateClocks, origin } = settings;
  const read = segmentOf(origin, {
    row: { kind: 'counter', counter: 0 },
    railSet,
    dwell: dwellOf(integrateClocks),
    samples: { mode: 'store', negate: false },
  });
  return {
    operations: [loopOf(origin, 0, rows, [read])],
    dataSets: [dataSetOf(origin, 'rows', {})],
    clocks: (timing) => [readClocks(timing, rows, integrateClocks)],
  };
}

/** Inputs of a product: one vector for each data set, all with magnitudes of the same bits. */
export interface ProductSettings extends ReadSettings {
  readonly inputs: readonly SignedVector[];
}

/**
 * y_j = sum over i of x_i code_ij, with x from -(2^b - 1) to 2^b - 1, in the partial sums of the columns. Bits come
 * most significant first, so that the sum only doubles: for each bit acc = 2 acc + codes of the positive inputs, then
 * acc = acc - codes of the negative ones. 2 b segments: `2 b (integrate + scan)` clocks.
 */
export function signedProduct(settings: ProductSettings): ModeProgram {
  const { rows, inputs, integrateClocks, origin } = settings;
  const bits = inputs[0]?.bits ?? 0;
  invariant(bits >= 1, 'a product has inputs with bits');
  const fit = inputs.every((input) => input.bits === bits && input.values.length === rows);
  invariant(fit, 'every input has a value for each row, all of the same bits');
  return {
    operations: productOperations(settings, bits),
    dataSets: inputs.map((input, index) => dataSetOf(origin, `input ${index}`, { rowPlanes: planesByTurn(input) })),
    clocks: (timing) => inputs.map(() => readClocks(timing, 2 * bits, integrateClocks)),
  };
}

function productOperations(settings: ReadSettings, bits: number): readonly PulseOperation[] {
  const { railSet, integrateClocks, origin } = settings;
  const bases = planeBases(bits);
  const sample = (source: PlaneSource, mode: SampleMode, negate: boolean): SegmentOperation =>
    segmentOf(origin, {
      row: { kind: 'plane', source },
      railSet,
      dwell: dwellOf(integrateClocks),
      samples: { mode, negate },
    });
  const top = bits - 1;
  const first = [
    sample({ kind: 'fixed', plane: bases.positive + top }, 'first', false),
    sample({ kind: 'fixed', plane: bases.negative + top }, 'add', true),
  ];
  if (bits === 1) return first;
  const others = [
    sample({ kind: 'counter', counter: 0, base: bases.positive }, 'double', false),
    sample({ kind: 'counter', counter: 0, base: bases.negative }, 'add', true),
  ];
  return [...first, loopOf(origin, 0, bits - 1, others)];
}

/** The planes of a set by turn of the loop; the most significant one, which comes before the loop, is the last. */
function planesByTurn(input: SignedVector): readonly (readonly number[])[] {
  const planes = signedPlanes(input);
  const { positive, negative } = planeBases(input.bits);
  const rotated = (base: number): readonly (readonly number[])[] => {
    const [top = [], ...others] = planes.slice(base, base + input.bits);
    return [...others, top];
  };
  return [...rotated(positive), ...planes.slice(positive + input.bits, negative), ...rotated(negative)];
}
