/** The program in the page: its files, which of them are texts, and what of them was changed. */
import { EXAMPLES, loadExample } from './examples.js';
import { MAX_FILE_BYTES } from './limits.js';
import { dirname, join } from 'node:path';
import type { Project } from './protocol.js';
import type { Shared } from './share.js';

/** Files that can be edited here. */
const IS_TEXT = /\.(ion|csv|tsv|txt|data)$/;

/** A program with its files as they are now. */
export class Program {
  readonly main: string;
  /** As they came. */
  readonly #given: ReadonlyMap<string, Uint8Array>;
  readonly #added = new Map<string, Uint8Array>();
  readonly #texts = new Map<string, string>();

  private constructor({ main, files }: Project) {
    this.main = main;
    this.#given = files;
  }

  /** What a link says: an example, or one with texts of somebody. */
  static async load({ main, texts }: Shared): Promise<Program> {
    const isKnown = EXAMPLES.some(({ file }) => file === main);
    if (!isKnown && texts[main] === undefined) throw new Error(`there is no example \`${main}\``);
    const program = new Program(isKnown ? await loadExample(main) : { main, files: new Map() });
    for (const [file, text] of Object.entries(texts)) program.edit(file, text);
    return program;
  }

  /** Texts that can be edited, the main one first. */
  get textFiles(): readonly string[] {
    const names = new Set([...this.#given.keys(), ...this.#added.keys(), ...this.#texts.keys()]);
    const others = [...names].filter((name) => name !== this.main && IS_TEXT.test(name)).sort();
    return [this.main, ...others];
  }

  /** Text of a file as it is now. */
  textOf(file: string): string {
    const bytes = this.#added.get(file) ?? this.#given.get(file) ?? new Uint8Array();
    return this.#texts.get(file) ?? new TextDecoder().decode(bytes);
  }

  edit(file: string, text: string): void {
    this.#texts.set(file, text);
  }

  /** Puts a file beside the main one; in words why it cannot be. */
  async add(file: File): Promise<string | undefined> {
    if (file.size > MAX_FILE_BYTES) return `${file.name} is larger than ${String(MAX_FILE_BYTES / 2 ** 20)} MiB`;
    const name = join(dirname(this.main), file.name);
    this.#added.set(name, new Uint8Array(await file.arrayBuffer()));
    this.#texts.delete(name);
    return undefined;
  }

  /** Everything as the compiler shall see it. */
  get project(): Project {
    const files = new Map([...this.#given, ...this.#added]);
    for (const [name, text] of this.#texts) files.set(name, new TextEncoder().encode(text));
    return { main: this.main, files };
  }

  /** What a link has to hold. */
  get shared(): Shared {
    const changed = [...this.#texts].filter(([file, text]) => text !== this.#givenText(file));
    return { main: this.main, texts: Object.fromEntries(changed) };
  }

  /** Whether files were added, which no link holds. */
  get hasAddedFiles(): boolean {
    return this.#added.size > 0;
  }

  #givenText(file: string): string | undefined {
    const bytes = this.#given.get(file);
    return bytes && new TextDecoder().decode(bytes);
  }
}
