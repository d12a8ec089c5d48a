/** The library of devices, which every program may import. */
import { PACKAGE_ROOT } from './package-place.js';

const TEXTS = import.meta.glob<string>('../../../src/devices/library/*.ion', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Name below the package -> text. */
export const LIBRARY_FILES = filesOf(TEXTS);

/** What a glob from this folder found, under the names that the compiler asks for. */
export function filesOf(texts: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(texts).map(([place, text]) => [place.replace('../../../', PACKAGE_ROOT), text]));
}
