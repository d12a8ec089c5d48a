/** The devices behind `import … from "std/devices"`. */
import { fileURLToPath } from 'node:url';
import type { FileHost } from '../core/file-host.js';

/** The path that means the standard devices. */
export const STANDARD_DEVICES = 'std/devices';

/** Device name -> file name in the library folder, which may hold several devices; a test compares it with the folder. */
export const LIBRARY_FILES: ReadonlyMap<string, string> = new Map([
  ['magnetoIonic', 'magneto-ionic.ion'],
  ['protonEis', 'proton-eis.ion'],
  ['protonEisNano', 'proton-eis.ion'],
  ['stoMemristor', 'srtio3.ion'],
  ['yszEcram', 'ysz-ecram.ion'],
]);

/** Folder of the library's files. Seen from `src/dsl` and from `dist/dsl` it is the same `src`. */
const libraryFolder = fileURLToPath(new URL('../../src/devices/library/', import.meta.url));

/**
 * What the library's files are called everywhere: in spans, diagnostics and artifacts, which must not depend on
 * where Ionloom is installed. No file of a user has such a name.
 */
const LIBRARY_PREFIX = '<std>/devices/';

/** The name of the library file `fileName`, readable through {@link withStandardLibrary}. */
export function libraryPath(fileName: string): string {
  return LIBRARY_PREFIX + fileName;
}

/** `host` with the files of the standard library under their names. */
export function withStandardLibrary(host: FileHost): FileHost {
  return {
    readBytes: (path, maxBytes) => host.readBytes(libraryPlace(path), maxBytes),
    readHead: (path, maxBytes) => host.readHead(libraryPlace(path), maxBytes),
    realPath: (path) => host.realPath(libraryPlace(path)),
    resolve: (fromFile, target) => host.resolve(fromFile, target),
  };
}

/** Where the file of that name lies: on disk for files of the library, any other name as it is. */
export function libraryPlace(path: string): string {
  return isLibraryFile(path) ? libraryFolder + path.slice(LIBRARY_PREFIX.length) : path;
}

/** Whether the name is that of a file of the library. */
export function isLibraryFile(path: string): boolean {
  return path.startsWith(LIBRARY_PREFIX);
}

/** The name of a file on disk that belongs to the library; undefined for others. */
export function libraryPathOf(place: string): string | undefined {
  return place.startsWith(libraryFolder) ? LIBRARY_PREFIX + place.slice(libraryFolder.length) : undefined;
}
