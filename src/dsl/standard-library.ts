/** The devices behind `import … from "std/…"`: which module offers each, and the file that declares it. */
import type { FileHost } from '../core/file-host.js';
import { packagePlace } from '../core/package-place.js';

/** A device of the library. */
export interface LibraryDevice {
  /** The path that imports it, such as `std/devices`. */
  readonly module: string;
  /** Its file in the library folder; a file may declare several devices. */
  readonly file: string;
}

/** Module -> file -> the devices in it that can be imported; a test compares it with the folder. */
const MODULES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'std/devices': {
    'magneto-ionic.ion': ['magnetoIonic'],
    'proton-eis.ion': ['protonEis', 'protonEisNano'],
    'srtio3.ion': ['stoMemristor'],
    'ysz-ecram.ion': ['yszEcram'],
  },
  'std/aihwkit': {
    'aihwkit.ion': [
      'constantStep',
      'linearStep',
      'linearStepAdditive',
      'softBounds',
      'softBoundsAdditive',
      'softBoundsReference',
      'softBoundsReferenceAdditive',
      'softBoundsPmax',
      'expStep',
      'expStepComplexNoise',
      'powStep',
      'piecewiseStep',
    ],
    'aihwkit-presets.ion': ['ecRam', 'ecRamMo', 'reRamEs', 'reRamSb', 'capacitor', 'gokmenVlasov', 'idealized'],
  },
  'std/neurosim': {
    'neurosim.ion': ['neurosimReal', 'neurosimNonlinearIv', 'neurosimDnn', 'neurosimMeasured'],
  },
  'std/crosssim': {
    'crosssim.ion': ['crosssimAnalytic', 'crosssimAnalyticProportional', 'crosssimAnalyticInverse', 'crosssimTable'],
  },
  'std/effects': {
    'effects-synapse.ion': [
      'plainSynapse',
      'relaxingSynapse',
      'forgettingSynapse',
      'driftingSynapse',
      'faultySynapse',
      'noisySynapse',
      'wearingSynapse',
      'wanderingSynapse',
    ],
    'butler-volmer.ion': ['butlerVolmer'],
  },
};

/** The paths that mean modules of the library, the oldest first. */
export const LIBRARY_MODULES: readonly string[] = Object.keys(MODULES);

/** Device name -> where it is. A name belongs to one module only, so that it says which. */
export const LIBRARY_DEVICES: ReadonlyMap<string, LibraryDevice> = new Map(
  Object.entries(MODULES).flatMap(([module, files]) =>
    Object.entries(files).flatMap(([file, names]) => names.map((name) => [name, { module, file }] as const)),
  ),
);

/** Names of the devices that `module` offers. */
export function devicesOf(module: string): readonly string[] {
  return Object.values(MODULES[module] ?? {}).flat();
}

/** Folder of the library's files. */
const libraryFolder = packagePlace('src/devices/library/');

/**
 * What the library's files are called everywhere: in spans, diagnostics and artifacts, which must not depend on
 * where Ionloom is installed. No file of a user has such a name.
 */
const LIBRARY_PREFIX = '<std>/devices/';

/** The name of the library file `fileName`, readable through {@link withStandardLibrary}. */
export function libraryPath(fileName: string): string {
  return LIBRARY_PREFIX + fileName;
}

/** The file, by its name in diagnostics, in which `module` has the device `name`; undefined where it has none. */
export function libraryFileOf(module: string, name: string): string | undefined {
  const device = LIBRARY_DEVICES.get(name);
  return device?.module === module ? libraryPath(device.file) : undefined;
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
