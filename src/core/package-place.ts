/** The one place that knows where this package lies; tools that bundle the compiler put a module of theirs in its place. */
import { fileURLToPath } from 'node:url';

/**
 * The place of a file or folder of this package for a file host; `place` counts from the package's root, for example
 * `hw/ion_reg.sv`. A slash at the end stays.
 */
export function packagePlace(place: string): string {
  // The root is two folders up, from src/core as well as from dist/core
  return fileURLToPath(new URL(`../../${place}`, import.meta.url));
}
