/** What a recorded design is called in tables: the cell under test, or the controller. */
import type { ModelSource } from '../../src/cosim/engine.js';

/** Name of the cell that a wrapper of test/support/cell-session.ts holds; undefined for a controller. */
export function cellUnderTest({ top, files }: ModelSource): string | undefined {
  if (top !== 'cell_under_test') return undefined;
  return files.at(-2)?.name.replace(/\.sv$/, '');
}
