/** A device from a source file, or from a text that is not written yet. */
import type { DiagnosticBag } from '../core/diagnostic.js';
import type { FileHost } from '../core/file-host.js';
import type { DeviceModel } from '../devices/device-model.js';
import { compileSource } from '../dsl/front-end.js';

/** The devices of `file`; undefined after reporting. */
export function devicesInFile(
  file: string,
  host: FileHost,
  diagnostics: DiagnosticBag,
): readonly DeviceModel[] | undefined {
  return compileSource(file, host, new Map(), diagnostics)?.devices;
}

/** `host` with one more file, `path`, in place of what may lie there. */
export function withText(host: FileHost, path: string, text: string): FileHost {
  const bytes = new TextEncoder().encode(text);
  return {
    readBytes: (place, maxBytes) => (place === path ? bytes : host.readBytes(place, maxBytes)),
    readHead: (place, maxBytes) => (place === path ? bytes.subarray(0, maxBytes) : host.readHead(place, maxBytes)),
    realPath: (place) => (place === path ? path : host.realPath(place)),
    resolve: (fromFile, target) => host.resolve(fromFile, target),
  };
}
