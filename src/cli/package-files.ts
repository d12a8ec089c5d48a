/** Files of this package that builds copy: the compiler's own sources. */
import type { FileHost } from '../core/file-host.js';
import { invariant } from '../core/invariant.js';
import { packagePlace } from '../core/package-place.js';

const MAX_BYTES = 2 ** 20;

/** Text of a file of the package; `place` counts from its root, for example `src/ir/interpret.ts`. */
export function readPackageFile(host: FileHost, place: string): string {
  const bytes = host.readBytes(packagePlace(place), MAX_BYTES);
  invariant(bytes instanceof Uint8Array, `the package holds ${place}`);
  return new TextDecoder().decode(bytes);
}
