/** The version in package.json. */
import type { FileHost } from '../core/file-host.js';
import { invariant } from '../core/invariant.js';
import { readPackageFile } from './package-files.js';

/** Version of this package, for example `0.1.0`. */
export function readVersion(host: FileHost): string {
  const manifest: unknown = JSON.parse(readPackageFile(host, 'package.json'));
  invariant(typeof manifest === 'object' && manifest !== null && 'version' in manifest, 'a package has a version');
  return String(manifest.version);
}
