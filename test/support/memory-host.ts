/** Files in memory, beside the real library of devices. */
import { posix } from 'node:path';
import { createDiskHost } from '../../src/core/disk.js';
import type { FileHost } from '../../src/core/file-host.js';
import { REPOSITORY } from './golden.js';

const LIBRARY = `${REPOSITORY}src/devices/library/`;

/** A host whose only files are `files` (path -> content) and the standard devices. */
export function memoryHost(files: Readonly<Record<string, string | Uint8Array>>): FileHost {
  const disk = createDiskHost();
  const contents = new Map(Object.entries(files));
  const read = (path: string) => {
    const content = contents.get(posix.normalize(path));
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  };
  const missing = { kind: 'file-fault', reason: 'missing', text: 'there is no such file' } as const;
  return {
    readBytes(path, maxBytes) {
      if (path.startsWith(LIBRARY)) return disk.readBytes(path, maxBytes);
      const bytes = read(path);
      if (bytes === undefined) return missing;
      if (bytes.length <= maxBytes) return bytes;
      return { kind: 'file-fault', reason: 'too-large', text: `it is larger than ${maxBytes} bytes` };
    },
    readHead: (path, maxBytes) => read(path)?.subarray(0, maxBytes) ?? missing,
    realPath: (path) => posix.normalize(path),
    resolve: (fromFile, target) => (target.startsWith('/') ? target : posix.join(posix.dirname(fromFile), target)),
  };
}
