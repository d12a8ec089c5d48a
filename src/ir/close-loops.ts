/**
 * The normal form of operations: a loop is closed by the word that its body ends with, so the body must end with one
 * that every turn executes. Where it does not (an if, a break, a loop that may be left or skipped), a wait for
 * nothing is appended: one clock after everything else has ended.
 */
import type { LoopOperation, PulseOperation } from './scheduled.js';

/** `operations` in normal form; loops of no turn or with nothing in them are gone. */
export function closeLoops(operations: readonly PulseOperation[]): readonly PulseOperation[] {
  return operations.flatMap((operation): readonly PulseOperation[] => {
    if (operation.kind === 'choice') {
      const [then, otherwise] = [closeLoops(operation.then), closeLoops(operation.otherwise)];
      return [{ ...operation, then, otherwise }];
    }
    if (operation.kind !== 'loop') return [operation];
    const body = closeLoops(operation.body);
    if (operation.count === 0 || body.length === 0) return [];
    const closing: PulseOperation = { kind: 'wait', condition: 'always', origin: operation.origin };
    return [{ ...operation, body: canClose(body.at(-1)) ? body : [...body, closing] }];
  });
}

/** Whether loops can be closed by the words of the last operation of their body. */
export function canClose(last: PulseOperation | undefined): boolean {
  if (!last || last.kind === 'choice' || last.kind === 'break') return false;
  if (last.kind !== 'loop') return true;
  return last.count !== 'entries' && last.count > 0 && !isLeft(last) && canClose(last.body.at(-1));
}

/** Whether a break leaves `loop`. */
function isLeft(loop: LoopOperation): boolean {
  const breaks = (operation: PulseOperation): boolean => {
    if (operation.kind === 'choice') return operation.then.some(breaks) || operation.otherwise.some(breaks);
    return operation.kind === 'break';
  };
  return loop.body.some(breaks);
}
