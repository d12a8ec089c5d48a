/** Checks files again and again while they are typed: what has not changed is neither parsed nor checked anew. */
import { DiagnosticBag, type Diagnostic } from '../core/diagnostic.js';
import type { FileHost } from '../core/file-host.js';
import type { Span } from '../core/span.js';
import { ModuleLoader } from './load-modules.js';
import { lowerModule } from './lower/lower-module.js';
import { LoweringMemo } from './lower/lowering-memo.js';
import { IncrementalSource, relocate } from './parse/incremental-source.js';
import { withStandardLibrary } from './standard-library.js';

/** Says of a file what the compiler says of it. */
export class CheckingSession {
  readonly #host: FileHost;
  readonly #memo = new LoweringMemo();
  readonly #sources = new Map<string, IncrementalSource>();

  constructor(host: FileHost) {
    this.#host = withStandardLibrary(host);
  }

  /** The diagnostics of `file` and its imports, down to phase `network`. */
  check(file: string): readonly Diagnostic[] {
    // Faults of texts have places as they are, what is found out about trees has anchored ones
    const [faults, findings] = [new DiagnosticBag(), new DiagnosticBag()];
    const loader = new ModuleLoader(this.#host, findings, (name, text) => this.#sourceOf(name).parse(text, faults));
    const root = loader.loadRoot(file);
    const input = { host: this.#host, overrides: new Map(), diagnostics: findings, memo: this.#memo };
    if (root && !faults.hasErrors && !findings.hasErrors) lowerModule(root, input);
    return [...faults.all, ...findings.all.map((found) => relocate(found, (span) => this.#locate(span)))];
  }

  /** Forgets the tree of a file. */
  close(file: string): void {
    this.#sources.delete(file);
  }

  #sourceOf(file: string): IncrementalSource {
    const known = this.#sources.get(file) ?? new IncrementalSource(file);
    this.#sources.set(file, known);
    return known;
  }

  #locate({ file, start, end }: Span): Span {
    const source = this.#sources.get(file);
    return source ? { file, start: source.locate(start), end: source.locate(end) } : { file, start, end };
  }
}
