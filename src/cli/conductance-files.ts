/** Conductances that programs leave behind, as files of NumPy. */
import { npyBytes } from '../data/npy.js';
import type { ExperimentResult } from '../ir/results.js';

/**
 * One file for every image of every experiment, first seed: `Experiment-00-image.npy`, an array (rows, columns) of 64-bit
 * numbers [S]. Images have numbers, for two of them may have one name.
 */
export function conductanceFiles(
  results: readonly ExperimentResult[],
): readonly { readonly path: string; readonly content: Uint8Array }[] {
  return results.flatMap(({ name, images }) =>
    images.map((image, index) => ({
      path: `${name}-${String(index).padStart(2, '0')}-${fileName(image.name)}.npy`,
      content: npyBytes(image.conductance, [image.rows, image.columns]),
    })),
  );
}

/** `patterns/ring.csv` becomes `ring`. */
function fileName(image: string): string {
  const base = image.split(/[\\/]/).at(-1) ?? '';
  return base
    .replace(/\.[^.]*$/, '')
    .replace(/[^A-Za-z0-9_-]/g, '_')
    .slice(0, 40);
}
