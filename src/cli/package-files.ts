/** Files of this package that builds copy: the compiler's own sources. */
import { fileURLToPath } from 'node:url';
import type { FileHost } from '../core/file-host.js';
import { invariant } from '../core/invariant.js';

const MAX_BYTES = 2 ** 20;

/** Text of a file of the package; `place` counts from its root, for example `src/ir/interpret.ts`. */
export function readPackageFile(host: FileHost, place: string): string {
  // The root is two folders up, from src/cli as well as from dist/cli
  const bytes = host.readBytes(fileURLToPath(new URL(`../../${place}`, import.meta.url)), MAX_BYTES);
  invariant(bytes instanceof Uint8Array, `the package holds ${place}`);
  return new TextDecoder().decode(bytes);
}
