/** What a population has sent a number of steps ago. */
import type { NeuronVectors } from '../layers/neurons.js';

export class DelayLine implements NeuronVectors {
  readonly size: number;
  readonly inputs = new Float32Array();
  readonly errors = new Float32Array();
  readonly outputs: Float32Array;
  readonly #source: NeuronVectors;
  /** What was sent in the last steps, in a ring. */
  readonly #sent: readonly Float32Array[];
  #next = 0;

  /** Of `steps` steps, one at least. */
  constructor(source: NeuronVectors, steps: number) {
    this.size = source.size;
    this.outputs = new Float32Array(source.outputs.length);
    this.#source = source;
    this.#sent = Array.from({ length: steps }, () => new Float32Array(source.outputs.length));
  }

  reset(): void {
    this.outputs.fill(0);
    for (const sent of this.#sent) sent.fill(0);
  }

  /** Behind a step of the network. */
  step(): void {
    this.#sent[this.#next]?.set(this.#source.outputs);
    this.#next = (this.#next + 1) % this.#sent.length;
    const oldest = this.#sent[this.#next];
    if (oldest) this.outputs.set(oldest);
  }
}
