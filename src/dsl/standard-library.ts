/** The devices behind `import … from "std/devices"`. */
import { fileURLToPath } from 'node:url';

/** The path that means the standard devices. */
export const STANDARD_DEVICES = 'std/devices';

/** Device name -> file name in the library folder; a test compares it with the folder. */
export const LIBRARY_FILES: ReadonlyMap<string, string> = new Map([['yszEcram', 'ysz-ecram.ion']]);

/** Folder of the library's files. Seen from `src/dsl` and from `dist/dsl` it is the same `src`. */
export const libraryFolder = fileURLToPath(new URL('../../src/devices/library/', import.meta.url));
