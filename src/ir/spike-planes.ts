/**
 * Clocked model of ion_spikes: buffer, refractory check and the planes of the last ticks of both sides. An event
 * belongs to the tick in which it is written: it waits while a plane is wiped, and a tick sends it to the next one.
 */
import type { Side } from './environment.js';

export interface SpikeEvent {
  readonly side: Side;
  readonly line: number;
}

export interface SpikeSizes {
  readonly lines: Readonly<Record<Side, number>>;
  /** Planes of the ring, a power of two; ages up to `planes - 3` can be read. */
  readonly planes: number;
  /** Memory words of a plane, of the side that has more. */
  readonly words: number;
  /** Events that wait behind the one that is looked at. */
  readonly bufferDepth: number;
}

/** What comes in one clock; nothing where a member is absent. */
export interface SpikeInputs {
  readonly tick?: boolean;
  /** Forgets all spikes and events. */
  readonly clear?: boolean;
  /** A wait or a branch takes the pending spike. */
  readonly take?: boolean;
  readonly event?: SpikeEvent;
  /** Ticks in which a line may spike once, 0 for any number of spikes. */
  readonly refractory: number;
}

/** What one clock does with events; a full buffer drops the one that comes, the others concern the oldest. */
export interface SpikeOutcome {
  readonly overflow: boolean;
  readonly overlap: boolean;
  readonly outside: boolean;
  readonly spike: boolean;
}

/** An event on its way: clocks until it is decided, and how. */
interface Walk {
  left: number;
  readonly overlaps: boolean;
}

export class SpikePlanes {
  readonly #sizes: SpikeSizes;
  /** Spiking lines by age. */
  #planes: Readonly<Record<Side, Set<number>>>[] = [];
  readonly #buffer: SpikeEvent[] = [];
  #head: SpikeEvent | undefined;
  #walk: Walk | undefined;
  #wipeLeft = 0;
  #sweeps = false;
  #tickWaits = false;
  #pending = false;
  /** Ticks since the last clear. */
  #ticks = 0;

  constructor(sizes: SpikeSizes) {
    this.#sizes = sizes;
    this.#clear();
  }

  /** Lines that spiked `age` ticks ago, ascending; age 0 is the tick that runs. */
  lines(side: Side, age: number): readonly number[] {
    return [...(this.#planes[age]?.[side] ?? [])].sort((a, b) => a - b);
  }

  /** Plane of the running tick: where the memory has age 0. */
  get tickIndex(): number {
    const { planes, words } = this.#sizes;
    const swept = Math.ceil((this.#sweeps ? this.#wipeLeft : 1) / words);
    return (2 * planes - 1 - swept + this.#ticks) % planes;
  }

  /** Whether a spike has been written since the last one was taken: the condition as the program sees it. */
  get pending(): boolean {
    return this.#pending;
  }

  /** Whether nothing moves until a tick or an event comes. */
  get isQuiet(): boolean {
    return this.#wipeLeft === 0 && !this.#walk && !this.#head && this.#buffer.length === 0;
  }

  /** One clock. */
  step(inputs: SpikeInputs): SpikeOutcome {
    const hasTick = inputs.tick === true || this.#tickWaits;
    const advances = hasTick && this.#wipeLeft <= 1 && !this.#sweeps;
    const outcome = this.#decide(inputs.event);
    const isTaken = outcome.spike || outcome.overlap || outcome.outside;
    this.#walkOn(inputs.refractory);
    if (isTaken || advances) this.#walk = undefined;
    this.#pending = outcome.spike || (this.#pending && inputs.take !== true);
    this.#shift(isTaken, outcome.overflow ? undefined : inputs.event);
    this.#tickWaits = hasTick && !advances;
    this.#wipe(advances);
    if (inputs.clear === true) this.#clear();
    return outcome;
  }

  /** What becomes of the oldest event in this clock. */
  #decide(event: SpikeEvent | undefined): SpikeOutcome {
    const head = this.#head;
    const isDecided = this.#walk?.left === 0;
    const overlap = isDecided && this.#walk?.overlaps === true;
    const spike = isDecided && !overlap;
    if (spike && head) this.#planes[0]?.[head.side].add(head.line);
    return {
      overflow: event !== undefined && this.#buffer.length === this.#sizes.bufferDepth,
      overlap,
      outside: head !== undefined && this.#isOutside(head),
      spike,
    };
  }

  #isOutside({ side, line }: SpikeEvent): boolean {
    return line >= this.#sizes.lines[side];
  }

  #walkOn(refractory: number): void {
    if (this.#walk) this.#walk.left--;
    else if (this.#head && this.#wipeLeft === 0) this.#walk = this.#enter(this.#head, refractory);
  }

  /** Reads from the oldest tick that forbids the event to this one, a clock each; a word is known a clock later. */
  #enter({ side, line }: SpikeEvent, refractory: number): Walk {
    const oldest = Math.max(0, refractory - 1);
    const ages = Array.from({ length: refractory }, (_, index) => oldest - index);
    const steps = ages.findIndex((age) => this.#planes[age]?.[side].has(line));
    return steps < 0 ? { left: oldest + 1, overlaps: false } : { left: steps + 1, overlaps: true };
  }

  /** The buffer: what comes goes behind, and the oldest stands at its output. */
  #shift(isTaken: boolean, event: SpikeEvent | undefined): void {
    if (isTaken) this.#head = undefined;
    this.#head ??= this.#buffer.shift();
    if (event) this.#buffer.push(event);
  }

  #wipe(advances: boolean): void {
    if (this.#wipeLeft > 0) this.#wipeLeft--;
    if (this.#wipeLeft === 0) this.#sweeps = false;
    if (!advances) return;
    this.#planes = [emptyPlane(), ...this.#planes.slice(0, -1)];
    this.#wipeLeft = this.#sizes.words;
    this.#ticks++;
  }

  #clear(): void {
    const { planes, words } = this.#sizes;
    this.#planes = Array.from({ length: planes - 1 }, emptyPlane);
    this.#buffer.length = 0;
    this.#head = undefined;
    this.#walk = undefined;
    this.#wipeLeft = planes * words;
    this.#sweeps = true;
    this.#ticks = 0;
    this.#tickWaits = false;
    this.#pending = false;
  }
}

function emptyPlane(): Readonly<Record<Side, Set<number>>> {
  return { row: new Set(), column: new Set() };
}
