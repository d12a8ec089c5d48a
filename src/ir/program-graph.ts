/**
 * Operations as a graph of program words. A word that closes loops has a successor for each of them that repeats
 * (slot k + 1 for loop k) and one for when none does (slot 0); a branch has slot 1 where it is taken.
 */
import { invariant, unreachable } from '../core/invariant.js';
import type { Span } from '../core/span.js';
import { canClose } from './close-loops.js';
import type { LoopPlan } from './allocate-loops.js';
import type { LoopDepth } from './microcode.js';
import type {
  BreakOperation,
  ChoiceOperation,
  CommandOperation,
  LoopOperation,
  PulseOperation,
  SegmentOperation,
  WaitOperation,
} from './scheduled.js';

export type WordContent =
  | { readonly kind: 'stop' }
  /** Counters of the loops around it by the names that the operations give them, and the entry's. */
  | {
      readonly kind: 'segment';
      readonly segment: SegmentOperation;
      readonly counters: ReadonlyMap<number, LoopDepth>;
      readonly entryCounter: LoopDepth | undefined;
    }
  | WaitOperation
  | CommandOperation
  /** Taken where the condition holds, or with `inverts` where it does not. */
  | { readonly kind: 'branch'; readonly operation: BreakOperation | ChoiceOperation; readonly inverts: boolean }
  | { readonly kind: 'set'; readonly counter: LoopDepth; readonly last: number };

export interface WordNode {
  readonly content: WordContent;
  /** Loops that end with this word, or that a branch taken leaves. */
  readonly ends: readonly LoopDepth[];
  /** Slot -> successor. A loop's first word comes to stand here when its body is complete. */
  readonly successors: ReadonlyMap<number, WordLink>;
  readonly origin?: Span;
}

export interface WordLink {
  node: WordNode | undefined;
}

export interface ProgramGraph {
  /** The first word, and the first one where the work list is empty. */
  readonly entry: WordNode;
  readonly entryWithoutWork: WordNode;
}

/** The graph of `operations`, which are in the normal form of close-loops.ts. */
export function programGraph(operations: readonly PulseOperation[], plan: LoopPlan): ProgramGraph {
  const stop: WordNode = { content: { kind: 'stop' }, ends: [], successors: new Map() };
  const withWork = new GraphBuilder(plan, true);
  const withoutWork = new GraphBuilder(plan, false);
  let entry = stop;
  let entryWithoutWork = stop;
  for (const operation of operations.toReversed()) {
    // What follows the last loop over the entries is the same words with and without work.
    const shares = entry === entryWithoutWork;
    entry = withWork.operation(operation, { next: entry, repeats: [] }, NO_LOOP);
    const isSame = shares && !loopsOverEntries(operation);
    entryWithoutWork = isSame
      ? entry
      : withoutWork.operation(operation, { next: entryWithoutWork, repeats: [] }, NO_LOOP);
  }
  return { entry, entryWithoutWork };
}

function loopsOverEntries(operation: PulseOperation): boolean {
  if (operation.kind === 'loop') return operation.count === 'entries' || operation.body.some(loopsOverEntries);
  return operation.kind === 'choice' && [...operation.then, ...operation.otherwise].some(loopsOverEntries);
}

/** Where a list of operations goes on: behind it, or back to the first words of loops that end with it. */
interface Exit {
  readonly next: WordNode;
  readonly repeats: readonly { readonly counter: LoopDepth; readonly first: WordLink }[];
}

/** Loops around an operation. */
interface Surroundings {
  readonly counters: ReadonlyMap<number, LoopDepth>;
  readonly entryCounter: LoopDepth | undefined;
  readonly innermost: { readonly counter: LoopDepth; readonly after: WordNode } | undefined;
}

const NO_LOOP: Surroundings = { counters: new Map(), entryCounter: undefined, innermost: undefined };

class GraphBuilder {
  readonly #plan: LoopPlan;
  readonly #hasWork: boolean;

  constructor(plan: LoopPlan, hasWork: boolean) {
    this.#plan = plan;
    this.#hasWork = hasWork;
  }

  /** First word of `operation`; builds from the end so that every successor but a loop's first word exists. */
  operation(operation: PulseOperation, exit: Exit, around: Surroundings): WordNode {
    switch (operation.kind) {
      case 'segment':
        return word(segmentContent(operation, around), exit, operation.origin);
      case 'wait':
      case 'command':
        return word(operation, exit, operation.origin);
      case 'loop':
        return this.#loop(operation, exit, around);
      case 'break':
        return breakWord(operation, exit, around);
      case 'choice':
        return this.#choice(operation, exit, around);
      default:
        return unreachable(operation);
    }
  }

  #list(operations: readonly PulseOperation[], exit: Exit, around: Surroundings): WordNode {
    let onward = exit;
    for (const operation of operations.toReversed()) {
      onward = { next: this.operation(operation, onward, around), repeats: [] };
    }
    return onward.next;
  }

  #loop(loop: LoopOperation, exit: Exit, around: Surroundings): WordNode {
    const place = this.#plan.places.get(loop);
    invariant(place && !around.counters.has(loop.counter), 'nested loops have counters of their own');
    invariant(canClose(loop.body.at(-1)) && loop.count !== 0, 'a loop ends with a word that can close it');
    if (loop.count === 'entries' && !this.#hasWork) return exit.next;
    const { counter, isSet } = place;
    const first: WordLink = { node: undefined };
    first.node = this.#list(
      loop.body,
      { next: exit.next, repeats: [...exit.repeats, { counter, first }] },
      {
        counters: new Map(around.counters).set(loop.counter, counter),
        entryCounter: loop.count === 'entries' ? counter : around.entryCounter,
        innermost: { counter, after: exit.next },
      },
    );
    if (!isSet || loop.count === 'entries') return first.node;
    const set = { kind: 'set', counter, last: loop.count - 1 } as const;
    return word(set, { next: first.node, repeats: [] }, loop.origin);
  }

  #choice(operation: ChoiceOperation, exit: Exit, around: Surroundings): WordNode {
    invariant(exit.repeats.length === 0, 'no loop ends with a choice');
    const otherwise = this.#list(operation.otherwise, exit, around);
    const then = this.#list(operation.then, exit, around);
    return branchWord({ operation, inverts: false }, [otherwise, then], []);
  }
}

function segmentContent(segment: SegmentOperation, { counters, entryCounter }: Surroundings): WordContent {
  const named = segment.entryOf === undefined ? entryCounter : counters.get(segment.entryOf);
  return { kind: 'segment', segment, counters, entryCounter: named };
}

function word(content: WordContent, { next, repeats }: Exit, origin: Span): WordNode {
  const successors = new Map<number, WordLink>([[0, { node: next }]]);
  for (const { counter, first } of repeats) successors.set(counter + 1, first);
  return { content, ends: repeats.map(({ counter }) => counter), successors, origin };
}

function breakWord(operation: BreakOperation, exit: Exit, { innermost }: Surroundings): WordNode {
  invariant(innermost && exit.repeats.length === 0, 'a break stands in a loop, and no loop ends with it');
  return branchWord({ operation, inverts: !operation.when }, [exit.next, innermost.after], [innermost.counter]);
}

function branchWord(
  branch: Pick<Extract<WordContent, { kind: 'branch' }>, 'operation' | 'inverts'>,
  [straight, taken]: readonly [WordNode, WordNode],
  ends: readonly LoopDepth[],
): WordNode {
  const successors = new Map([straight, taken].map((node, slot) => [slot, { node }]));
  return { content: { kind: 'branch', ...branch }, ends, successors, origin: branch.operation.origin };
}
