/** What the compiler uses of `node:module`: its two readers that are loaded when they are wanted. */
import * as csvParse from 'csv-parse/browser/esm/sync';
import pngjs from 'pngjs/browser.js';

const MODULES: Readonly<Record<string, unknown>> = { 'csv-parse/sync': csvParse, pngjs };

/** A `require` that knows the modules above. */
export function createRequire(): (name: string) => unknown {
  return (name) => {
    const found = MODULES[name];
    if (found === undefined) throw new Error(`${name} is not part of the playground`);
    return found;
  };
}
