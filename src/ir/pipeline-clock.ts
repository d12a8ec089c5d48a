/**
 * Exact timing of the sequencer, stated once: word at fetch -> decode -> load of the shadow registers -> prepared ->
 * on the lines. Clocks count from the one that sees the start command; each number is a clock in which something
 * happens, its effect shows in the next one.
 *
 * Of two programs that differ only in that one clock of the first is later, nothing in the first is ever earlier, so
 * taking the later of every number ({@link PipelineClock.delayTo}) bounds what follows two ways of getting somewhere.
 */
export class PipelineClock {
  /** From here on a word stands at fetch. */
  #ready = 1;
  /** Decode of the last segment has handed over to its load, and so on: 0 where there was none. */
  #decoded = 0;
  #loaded = 0;
  #taken = 0;
  #ended = 0;
  #stoodInTime = false;
  #isLate = false;

  /** The clock in which decode handed the last segment to its load: the plane memories are read for its first word. */
  get decoded(): number {
    return this.#decoded;
  }

  /** Last clock of the load of the last segment. */
  get loaded(): number {
    return this.#loaded;
  }

  /** Commit of the last segment; its lines show from the next clock on. */
  get taken(): number {
    return this.#taken;
  }

  /** Last clock of the last segment, with its scan and its rest. */
  get ended(): number {
    return this.#ended;
  }

  /** Whether the last segment was not prepared where the one before it ended. */
  get isLate(): boolean {
    return this.#isLate;
  }

  /** Whether it was late although its word stood at fetch by then. */
  get isUnderrun(): boolean {
    return this.#isLate && this.#stoodInTime;
  }

  /** The first clock in which a control word can be executed: everything before it has ended. */
  get drained(): number {
    return Math.max(this.#ready, this.#ended + 1);
  }

  /** The clock in which a stop at fetch ends the run. */
  get finish(): number {
    return Math.max(this.#ready, this.#ended);
  }

  /** The word at fetch is a segment whose lines take `clocks` to load. */
  load(clocks: number): void {
    this.#stoodInTime = this.#ready <= this.#ended;
    const fetched = Math.max(this.#ready, this.#decoded);
    this.#ready = fetched + 1;
    this.#decoded = Math.max(fetched + 1, this.#loaded);
    this.#loaded = Math.max(this.#decoded + 1, this.#taken) + clocks - 1;
  }

  /** The loaded segment is committed and lasts `clocks`. */
  run(clocks: number): void {
    this.#isLate = this.#loaded + 1 > this.#ended;
    this.#taken = Math.max(this.#loaded + 1, this.#ended);
    this.#ended = this.#taken + clocks;
  }

  /** The word at fetch sets a limit. */
  set(): void {
    this.#ready += 1;
  }

  /** The control word at fetch was executed in `clock`. */
  resume(clock: number): void {
    this.#ready = clock + 1;
  }

  copy(): PipelineClock {
    return new PipelineClock().delayTo(this);
  }

  /** Takes the later of each number of this clock and `other`. */
  delayTo(other: PipelineClock): this {
    this.#ready = Math.max(this.#ready, other.#ready);
    this.#decoded = Math.max(this.#decoded, other.#decoded);
    this.#loaded = Math.max(this.#loaded, other.#loaded);
    this.#taken = Math.max(this.#taken, other.#taken);
    this.#ended = Math.max(this.#ended, other.#ended);
    return this;
  }
}
