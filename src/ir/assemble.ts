/** The assembler: nested operations become words that each name their successor and the loops that end with them. */
import { invariant } from '../core/invariant.js';
import type { Span } from '../core/span.js';
import { LOOP_DEPTHS, type LoopDepth } from './microcode.js';
import type { LoopOperation, PulseOperation, SegmentOperation } from './scheduled.js';

/** A loop that ends with a word; its counter is the one of its depth. */
export interface LoopEnd {
  readonly depth: LoopDepth;
  readonly count: LoopOperation['count'];
  /** Address of the first word of its body. */
  readonly back: number;
}

/** One word before its fields are packed. */
export interface AssembledOp {
  readonly address: number;
  readonly segment: SegmentOperation;
  /** Depth of each hardware counter of the source around this word. */
  readonly depthOfCounter: ReadonlyMap<number, LoopDepth>;
  readonly next: number;
  readonly ends: readonly LoopEnd[];
  readonly origin: Span;
}

interface OpenOp extends Omit<AssembledOp, 'ends'> {
  readonly ends: LoopEnd[];
}

/** Words of `operations` from `firstAddress` on; the address after the last one must hold `stop`. */
export function assemble(operations: readonly PulseOperation[], firstAddress: number): readonly AssembledOp[] {
  const ops: OpenOp[] = [];
  const emit = (body: readonly PulseOperation[], depthOfCounter: ReadonlyMap<number, LoopDepth>): void => {
    for (const operation of body) {
      if (operation.kind === 'loop') emitLoop(operation, depthOfCounter);
      else {
        const address = firstAddress + ops.length;
        ops.push({
          address,
          segment: operation,
          depthOfCounter,
          next: address + 1,
          ends: [],
          origin: operation.origin,
        });
      }
    }
  };
  const emitLoop = (loop: LoopOperation, outer: ReadonlyMap<number, LoopDepth>): void => {
    const depth = LOOP_DEPTHS[outer.size];
    invariant(depth !== undefined && !outer.has(loop.counter), 'loops nest three deep with a counter each');
    const back = firstAddress + ops.length;
    if (loop.count === 0) return;
    emit(loop.body, new Map(outer).set(loop.counter, depth));
    const isEmpty = back === firstAddress + ops.length;
    if (!isEmpty) ops.at(-1)?.ends.push({ depth, count: loop.count, back });
  };
  emit(operations, new Map());
  return ops;
}

/** `operations` as they run where the work list is empty: without the loops over its entries. */
export function withoutEntryLoops(operations: readonly PulseOperation[]): readonly PulseOperation[] {
  return operations
    .filter((operation) => operation.kind === 'segment' || operation.count !== 'entries')
    .map((operation) =>
      operation.kind === 'loop' ? { ...operation, body: withoutEntryLoops(operation.body) } : operation,
    );
}
