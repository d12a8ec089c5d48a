/** There are no engines for co-simulation in the playground; takes the place of `src/cosim/engines/select.ts`. */
import { InternalError } from '../../../src/core/invariant.js';

export function createEngine(name: string): never {
  throw new InternalError(`the playground has no engine ${name}`);
}
