/** All catalogues of diagnostics, for `ionloom explain` and the tests that go through every code. */
import type { Catalogue, CatalogueEntries, CatalogueEntry } from '../core/diagnostic.js';
import { INTEROP_CATALOGUE } from '../backends/interop/catalogue.js';
import { COSIM_CATALOGUE } from '../cosim/catalogue.js';
import { DSL_CATALOGUE } from '../dsl/catalogue.js';
import { ASSEMBLY_CATALOGUE } from '../ir/assembly/catalogue.js';
import { SCHEDULE_CATALOGUE } from '../ir/catalogue.js';
import { PROGRAM_CATALOGUE } from '../ir/program-catalogue.js';
import { STUDY_CATALOGUE } from '../ir/study-catalogue.js';
import { REALIZE_CATALOGUE } from '../ir/realize/catalogue.js';
import { NIR_CATALOGUE } from '../nir/catalogue.js';
import { CLI_CATALOGUE } from './catalogue.js';

/** In the order of the stages. */
const CATALOGUES: readonly Catalogue<CatalogueEntries>[] = [
  DSL_CATALOGUE,
  SCHEDULE_CATALOGUE,
  STUDY_CATALOGUE,
  REALIZE_CATALOGUE,
  PROGRAM_CATALOGUE,
  ASSEMBLY_CATALOGUE,
  INTEROP_CATALOGUE,
  COSIM_CATALOGUE,
  NIR_CATALOGUE,
  CLI_CATALOGUE,
];

/** Entries by full code (`area/key`). */
export function entriesByCode(): ReadonlyMap<string, CatalogueEntry<never>> {
  const pairs = CATALOGUES.flatMap(({ area, entries }) =>
    Object.entries(entries).map(([key, value]) => [`${area}/${key}`, value] as const),
  );
  return new Map(pairs);
}
