/** Our own bugs: they throw, are caught once in the entry points, and end with status 70. */

/** A broken promise of this code base, never the user's fault. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}

/** Throws {@link InternalError} unless `condition` holds. */
export function invariant(condition: unknown, claim: string): asserts condition {
  if (!condition) throw new InternalError(claim);
}

/** Closes an exhaustive `switch`: the compiler proves that it cannot be reached. */
export function unreachable(value: never): never {
  throw new InternalError(`unreachable case: ${JSON.stringify(value)}`);
}
