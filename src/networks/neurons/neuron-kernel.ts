/** Neurons that follow an equation from step to step, for samples side by side: all arrays are (samples x neurons). */

/** State of a population. Kernels write into it; nothing is allocated in a step. */
export interface NeuronState {
  /** Sums of what arrives in a step. */
  readonly inputs: Float32Array;
  /** What neurons send: 1 for a spike and 0 for none, or their value. */
  readonly outputs: Float32Array;
  readonly potential: Float64Array;
  /** Synaptic currents; empty where the model has none. */
  readonly current: Float64Array;
  /** Steps for which neurons still rest behind a spike; empty where none does. */
  readonly resting: Int32Array;
}

/** One step of `count` samples: what has arrived in `inputs` becomes potentials and `outputs`. */
export type NeuronKernel = (state: NeuronState, count: number) => void;

/** A kernel with what it needs to begin. */
export interface NeuronModelKernel {
  readonly step: NeuronKernel;
  /** Whether outputs are spikes. */
  readonly fires: boolean;
  /** Potentials before the first step (neurons). */
  readonly rest: Float64Array;
  /** Whether the model keeps a synaptic current. */
  readonly hasCurrent: boolean;
}
