/**
 * What the early phases mean before there is any pulse: the conductances that every image should leave.
 * Later phases are held against this.
 */
import type { MappedModule } from './mapped.js';
import type { Experiment, ImageTarget } from './network.js';
import { cellOf } from './passes/bookkeeping.js';

/** Targets of one image on its own grid (rows x columns) [S]. */
export interface Intent {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly siemens: readonly number[];
}

/** Phase `network`: the images of an experiment in the order in which they are written. */
export function interpretNetwork({ program }: Experiment): readonly Intent[] {
  return program.images.map(intentOf);
}

/** Phase `mapped`: the same, read back from the cells that the pixels were given. */
export function interpretMapped(mapped: MappedModule): readonly Intent[] {
  const cells = new Float64Array(mapped.rows * mapped.columns).fill(NaN);
  return mapped.images.map((image) => {
    image.siemens.forEach((siemens, pixel) => (cells[cellOf(image, pixel, mapped.columns)] = siemens));
    const siemens = image.siemens.map((_, pixel) => cells[cellOf(image, pixel, mapped.columns)] ?? NaN);
    return { ...intentOf(image), siemens };
  });
}

function intentOf({ name, rows, columns, siemens }: ImageTarget): Intent {
  return { name, rows, columns, siemens };
}
