/** Everything that a driver does to a model, recorded once and replayed without the driver, on any engine. */
import type { ModelSession } from '../../src/cosim/engine.js';
import { cpuSeconds } from './measurement.js';

export interface TapeEntry {
  /** Words of the I/O block that the driver wrote before the call: index, value, index, value … */
  readonly changes: Uint32Array;
  /** Argument of `runUntil`. */
  readonly maxClocks: number;
}

export interface Tape {
  /** Single steps that reset and load the controller. */
  readonly setup: readonly TapeEntry[];
  /** From the first `runUntil` on: one entry per event. */
  readonly events: readonly TapeEntry[];
}

/** A session that passes everything on and writes it down. */
export class RecordingSession implements ModelSession {
  readonly io: Uint32Array;
  readonly slots: ModelSession['slots'];
  readonly #inner: ModelSession;
  readonly #setup: TapeEntry[] = [];
  readonly #events: TapeEntry[] = [];
  #before: Uint32Array;

  constructor(inner: ModelSession) {
    this.#inner = inner;
    this.io = inner.io;
    this.slots = inner.slots;
    this.#before = inner.io.slice();
  }

  get evaluatedClocks(): number {
    return this.#inner.evaluatedClocks;
  }

  step(): void {
    this.#record(1, this.#events.length > 0 ? this.#events : this.#setup);
    this.#inner.step();
    this.#before = this.io.slice();
  }

  runUntil(maxClocks: number): number {
    this.#record(maxClocks, this.#events);
    const clocks = this.#inner.runUntil(maxClocks);
    this.#before = this.io.slice();
    return clocks;
  }

  close(): void {
    this.#inner.close();
  }

  get tape(): Tape {
    return { setup: this.#setup, events: this.#events };
  }

  #record(maxClocks: number, entries: TapeEntry[]): void {
    const changes = [...this.io].flatMap((word, index) => (word === this.#before[index] ? [] : [index, word]));
    entries.push({ changes: Uint32Array.from(changes), maxClocks });
  }
}

export interface Replay {
  readonly events: number;
  readonly clocks: number;
  /** CPU time: as many times the best round as there were rounds, for others share this machine. */
  readonly seconds: number;
  /** FNV-1a over all words of the block after every eighth event: reading all of them costs more than a clock. */
  readonly hash: number;
}

export const HASHED_EVERY = 8;

/** Plays the tape `rounds` times; only the events are timed and hashed. */
export function replay(session: ModelSession, tape: Tape, rounds: number): Replay {
  let [clocks, best, hash] = [0, Infinity, 0x811c9dc5];
  for (let round = 0; round < rounds; round++) {
    for (const entry of tape.setup) play(session, entry);
    const begin = process.cpuUsage();
    tape.events.forEach((entry, index) => {
      clocks += play(session, entry);
      if (index % HASHED_EVERY === 0) hash = hashBlock(session.io, hash);
    });
    best = Math.min(best, cpuSeconds(begin));
  }
  return { events: rounds * tape.events.length, clocks, seconds: rounds * best, hash: hash >>> 0 };
}

function play({ io, runUntil }: ModelSession, { changes, maxClocks }: TapeEntry): number {
  for (let index = 0; index < changes.length; index += 2) io[changes[index]!] = changes[index + 1]!;
  return runUntil(maxClocks);
}

function hashBlock(block: Uint32Array, start: number): number {
  let hash = start;
  for (const word of block) hash = Math.imul(hash ^ word, 0x01000193);
  return hash;
}

/** The tape as a C++ program reads it: counts, then per entry the clocks, the number of changes and the changes. */
export function tapeToWords({ setup, events }: Tape, rounds: number): Uint32Array {
  const words = [setup.length, events.length, rounds];
  for (const { changes, maxClocks } of [...setup, ...events]) words.push(maxClocks, changes.length / 2, ...changes);
  return Uint32Array.from(words);
}
