/** The lines of one side: which of them the next commit selects, and what they are doing. */
const NO_LINES: readonly number[] = [];

export class LineSide {
  readonly count: number;
  readonly #all: readonly number[];
  /** Lists of one line, made where they are wanted first. */
  readonly #single: (readonly number[])[] = [];
  #mask: readonly number[] = NO_LINES;
  #lines: readonly number[] = NO_LINES;
  /** Levels of the lines; made where they are wanted, from the one level that all of them have. */
  #levels: readonly number[] | undefined;
  #level = 0;

  constructor(count: number) {
    this.count = count;
    this.#all = Array.from({ length: count }, (_, line) => line);
  }

  /** Lines that are not at REST, ascending, and their levels. */
  get lines(): readonly number[] {
    return this.#lines;
  }

  get levels(): readonly number[] {
    return (this.#levels ??= this.#lines.map(() => this.#level));
  }

  get all(): readonly number[] {
    return this.#all;
  }

  /** The line of an index, none where there is no such line. */
  single(line: number): readonly number[] {
    return line < this.count ? (this.#single[line] ??= [line]) : NO_LINES;
  }

  /** Lines that the next commits select, ascending; where it is never called again they keep being selected. */
  select(lines: readonly number[]): void {
    this.#mask = lines;
  }

  /** Selected lines take `level`; the others go to REST, or stay as they are with `holds`. */
  commit(level: number, holds: boolean): void {
    if (!holds) {
      this.#lines = level === 0 ? NO_LINES : this.#mask;
      this.#levels = undefined;
      this.#level = level;
      return;
    }
    const before = this.levels;
    const levels = new Map(this.#lines.map((line, at) => [line, before[at] ?? 0]));
    for (const line of this.#mask) levels.set(line, level);
    const driven = [...levels].filter(([, each]) => each > 0).sort(([a], [b]) => a - b);
    this.#lines = driven.map(([line]) => line);
    this.#levels = driven.map(([, each]) => each);
  }

  rest(): void {
    this.#lines = NO_LINES;
    this.#levels = undefined;
  }
}
