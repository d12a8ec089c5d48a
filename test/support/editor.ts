/** Files in an editor, with the place of the cursor written into their text as `|`. */
import type { FileIndex } from '../../src/lsp/names/symbols.js';
import { Workspace } from '../../src/lsp/workspace.js';
import { memoryHost } from './memory-host.js';

/** A place of an open file. */
export interface Cursor {
  readonly workspace: Workspace;
  readonly index: FileIndex;
  readonly offset: number;
}

/** Opens `files` (path -> text), of which one has the cursor. */
export function atCursor(files: Readonly<Record<string, string>>): Cursor {
  const workspace = new Workspace(memoryHost(files));
  let cursor: { readonly file: string; readonly offset: number } | undefined;
  for (const [file, text] of Object.entries(files)) {
    const offset = text.indexOf('|');
    if (offset >= 0) cursor = { file, offset };
    workspace.open(file, text.replace('|', ''));
  }
  const index = cursor && workspace.index(cursor.file);
  if (!index || !cursor) throw new Error('no file has a cursor');
  return { workspace, index, offset: cursor.offset };
}
