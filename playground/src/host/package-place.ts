/** Where the package lies in the browser: below a folder that no user's file has; takes the place of `src/core/package-place.ts`. */

/** Begins the names of files that the playground bundles. */
export const PACKAGE_ROOT = '/package/';

/** The name of a file or folder of the package, read through the host of `files.ts`. */
export function packagePlace(place: string): string {
  return PACKAGE_ROOT + place;
}
