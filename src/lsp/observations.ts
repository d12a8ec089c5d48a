/** What the compiler finds out about the expressions of a file: type and value of each, by its place. */
import type { Span } from '../core/span.js';
import type { TypedExpression } from '../dsl/check/value-type.js';
import { observeSource } from '../dsl/observe-source.js';
import type { FileIndex } from './names/symbols.js';
import type { Workspace } from './workspace.js';

/** The meaning of expressions of a file and its imports. */
export interface Observations {
  /** What was found at exactly that place; undefined where nothing was, for example after a mistake. */
  readonly at: (span: Span) => TypedExpression | undefined;
}

/** Compiles a file and keeps what is found out about its expressions and those of its imports. */
export function observeFile(file: string, { host }: Workspace): Observations {
  const found = new Map<string, TypedExpression>();
  observeSource(file, host, ({ span }, typed) => {
    const key = keyOf(span);
    // The body of a function is checked for each call; the first one is as good as any.
    if (!found.has(key) && typed.type.kind !== 'error') found.set(key, typed);
  });
  return { at: (span) => found.get(keyOf(span)) };
}

function keyOf({ file, start, end }: Span): string {
  return `${String(start.offset)}:${String(end.offset)}:${file}`;
}

/** Keeps what was found out about the file that was asked for last, as long as its text stays. */
export class ObservationCache {
  readonly #workspace: Workspace;
  #last: { readonly index: FileIndex; readonly observations: Observations } | undefined;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  of(index: FileIndex): Observations {
    if (this.#last?.index !== index) {
      this.#last = { index, observations: observeFile(index.file, this.#workspace) };
    }
    return this.#last.observations;
  }
}
