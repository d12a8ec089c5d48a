/** The examples of the repository as the playground offers them. */
import { EXAMPLES, FILE_URLS } from 'virtual:examples';
import type { Project } from './protocol.js';

/** A program of the folder `examples`. */
export interface Example {
  /** Seen from the root of the repository. */
  readonly file: string;
  /** The first line of its comment. */
  readonly about: string;
  /** Data files that it reads and that do not come with the repository. */
  readonly missing: readonly string[];
}

export { EXAMPLES };

/** The program in `file` with all files of its folder, fetched. */
export async function loadExample(file: string): Promise<Project> {
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  const names = [...FILE_URLS.keys()].filter((name) => name.startsWith(folder));
  const files = await Promise.all(
    names.map(async (name): Promise<readonly [string, Uint8Array]> => {
      const response = await fetch(FILE_URLS.get(name) ?? '');
      if (!response.ok) throw new Error(`cannot load ${name}: status ${String(response.status)}`);
      return [name, new Uint8Array(await response.arrayBuffer())];
    }),
  );
  return { main: file, files: new Map(files) };
}
