/** Field values and listing text of one assembled operation. */
import { invariant, unreachable } from '../core/invariant.js';
import type { AssembledOp, LoopEnd } from './assemble.js';
import type { OpFieldName } from './legal.js';
import { LOOP_DEPTHS, REST_CODE, SELECT_CODE, type LoopDepth } from './microcode.js';
import type { LineSelection } from './scheduled.js';

/** Field values of the word of `op`. */
export function encodeOp(op: AssembledOp): Record<OpFieldName, number> {
  const { segment, next, ends } = op;
  const [outer, middle, inner] = LOOP_DEPTHS.map((depth) => ends.find((end) => end.depth === depth));
  return {
    segment: 1,
    row: selectCode(segment.row, op),
    column: selectCode(segment.column, op),
    rail: segment.railSet,
    fires: Number(segment.fires),
    samples: Number(segment.samples),
    rest: REST_CODE[segment.rest],
    timed: Number(segment.dwell.kind === 'entry'),
    dwell: segment.dwell.kind === 'clocks' ? segment.dwell.clocks : 0,
    next,
    ...loopFields(0, outer),
    ...loopFields(1, middle),
    ...loopFields(2, inner),
  };
}

type LoopFieldName<Depth extends LoopDepth> = `loop${Depth}_${'end' | 'entries' | 'last' | 'back'}`;

function loopFields<Depth extends LoopDepth>(
  depth: Depth,
  end: LoopEnd | undefined,
): Record<LoopFieldName<Depth>, number> {
  const fields = {
    [`loop${depth}_end`]: Number(end !== undefined),
    [`loop${depth}_entries`]: Number(end?.count === 'entries'),
    [`loop${depth}_last`]: typeof end?.count === 'number' ? end.count - 1 : 0,
    [`loop${depth}_back`]: end?.back ?? 0,
  };
  // TypeScript widens computed keys to string; the four above are all of them.
  return fields as Record<LoopFieldName<Depth>, number>;
}

function selectCode(selection: LineSelection, op: AssembledOp): number {
  if (selection.kind !== 'counter') return SELECT_CODE[selection.kind];
  return SELECT_CODE.counter + counterDepth(selection.counter, op);
}

function counterDepth(counter: number, { depthOfCounter }: AssembledOp): LoopDepth {
  const depth = depthOfCounter.get(counter);
  invariant(depth !== undefined, 'a line is selected by a loop around it');
  return depth;
}

/** `op` in the language of the listing. */
export function describeOp(op: AssembledOp): string {
  const { segment } = op;
  const dwell = segment.dwell.kind === 'entry' ? 'for the entry' : `for ${String(segment.dwell.clocks)}`;
  const parts = [
    segment.fires ? 'fire' : 'hold',
    `rows ${describeSelection(segment.row, op)}`,
    `columns ${describeSelection(segment.column, op)}`,
    `rail ${String(segment.railSet)}`,
    dwell,
    ...(segment.samples ? ['sample'] : []),
    ...(segment.rest === 'never' ? [] : [segment.rest === 'always' ? 'rest' : 'rest if last']),
    ...op.ends.map(
      ({ depth, count, back }) =>
        `loop ${String(depth)} to ${String(back)} ${count === 'entries' ? 'over the entries' : `x ${String(count)}`}`,
    ),
  ];
  return parts.join(', ');
}

function describeSelection(selection: LineSelection, op: AssembledOp): string {
  switch (selection.kind) {
    case 'none':
    case 'all':
    case 'entry':
    case 'plane':
      return selection.kind;
    case 'counter':
      return `counter ${String(counterDepth(selection.counter, op))}`;
    default:
      return unreachable(selection);
  }
}
