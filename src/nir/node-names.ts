/** Names of the language for names of nodes, which may be any text. */

/** Words that are no names; `src/dsl/parse/tokens.ts` has them for the language. */
const RESERVED: ReadonlySet<string> = new Set(['and', 'else', 'for', 'if', 'let', 'not', 'or', 'pre', 'post']);

/** Longest name that is kept. */
const MAX_LENGTH = 40;

/** Gives out names, each once. */
export class NodeNames {
  readonly #taken = new Set<string>();

  /** A name near `text`: `lif1/lif` becomes `lif1_lif`, `0` becomes `n0`. */
  take(text: string): string {
    const plain = text
      .replace(/[^A-Za-z0-9_]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, MAX_LENGTH);
    const letters = /^[A-Za-z]/.test(plain) ? plain : `n${plain}`;
    const name = RESERVED.has(letters) ? `${letters}_` : letters;
    for (let copy = 1; ; copy++) {
      const candidate = copy === 1 ? name : `${name}_${copy}`;
      // File systems that ignore case take `A.csv` for `a.csv`
      const key = candidate.toLowerCase();
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return candidate;
    }
  }
}
