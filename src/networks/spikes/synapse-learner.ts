/** Synapses of one projection that learn from spikes, whatever carries their rule out. */
import type { SpikeRunStep } from './spike-schedule.js';

/** What one run did. */
export interface PlayedRun {
  /** Length of the run on the chip [s]. */
  readonly seconds: number;
  /** Cells that saw a write voltage, pulse by pulse or waveform by waveform. */
  readonly pulses: number;
  /** Spikes that came while their line still played and were left out. */
  readonly dropped: number;
}

export interface SynapseLearner {
  /** Weights as of now (neurons before x neurons behind, row-major) [unit of the weight]. */
  weights(): Float64Array;
  play(run: SpikeRunStep): PlayedRun;
  rest(seconds: number): void;
  /** Sets a modulator of the device, where it has one of that name. */
  modulate(name: string, value: number): void;
  /** By share [J]. */
  readonly energy: Readonly<Record<string, number>>;
}
