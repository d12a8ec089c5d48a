/**
 * Which of the hardware's three loop counters each loop of a program takes. An outer loop has the lower number. The
 * last value of a counter is a register: loops of equal count may share one, others need a word that sets it.
 */
import { LOOP_DEPTHS, type LoopDepth } from './microcode.js';
import type { LoopOperation, PulseOperation } from './scheduled.js';

export interface LoopPlace {
  readonly counter: LoopDepth;
  /** Whether a word before the loop sets its limit. */
  readonly isSet: boolean;
}

export interface LoopPlan {
  readonly places: ReadonlyMap<LoopOperation, LoopPlace>;
  /** Where each counter's last turn stands at the start: at the count of its register, or at that of the entries. */
  readonly counters: readonly CounterUse[];
}

/** `set`: every loop on the counter sets it; undefined: no loop. */
export type CounterUse = LoopOperation['count'] | 'set' | undefined;

/** A loop with the loop around it; loops come in order, outer before inner. */
interface StaticLoop {
  readonly loop: LoopOperation;
  readonly outer: number | undefined;
  /** Loops nested in it, itself included. */
  readonly height: number;
}

/** Choices that are tried before the best of them is taken: more than a program of eight loops has. */
const MAX_TRIALS = 10_000;

const plans = new WeakMap<readonly PulseOperation[], { readonly plan: LoopPlan | undefined }>();

/** The plan with the fewest words that set limits; undefined where three counters do not suffice. */
export function allocateLoops(operations: readonly PulseOperation[]): LoopPlan | undefined {
  let known = plans.get(operations);
  if (!known) plans.set(operations, (known = { plan: new Allocation(loopsIn(operations)).find() }));
  return known.plan;
}

class Allocation {
  readonly #loops: readonly StaticLoop[];
  readonly #counters: LoopDepth[] = [];
  #trials = 0;
  #fewest = Infinity;
  #best: LoopPlan | undefined;

  constructor(loops: readonly StaticLoop[]) {
    this.#loops = loops;
  }

  find(): LoopPlan | undefined {
    this.#try(0);
    return this.#best;
  }

  #try(index: number): void {
    const each = this.#loops[index];
    if (!each) {
      this.#judge();
      return;
    }
    const lowest = each.outer === undefined ? 0 : (this.#counters[each.outer] ?? 0) + 1;
    for (const counter of LOOP_DEPTHS) {
      if (counter < lowest || counter + each.height > LOOP_DEPTHS.length || this.#isDone()) continue;
      this.#counters[index] = counter;
      this.#try(index + 1);
    }
  }

  #isDone(): boolean {
    return this.#fewest === 0 || (this.#best !== undefined && this.#trials > MAX_TRIALS);
  }

  #judge(): void {
    this.#trials += 1;
    const uses = LOOP_DEPTHS.map((counter) => this.#useOf(counter));
    if (uses.includes('clash')) return;
    const counters = uses.map((use): CounterUse => (use === 'clash' ? undefined : use));
    const places = new Map<LoopOperation, LoopPlace>();
    this.#loops.forEach(({ loop }, index) => {
      const counter = this.#counters[index] ?? 0;
      places.set(loop, { counter, isSet: counters[counter] !== loop.count });
    });
    const sets = [...places.values()].filter(({ isSet }) => isSet).length;
    if (sets >= this.#fewest) return;
    this.#fewest = sets;
    this.#best = { places, counters };
  }

  #useOf(counter: LoopDepth): CounterUse | 'clash' {
    const indices = this.#loops.flatMap((_, index) => (this.#counters[index] === counter ? [index] : []));
    const counts = indices.map((index) => this.#loops[index]?.loop.count);
    if (counts.every((count) => count === counts[0])) return counts[0];
    if (!counts.includes('entries')) return 'set';
    // The entries' limit stands until a loop sets another, and never comes back.
    const firstCounted = indices.find((index) => this.#loops[index]?.loop.count !== 'entries') ?? 0;
    const comesBack = indices.some((index) => {
      const followsEntries = this.#loops[index]?.loop.count === 'entries';
      return followsEntries && (index > firstCounted || this.#share(index, indices));
    });
    return comesBack ? 'clash' : 'entries';
  }

  /** Whether a loop around the one at `index` is also around a counted one of `others`. */
  #share(index: number, others: readonly number[]): boolean {
    const around = this.#around(index);
    return others.some(
      (other) =>
        this.#loops[other]?.loop.count !== 'entries' && [...this.#around(other)].some((outer) => around.has(outer)),
    );
  }

  #around(index: number): ReadonlySet<number> {
    const around = new Set<number>();
    for (let outer = this.#loops[index]?.outer; outer !== undefined; outer = this.#loops[outer]?.outer)
      around.add(outer);
    return around;
  }
}

function loopsIn(operations: readonly PulseOperation[]): readonly StaticLoop[] {
  const found: StaticLoop[] = [];
  const visit = (body: readonly PulseOperation[], outer: number | undefined): void => {
    for (const operation of body) {
      if (operation.kind === 'choice') {
        visit(operation.then, outer);
        visit(operation.otherwise, outer);
      }
      if (operation.kind !== 'loop') continue;
      found.push({ loop: operation, outer, height: heightOf([operation]) });
      visit(operation.body, found.length - 1);
    }
  };
  visit(operations, undefined);
  return found;
}

/** How deep loops nest in `operations`. */
function heightOf(operations: readonly PulseOperation[]): number {
  return operations.reduce((most, operation) => {
    if (operation.kind === 'loop') return Math.max(most, 1 + heightOf(operation.body));
    if (operation.kind !== 'choice') return most;
    return Math.max(most, heightOf(operation.then), heightOf(operation.otherwise));
  }, 0);
}
