/** A model in another process behind the contract of engines: every stretch of clocks is a question and its answer. */
import { invariant } from '../../../core/invariant.js';
import type { ModelPort, ModelSession, ModelSource, ModelStep, WordMask } from '../../engine.js';
import { layoutPorts } from '../../io-layout.js';
import { FrameFault } from './frame.js';
import type { FrameChannel } from './frame-channel.js';

/** What a session has to know of the design. */
export type RemotePorts = Pick<ModelSource, 'ports' | 'strobes'>;

const DIRECTIONS = { input: 0, output: 1 } as const;

type StepLimits = Omit<ModelStep, 'inputs'>;

/** Steps of one frame; more go in several, so that no frame comes near its largest size. */
const STEPS_PER_FRAME = 512;

/** Done steps, clocks of the last one, and clocks of all, in front of the outputs. */
const ANSWER_WORDS = 3;

/** The session on `channel`; the simulator has been told the ports and has them. */
export function openRemoteModel(channel: FrameChannel, design: RemotePorts): ModelSession {
  channel.ask('hello', encodePorts(design.ports));
  return new RemoteSession(channel, design);
}

/** For each port direction, offset, width and length of the name [32-bit words], then the name, padded to whole words. */
function encodePorts(ports: readonly ModelPort[]): Uint8Array {
  const { slots, words } = layoutPorts(ports);
  const parts: number[] = [words, ports.length];
  for (const { name, direction, width } of ports) {
    const slot = slots.get(name);
    invariant(slot, `port ${name} has a place`);
    const text = new TextEncoder().encode(name);
    const padded = new Uint8Array(4 * Math.ceil(text.length / 4));
    padded.set(text);
    const view = new DataView(padded.buffer);
    parts.push(DIRECTIONS[direction], slot.offset, width, text.length);
    for (let at = 0; at < padded.length; at += 4) parts.push(view.getUint32(at, true));
  }
  return toBytes(parts);
}

class RemoteSession implements ModelSession {
  readonly io: Uint32Array;
  readonly slots: ModelSession['slots'];
  readonly #channel: FrameChannel;
  /** The block as the simulator knows it; not a number where that is unknown. */
  readonly #known: Float64Array;
  readonly #inputWords: readonly number[];
  readonly #outputWords: readonly number[];
  readonly #strobeWords: readonly number[];
  #evaluatedClocks = 0;

  constructor(channel: FrameChannel, { ports, strobes }: RemotePorts) {
    const { slots, words } = layoutPorts(ports);
    const wordsOf = (isWanted: (port: ModelPort) => boolean): readonly number[] =>
      ports.filter(isWanted).flatMap(({ name }) => {
        const { offset = 0, words: count = 0 } = slots.get(name) ?? {};
        return Array.from({ length: count }, (_, word) => offset + word);
      });
    this.#channel = channel;
    this.io = new Uint32Array(words);
    this.#known = new Float64Array(words);
    this.slots = slots;
    this.#inputWords = wordsOf(({ direction }) => direction === 'input');
    this.#outputWords = wordsOf(({ direction }) => direction === 'output');
    this.#strobeWords = wordsOf(({ name }) => strobes.includes(name));
  }

  get evaluatedClocks(): number {
    return this.#evaluatedClocks;
  }

  step(): void {
    this.runUntil(1);
  }

  runUntil(maxClocks: number): number {
    const { clocks } = this.#ask([[...this.#head({ maxClocks }), ...this.#changes()]]);
    return clocks;
  }

  runBatch(steps: readonly ModelStep[]): number {
    for (let first = 0; first < steps.length; first += STEPS_PER_FRAME) {
      const part = steps.slice(first, first + STEPS_PER_FRAME);
      const before = this.io.slice();
      const { stepsDone } = this.#ask(part.map((step) => this.#encode(step)));
      if (stepsDone === part.length) continue;
      this.#forget(before, part.slice(0, stepsDone + 1));
      return first + stepsDone;
    }
    return steps.length;
  }

  close(): void {
    this.#channel.close();
  }

  #encode(step: ModelStep): readonly number[] {
    for (const [word, value] of step.inputs) this.io[word] = value;
    const words = [...this.#head(step), ...this.#changes()];
    if (step.maxClocks > 0) this.#clearStrobes();
    return words;
  }

  /** Inputs after steps that were only partly done: `begun` is what the simulator has seen of them. */
  #forget(before: Uint32Array, begun: readonly ModelStep[]): void {
    for (const word of this.#inputWords) this.io[word] = before[word] ?? 0;
    for (const [word, value] of begun.flatMap(({ inputs }) => inputs)) this.io[word] = value;
    this.#clearStrobes();
    this.#known.fill(NaN);
  }

  /** Most clocks; what ends them early; what has to be zero behind them. */
  #head({ maxClocks, until = [], mustBeZero = [] }: StepLimits): readonly number[] {
    const masks = (places: readonly WordMask[]): readonly number[] => [
      places.length,
      ...places.flatMap(({ word, mask }) => [word, mask]),
    ];
    return [maxClocks, ...masks(until), ...masks(mustBeZero)];
  }

  /** Inputs that differ from what the simulator knows, counted; strobes fall by themselves behind the first clock. */
  #changes(): readonly number[] {
    const changes: number[] = [];
    for (const word of this.#inputWords) {
      const value = this.io[word] ?? 0;
      if (value === this.#known[word]) continue;
      this.#known[word] = value;
      changes.push(word, value);
    }
    return [changes.length / 2, ...changes];
  }

  #ask(steps: readonly (readonly number[])[]): { readonly stepsDone: number; readonly clocks: number } {
    const answer = this.#channel.ask('run', toBytes([steps.length, ...steps.flat()]));
    const outputs = this.#outputWords;
    if (answer.length !== 4 * (ANSWER_WORDS + outputs.length))
      throw new FrameFault(`it has ${String(answer.length)} bytes of answer`);
    const view = new DataView(answer.buffer);
    const word = (index: number): number => view.getUint32(4 * index, true);
    outputs.forEach((place, index) => {
      this.io[place] = word(ANSWER_WORDS + index);
    });
    const [stepsDone, clocks, allClocks] = [word(0), word(1), word(2)];
    this.#evaluatedClocks += allClocks;
    if (allClocks > 0) this.#clearStrobes();
    return { stepsDone, clocks };
  }

  #clearStrobes(): void {
    for (const word of this.#strobeWords) {
      this.io[word] = 0;
      this.#known[word] = 0;
    }
  }
}

function toBytes(words: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * words.length);
  const view = new DataView(bytes.buffer);
  words.forEach((word, index) => {
    view.setUint32(4 * index, word, true);
  });
  return bytes;
}
