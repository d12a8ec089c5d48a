/**
 * Which folder of `src` may import which, and who may use packages and Node modules that have one door.
 * ESLint (import-direction.mjs) and test/architecture.test.ts read this table; nothing else states it.
 */

/** Folders of `src`, from the ground up; `backends/*` stands for every back end by itself. */
export const FOLDER_IMPORTS = {
  core: [],
  units: ['core'],
  numerics: ['core', 'units'],
  devices: ['core', 'units', 'numerics'],
  data: ['core'],
  ir: ['core', 'units', 'numerics', 'devices'],
  nir: ['core', 'units', 'numerics', 'devices', 'data', 'ir'],
  networks: ['core', 'units', 'numerics', 'devices', 'ir'],
  dsl: ['core', 'units', 'numerics', 'devices', 'data'],
  'backends/systemverilog': ['core', 'units', 'numerics', 'devices', 'ir'],
  'backends/harness': ['core', 'units', 'numerics', 'devices', 'data', 'ir', 'networks'],
  'backends/energy': ['core', 'units', 'numerics', 'devices', 'ir'],
  'backends/lifetime': ['core', 'units', 'numerics', 'devices', 'ir'],
  'backends/interop': ['core', 'units', 'numerics', 'devices', 'ir'],
  cosim: ['core', 'units', 'numerics', 'devices', 'ir'],
  report: ['core', 'units', 'ir'],
  sweep: ['core', 'units', 'ir'],
  lsp: ['core', 'units', 'numerics', 'devices', 'data', 'ir', 'dsl'],
};

/** Single files that see more than their folder does: [file pattern, folders]. */
export const FILE_IMPORTS = [
  // Lowering is the one step from the language to the IR
  [/^dsl\/lower\//, ['ir']],
  // Tables of measured pulses have units, and become what devices are fitted to
  [/^data\/(pulse|table)-/, ['units', 'devices']],
];

/** Files directly in `src` join the parts; only the command line and the language server stand above them. */
const EVERYTHING_BUT_CLI = Object.keys(FOLDER_IMPORTS).filter((folder) => folder !== 'lsp');

/** Packages and Node modules with one door: [module pattern, files that may import it]. */
export const DOORS = [
  [/^chevrotain$/, /^src\/dsl\/(chevrotain|parse\/[a-z-]+)\.ts$/],
  [/^handlebars$/, /^src\/(backends\/systemverilog\/render|report\/render-page)\.ts$/],
  [/^ts-morph$/, /^src\/backends\/harness\/ts-morph\.ts$/],
  [
    /^(node:)?fs(\/promises)?$/,
    /^src\/(core\/(disk|output-folder|scratch-folder|staging)\.ts|cosim\/engines\/|sweep\/sweep-folder\.ts)/,
  ],
  [/^(node:)?child_process$/, /^src\/(cosim\/engines\/child-process|sweep\/processes)\.ts$/],
  [/^vega(-lite)?$/, /^src\/report\/render-plot\.ts$/],
  [/^csv-parse(\/.*)?$/, /^src\/data\/csv\.ts$/],
  [/^h5wasm(\/.*)?$/, /^src\/data\/hdf5-library\.ts$/],
  [/^pngjs$/, /^src\/data\/png\.ts$/],
  [/^@noble\/hashes(\/.*)?$/, /^src\/core\/sha256\.ts$/],
  [/^commander$|^picocolors$/, /^src\/cli\//],
  [/^vscode-(languageserver|jsonrpc)/, /^src\/lsp\//],
  [/^@yowasp\/yosys$/, /^src\/cosim\/engines\//],
];

/**
 * Folder of a file under `src` as named in the table: `ir`, `backends/energy`, or `.` for files directly in `src`.
 * @param {string} file path relative to `src`, forward slashes
 * @returns {string}
 */
export function folderOf(file) {
  const parts = file.split('/');
  if (parts.length === 1) return '.';
  return parts[0] === 'backends' ? parts.slice(0, 2).join('/') : String(parts[0]);
}

/**
 * Why `from` may not import `to` (paths relative to `src`), or undefined where it may.
 * @param {string} from
 * @param {string} to
 * @returns {string | undefined}
 */
export function importFault(from, to) {
  const [fromFolder, toFolder] = [folderOf(from), folderOf(to)];
  if (fromFolder === toFolder || fromFolder === 'cli') return undefined;
  const extra = FILE_IMPORTS.filter(([pattern]) => pattern.test(from)).flatMap(([, folders]) => folders);
  const allowed = fromFolder === '.' ? EVERYTHING_BUT_CLI : [...(FOLDER_IMPORTS[fromFolder] ?? []), ...extra];
  if (allowed.includes(toFolder)) return undefined;
  return `src/${from} may not import from src/${toFolder}: allowed are ${allowed.join(', ') || 'no other folders'}`;
}

/**
 * Why a file of `src` may not import a package or Node module, or undefined where it may.
 * @param {string} file path from the root, `src/…`
 * @param {string} module
 * @returns {string | undefined}
 */
export function doorFault(file, module) {
  for (const [pattern, owners] of DOORS) {
    if (pattern.test(module) && !owners.test(file))
      return `${file} may not import ${module}: its door is ${owners.source}`;
  }
  return undefined;
}
