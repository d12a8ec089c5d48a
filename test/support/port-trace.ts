/**
 * What a model was given and what it showed, clock by clock: recorded on the embedded engine while tests drive it,
 * replayed on other simulators, on gates and on mutants without the test.
 */
import type { ModelPort, ModelSession, ModelSource } from '../../src/cosim/engine.js';
import { layoutPorts } from '../../src/cosim/io-layout.js';
import { ReadLog } from './read-log.js';
import { placesOf, SteppingSession } from './stepping-session.js';

/** A recorded run: for every clock the words of all inputs before its edge and of all outputs after it. */
export interface PortTrace {
  readonly clocks: number;
  /** (clocks, input words) */
  readonly inputs: Uint32Array;
  /** (clocks, output words) */
  readonly outputs: Uint32Array;
  /** (clocks, words for one bit an output word): which of the outputs the test read after that clock. */
  readonly reads: Uint32Array;
}

/** A port and where its words lie in a clock's inputs or outputs. */
export interface TracedPort extends ModelPort {
  readonly offset: number;
  readonly words: number;
}

/** The ports of one direction as a trace holds them. */
export interface TraceSide {
  readonly ports: readonly TracedPort[];
  readonly words: number;
}

/** Inputs or outputs of a design, in the order of its ports, each in whole words. */
export function traceSide(ports: readonly ModelPort[], direction: ModelPort['direction']): TraceSide {
  const chosen = ports.filter((port) => port.direction === direction);
  const { slots, words } = layoutPorts(chosen);
  return {
    ports: chosen.map((port) => {
      const { offset, words: count } = slots.get(port.name)!;
      return { ...port, offset, words: count };
    }),
    words,
  };
}

/** Takes over recorded runs of a design; see {@link recordTraces}. */
export interface TraceSink {
  /** Clocks of each run that are kept. */
  readonly maxClocks: number;
  /** A session that is about to be driven; `trace` gives what it has recorded so far. */
  opened(source: ModelSource, trace: () => PortTrace): void;
}

let sink: TraceSink | undefined;

/** From now on every session that {@link traced} opens in this process is recorded for `to`. */
export function recordTraces(to: TraceSink): void {
  sink = to;
}

/** The session itself, or one that writes down what is done to it where a sink waits for that. */
export function traced(session: ModelSession, source: ModelSource): ModelSession {
  if (!sink) return session;
  const recorder = new TracingSession(session, source, sink.maxClocks);
  sink.opened(source, () => recorder.trace);
  return recorder;
}

/** Passes everything on, clock by clock, and keeps what stood at the ports. */
export class TracingSession extends SteppingSession {
  readonly #maxClocks: number;
  readonly #inputs: WordLog;
  readonly #outputs: WordLog;
  readonly #reads: ReadLog;
  #clocks = 0;

  constructor(inner: ModelSession, source: ModelSource, maxClocks: number) {
    super(inner, source.watch);
    this.#maxClocks = maxClocks;
    const placesOfSide = (direction: ModelPort['direction']): readonly number[] =>
      traceSide(source.ports, direction).ports.flatMap(({ name }) => placesOf(inner, name));
    this.#inputs = new WordLog(placesOfSide('input'));
    const outputs = placesOfSide('output');
    this.#outputs = new WordLog(outputs);
    this.#reads = new ReadLog(inner.io, outputs);
  }

  /** Writes down which words are read. */
  override get io(): Uint32Array {
    return this.#reads.io;
  }

  /** Clocks that were recorded so far. */
  get clocks(): number {
    return this.#clocks;
  }

  get trace(): PortTrace {
    const [inputs, outputs, reads] = [this.#inputs.words, this.#outputs.words, this.#reads.words];
    return { clocks: this.#clocks, inputs, outputs, reads };
  }

  step(): void {
    const isKept = this.#clocks < this.#maxClocks;
    if (isKept) this.#inputs.append(this.inner.io);
    else this.#reads.close();
    this.inner.step();
    if (!isKept) return;
    this.#outputs.append(this.inner.io);
    this.#reads.beginRow();
    this.#clocks += 1;
  }
}

/** Chosen words of a block, appended again and again. */
class WordLog {
  readonly #places: readonly number[];
  #buffer = new Uint32Array(1024);
  #length = 0;

  constructor(places: readonly number[]) {
    this.#places = places;
  }

  get words(): Uint32Array {
    return this.#buffer.slice(0, this.#length);
  }

  append(block: Uint32Array): void {
    if (this.#length + this.#places.length > this.#buffer.length) this.#grow();
    for (const place of this.#places) this.#buffer[this.#length++] = block[place]!;
  }

  #grow(): void {
    const grown = new Uint32Array(2 * this.#buffer.length + this.#places.length);
    grown.set(this.#buffer);
    this.#buffer = grown;
  }
}
