/** A time limit for models that run in this process, where nobody could end them from outside. */
import type { ModelSession } from '../../engine.js';

/** Reading the clock costs about as much as evaluating one; a check this often is not noticed. */
const CLOCKS_BETWEEN_CHECKS = 1000;

/** The run has taken longer than it may. */
export class ModelOverdue extends Error {
  constructor() {
    super('the model is overdue');
  }
}

/** `session`, which throws {@link ModelOverdue} instead of evaluating clocks later than `seconds` from now [s]. */
export function withDeadline(session: ModelSession, seconds: number): ModelSession {
  const end = performance.now() + 1000 * seconds;
  let nextCheck = 0;
  const check = (): void => {
    if (session.evaluatedClocks < nextCheck) return;
    nextCheck = session.evaluatedClocks + CLOCKS_BETWEEN_CHECKS;
    if (performance.now() > end) throw new ModelOverdue();
  };
  return {
    io: session.io,
    slots: session.slots,
    get evaluatedClocks() {
      return session.evaluatedClocks;
    },
    step: () => {
      check();
      session.step();
    },
    runUntil: (maxClocks) => {
      check();
      return session.runUntil(maxClocks);
    },
    close: () => {
      session.close();
    },
  };
}
