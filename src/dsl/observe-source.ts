/** What the front end finds out about expressions, for editors. */
import { DiagnosticBag } from '../core/diagnostic.js';
import type { FileHost } from '../core/file-host.js';
import type { Observe } from './check/scope.js';
import { ModuleLoader } from './load-modules.js';
import { lowerModule } from './lower/lower-module.js';
import { withStandardLibrary } from './standard-library.js';

/**
 * Compiles `file` as far as its mistakes allow and calls `observe` for every expression in it and in its imports
 * whose meaning is found. Parts come before wholes; the body of a function comes once for each call.
 */
export function observeSource(file: string, host: FileHost, observe: Observe): void {
  // Mistakes are told by those who check the file.
  const diagnostics = new DiagnosticBag();
  const root = new ModuleLoader(withStandardLibrary(host), diagnostics).loadRoot(file);
  if (root && !diagnostics.hasErrors) lowerModule(root, { host, overrides: new Map(), diagnostics, observe });
}
