/** A file host that remembers what it has read. */
import type { FileHost } from './file-host.js';
import { packagePlace } from './package-place.js';
import { sha256Hex } from './sha256.js';

/** A file of the user's that was read. */
export interface ReadFile {
  /** As the host was asked for it. */
  readonly path: string;
  /** Absent where only the beginning was read. */
  readonly sha256?: string;
}

/** The host, and the user's files that were read through it so far, sorted by path; each was read once at least. */
export interface RecordingHost extends FileHost {
  readonly filesRead: () => readonly ReadFile[];
}

/** Folders of this package that the compiler reads from: no files of the user's. */
const OWN = ['src/', 'hw/', 'templates/', 'package.json'].map(packagePlace);

/** Reads through `host`. */
export function recordReads(host: FileHost): RecordingHost {
  const digests = new Map<string, string | undefined>();
  const isOwn = (path: string): boolean => OWN.some((place) => path.startsWith(place));
  return {
    realPath: (path) => host.realPath(path),
    resolve: (fromFile, target) => host.resolve(fromFile, target),
    readBytes(path, maxBytes) {
      const bytes = host.readBytes(path, maxBytes);
      if (bytes instanceof Uint8Array && !isOwn(path)) digests.set(path, sha256Hex(bytes));
      return bytes;
    },
    readHead(path, maxBytes) {
      const bytes = host.readHead(path, maxBytes);
      if (bytes instanceof Uint8Array && !isOwn(path) && !digests.has(path)) digests.set(path, undefined);
      return bytes;
    },
    filesRead() {
      const files = [...digests].map(([path, sha256]) => ({ path, ...(sha256 !== undefined && { sha256 }) }));
      return files.sort((left, right) => (left.path < right.path ? -1 : 1));
    },
  };
}
