/** The module that `examples-plugin.ts` makes. */
declare module 'virtual:examples' {
  import type { Example } from './examples.js';

  /** Programs, sorted by file. */
  export const EXAMPLES: readonly Example[];
  /** Every file of the examples, by its name from the root of the repository. */
  export const FILE_URLS: ReadonlyMap<string, string>;
}
