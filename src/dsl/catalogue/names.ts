/** Diagnostics of names, imports and parameters. */
import { entry } from '../../core/diagnostic.js';
import { LIBRARY_MODULES } from '../standard-library.js';

function didYouMean(nearest: string | undefined): string | undefined {
  return nearest === undefined ? undefined : `did you mean \`${nearest}\`?`;
}

function importHelp(path: string): string {
  if (path.startsWith('std/'))
    return `modules of the library are ${LIBRARY_MODULES.map((each) => `"${each}"`).join(', ')}`;
  return /^\w.*\.ion$/.test(path)
    ? `a path relative to this file starts with a dot: "./${path}"`
    : 'import a module of the library such as "std/devices", or a relative path such as "./other.ion"';
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

export const NAME_ENTRIES = {
  'unknown-name': entry<{ what: string; name: string; nearest: string | undefined; hint?: string | undefined }>({
    severity: 'error',
    message: ({ what, name }) => `unknown ${what} \`${name}\``,
    help: ({ nearest, hint }) => didYouMean(nearest) ?? hint,
    explain: 'Nothing of this name is declared here or imported. Declare it, import it, or mend the spelling.',
  }),
  'unknown-unit': entry<{ name: string; nearest: string | undefined }>({
    severity: 'error',
    message: ({ name }) => `unknown unit \`${name}\``,
    help: ({ nearest }) =>
      didYouMean(nearest) ?? 'units are S, V, A, Ohm, F, C, J, W, s, Hz, T, K, m and more, with SI prefixes, and %',
    explain:
      'Units are S, V, A, Ohm, F, C, J, W, s, Hz, T, K, m, g, mol, cd, N, Pa and eV with the prefixes a f p n u m k M G T; ' +
      'without prefixes min, h, day, degC, rad, deg, pulses, spikes, lsb, bit, `%` and `1`. ' +
      'Products, quotients and powers are written without blanks, for example `mC/S` and `m^2`.',
  }),
  'unknown-word': entry<{ what: string; word: string; known: readonly string[]; nearest: string | undefined }>({
    severity: 'error',
    message: ({ what, word, known }) =>
      known.length === 0
        ? `unknown ${what} \`${word}\`: there are none`
        : `unknown ${what} \`${word}\`, known: ${known.map((name) => `\`${name}\``).join(', ')}`,
    help: ({ nearest }) => didYouMean(nearest),
    explain: 'At this place stands one of a few fixed words; the message lists them.',
  }),
  'duplicate-name': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `\`${name}\` is declared twice`,
    explain: 'Within a file, and within a device, every name is declared once. Imported names count as declarations.',
  }),
  'reserved-name': entry<{ name: string; meaning: string; where?: string }>({
    severity: 'error',
    message: ({ name, meaning, where = 'device' }) =>
      `\`${name}\` is ${meaning} in every ${where} and cannot be declared`,
    explain:
      'Inside a device, `v` is the voltage across the cell, `duration` the length of the pulse and `temperature` that of ' +
      'the array, which only a modulator may declare, to give it a range. Choose another name.',
  }),
  'wrong-kind': entry<{ name: string; found: string; expected: string }>({
    severity: 'error',
    message: ({ name, found, expected }) => `\`${name}\` is ${withArticle(found)}, not ${withArticle(expected)}`,
    explain: 'The name is declared, but as something that cannot stand at this place.',
  }),
  'used-before-declared': entry<{ name: string }>({
    severity: 'error',
    message: ({ name }) => `\`${name}\` is used before its declaration`,
    help: () => 'move the declaration up; no value depends on itself',
    explain:
      'Parameters and `let` values may use only what is declared above them, so that no value depends on itself.',
  }),
  'name-unavailable': entry<{ name: string; reason: string }>({
    severity: 'error',
    message: ({ name, reason }) => `\`${name}\` cannot be used here: ${reason}`,
    explain:
      'Figures of a device are computed from literals and parameters. ' +
      'Every equation sees only what has a value when it is evaluated. States and modulators have one everywhere; ' +
      '`evolve`, `on pulse` and `energy` see spreads per device and per pulse, `current` those per device and per read, ' +
      '`power` and `invariant` those per device; the duration of the pulse is known to `on pulse` and `energy`, the changes ' +
      'of states to `energy`, the voltage to all but `invariant`. What uses such a name by `let` goes with it.',
  }),
  'import-unreadable': entry<{ path: string; reason: string }>({
    severity: 'error',
    message: ({ path, reason }) => `cannot import \`${path}\`: ${reason}`,
    explain: 'The imported file could not be read. Paths are relative to the importing file.',
  }),
  'import-path': entry<{ path: string; reason: string }>({
    severity: 'error',
    message: ({ path, reason }) => `cannot import \`${path}\`: ${reason}`,
    help: ({ path }) => importHelp(path),
    explain:
      'A file imports devices of the library from one of its modules, such as "std/devices", and other files by a ' +
      'relative path that ends in `.ion` and stays inside the folder of the file being compiled.',
  }),
  'import-cycle': entry<{ chain: readonly string[] }>({
    severity: 'error',
    message: ({ chain }) => `imports form a cycle: ${chain.join(' -> ')}`,
    explain: 'Files may not import each other in a circle. Move what both need into a third file.',
  }),
  'import-depth': entry<{ limit: number }>({
    severity: 'error',
    message: ({ limit }) => `imports are nested deeper than ${limit} files`,
    explain: 'A chain of files that import one another may be 32 files long.',
  }),
  'unknown-export': entry<{ name: string; path: string; nearest: string | undefined; elsewhere?: string | undefined }>({
    severity: 'error',
    message: ({ name, path }) => `\`${path}\` has no \`${name}\``,
    help: ({ name, nearest, elsewhere }) =>
      elsewhere === undefined ? didYouMean(nearest) : `\`${name}\` is in "${elsewhere}"`,
    explain:
      'The imported file declares nothing of this name. Only declarations of the file itself can be imported, not its own imports.',
  }),
  'unknown-parameter': entry<{ name: string; nearest: string | undefined }>({
    severity: 'error',
    message: ({ name }) => `no parameter \`${name}\` to set`,
    help: ({ nearest }) => didYouMean(nearest),
    explain: 'A value given on the command line must belong to a `param` at the top level of the file being compiled.',
  }),
  'invalid-override': entry<{ name: string; value: string; reason: string }>({
    severity: 'error',
    message: ({ name, value, reason }) => `cannot set \`${name}\` to \`${value}\`: ${reason}`,
    explain:
      'A value given on the command line is an expression such as `2.5 V` for a parameter that is a number, and plain text for one that is a text. ' +
      'Its dimension must be that of the declared value.',
  }),
};
