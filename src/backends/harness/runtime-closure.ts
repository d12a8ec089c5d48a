/** Which of the compiler's own sources an emitted project needs: the closure of its relative imports. */
import type { Artifact } from '../../core/artifact.js';

/** Text of one of the compiler's source files, named relative to its source folder, for example `ir/interpret.ts`. */
export type RuntimeSource = (path: string) => string;

/** Where the sources are copied to, with their layout. */
export const RUNTIME_FOLDER = 'src/runtime';

// Sources are formatted by Prettier: statements start at the line's beginning, modules are in single quotes.
const IMPORT = /^(?:import|export)\b[^;]*?from '(\.[^']*)';/gm;

/** The runtime files, verbatim, that `emitted` (files of the project under `root`) and those files import. */
export function runtimeClosure(emitted: readonly Artifact[], root: string, source: RuntimeSource): readonly Artifact[] {
  const runtime = `${root}${RUNTIME_FOLDER}/`;
  const found = new Map<string, Artifact>();
  const pending = emitted.flatMap(importsOf);
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (!path.startsWith(runtime) || found.has(path)) continue;
    const artifact: Artifact = { path, kind: 'typescript', text: source(path.slice(runtime.length)) };
    found.set(path, artifact);
    pending.push(...importsOf(artifact));
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Files that a file imports relatively, as paths in the project. */
function importsOf({ path, text }: Artifact): readonly string[] {
  return [...text.matchAll(IMPORT)].map(([, specifier]) => {
    const url = new URL(specifier ?? '', `project:/${path}`);
    return decodeURIComponent(url.pathname).slice(1).replace(/\.js$/, '.ts');
  });
}
