/** Public data sets that are not part of the project: looked for, never fetched. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// Not from golden.ts, which needs a test runner: the bench looks for data, too.
const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/**
 * A file such as `mnist/t10k-images-idx3-ubyte.gz`: in the folder that `IONLOOM_TEST_DATA` names, or in the folder
 * `data` of a neighbor of the checkout; undefined where it is in neither.
 */
export function findTestData(file: string): string | undefined {
  const { IONLOOM_TEST_DATA: chosen } = process.env;
  const parent = path.dirname(path.resolve(REPOSITORY));
  const neighbors =
    chosen === undefined ? readdirSync(parent).map((name) => path.join(parent, name, 'data')) : [chosen];
  return neighbors.map((folder) => path.join(folder, file)).find((place) => existsSync(place));
}
