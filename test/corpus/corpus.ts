/** Every mode of the controller: what is co-simulated, documented and measured. */
import { CONDITIONS } from './conditions.js';
import type { CorpusEntry } from './corpus-entry.js';
import { CONVERTING } from './converting.js';
import { LAYERS } from './layers.js';
import { OUTER_PRODUCTS } from './outer-products.js';
import { READING } from './reading.js';
import { SERVICE } from './service.js';
import { WRITING } from './writing.js';

export const CORPUS: readonly CorpusEntry[] = [
  ...READING,
  ...WRITING,
  ...OUTER_PRODUCTS,
  ...CONDITIONS,
  ...CONVERTING,
  ...LAYERS,
  ...SERVICE,
];
