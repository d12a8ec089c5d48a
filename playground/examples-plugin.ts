/** Makes the list of examples from the folder `examples`: programs, what they are about, and the files beside them. */
import fs from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';
import type { Example } from './src/examples.js';

/** What pages import the list as. */
const MODULE = 'virtual:examples';
const RESOLVED = `\0${MODULE}`;

/** Largest file that comes with the page [bytes]. */
const MAX_BYTES = 512 * 1024;

/** Files that programs may read; scripts and documents stay away. */
const IS_DATA = /\.(ion|csv|tsv|txt|data|pgm|png|idx|gz)$/;

export function examplesPlugin(root: string): Plugin {
  const folder = path.join(root, 'examples');
  return {
    name: 'ionloom-examples',
    resolveId: (id) => (id === MODULE ? RESOLVED : undefined),
    load(id) {
      if (id !== RESOLVED) return undefined;
      const files = dataFilesBelow(folder);
      for (const file of files) this.addWatchFile(file);
      const urls = files.map((file, index) => `import url${String(index)} from ${JSON.stringify(`${file}?url`)};`);
      const entries = files.map((file, index) => `[${JSON.stringify(nameIn(root, file))}, url${String(index)}]`);
      return [
        ...urls,
        `export const FILE_URLS = new Map([${entries.join(', ')}]);`,
        `export const EXAMPLES = ${JSON.stringify(examplesOf(root, files))};`,
      ].join('\n');
    },
  };
}

function dataFilesBelow(folder: string): readonly string[] {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && IS_DATA.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => fs.statSync(file).size <= MAX_BYTES)
    .sort();
}

function nameIn(root: string, file: string): string {
  return path.relative(root, file).replaceAll(path.sep, '/');
}

/** Programs that say something by themselves: what only others import has no experiment and no device. */
function examplesOf(root: string, files: readonly string[]): readonly Example[] {
  return files.flatMap((file) => {
    if (!file.endsWith('.ion')) return [];
    const text = fs.readFileSync(file, 'utf8');
    if (!/^(experiment|device|network)\b/m.test(text)) return [];
    const folder = path.dirname(file);
    const missing = dataOf(text).filter((name) => !files.includes(path.join(folder, name)));
    const about = /^\/\/ ?(.*)/.exec(text)?.[1] ?? '';
    return [{ file: nameIn(root, file), about, missing }];
  });
}

/** Data files that a text names. */
function dataOf(text: string): readonly string[] {
  const code = text.replaceAll(/\/\/.*$/gm, '');
  const named = [...code.matchAll(/"([\w./-]+)"/g)].map(([, name = '']) => name);
  return [...new Set(named)].filter((name) => IS_DATA.test(name) || name.endsWith('-ubyte'));
}
