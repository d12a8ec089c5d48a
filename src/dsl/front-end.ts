/** The language front end as a whole: text in, IR of phase `network` or diagnostics out. */
import { DiagnosticBag, MAX_OF_ONE_CODE } from '../core/diagnostic.js';
import type { FileHost } from '../core/file-host.js';
import { InternalError } from '../core/invariant.js';
import type { DeviceModel } from '../devices/device-model.js';
import { DSL_CATALOGUE } from './catalogue.js';
import type { Overrides } from './elaborate-params.js';
import { ModuleLoader } from './load-modules.js';
import { lowerModule } from './lower/lower-module.js';
import { LIBRARY_DEVICES, libraryPath, withStandardLibrary } from './standard-library.js';

export { withStandardLibrary } from './standard-library.js';

/**
 * The network of `file` and its imports, all numbers in SI units, all images read.
 * @param overrides  values of top-level parameters as typed on the command line
 * @returns undefined after reporting errors to `diagnostics`
 */
export function compileSource(
  file: string,
  host: FileHost,
  overrides: Overrides,
  diagnostics: DiagnosticBag,
): ReturnType<typeof lowerModule> {
  const root = new ModuleLoader(withStandardLibrary(host), diagnostics).loadRoot(file);
  const network = root && !diagnostics.hasErrors ? lowerModule(root, { host, overrides, diagnostics }) : undefined;
  reportCrowded(diagnostics);
  return network;
}

/** Says of which kinds of faults not all are shown. */
function reportCrowded(diagnostics: DiagnosticBag): void {
  for (const code of diagnostics.crowded) {
    diagnostics.report(DSL_CATALOGUE, 'more-faults', { code, limit: MAX_OF_ONE_CODE });
  }
}

/** The model of a device of the standard library; throws {@link InternalError} where the library is damaged. */
export function loadLibraryDevice(name: string, host: FileHost): DeviceModel {
  const diagnostics = new DiagnosticBag();
  const place = LIBRARY_DEVICES.get(name);
  const root = place && new ModuleLoader(withStandardLibrary(host), diagnostics).loadRoot(libraryPath(place.file));
  const network = root && lowerModule(root, { host, overrides: new Map(), diagnostics });
  const model = network?.devices.find((device) => device.name === name);
  if (!model)
    throw new InternalError(`no device ${name} in the library: ${diagnostics.all[0]?.message ?? 'not listed'}`);
  return model;
}
