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

/** Plays the tape `rounds` times, from the words and in the loop of the C++ program; only the events are timed and hashed. */
export function replay(session: ModelSession, tape: Tape, rounds: number): Replay {
  const words = tapeToWords(tape, rounds);
  const count = tape.events.length;
  let [clocks, best, hash] = [0, Infinity, 0x811c9dc5];
  for (let round = 0; round < rounds; round++) {
    const setup = playEntries(session, words, {
      first: HEADER_WORDS,
      count: tape.setup.length,
      hash: 0,
      hashes: false,
    });
    const begin = process.cpuUsage();
    const events = playEntries(session, words, { first: setup.next, count, hash, hashes: true });
    best = Math.min(best, cpuSeconds(begin));
    clocks += events.clocks;
    hash = events.hash;
  }
  return { events: rounds * count, clocks, seconds: rounds * best, hash: hash >>> 0 };
}

/** A stretch of the tape's words, and the hash so far. */
interface Stretch {
  readonly first: number;
  readonly count: number;
  readonly hash: number;
  readonly hashes: boolean;
}

interface Played {
  /** Place of the first word behind the stretch. */
  readonly next: number;
  readonly clocks: number;
  readonly hash: number;
}

function playEntries({ io, runUntil }: ModelSession, words: Uint32Array, stretch: Stretch): Played {
  let { first: at, hash } = stretch;
  let clocks = 0;
  for (let entry = 0; entry < stretch.count; entry++) {
    const maxClocks = words[at]!;
    const end = at + 2 + 2 * words[at + 1]!;
    for (at += 2; at < end; at += 2) io[words[at]!] = words[at + 1]!;
    clocks += runUntil(maxClocks);
    if (stretch.hashes && entry % HASHED_EVERY === 0) hash = hashBlock(io, hash);
  }
  return { next: at, clocks, hash };
}

function hashBlock(block: Uint32Array, start: number): number {
  let hash = start;
  for (const word of block) hash = Math.imul(hash ^ word, 0x01000193);
  return hash;
}

/** Words of the tape before its first entry. */
const HEADER_WORDS = 3;

/** The tape as a C++ program reads it: counts, then per entry the clocks, the number of changes and the changes. */
export function tapeToWords({ setup, events }: Tape, rounds: number): Uint32Array {
  const words = [setup.length, events.length, rounds];
  for (const { changes, maxClocks } of [...setup, ...events]) words.push(maxClocks, changes.length / 2, ...changes);
  return Uint32Array.from(words);
}
