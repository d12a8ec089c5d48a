/** Speed of superposed waveforms: every line of a tile plays its own, and every cell integrates their difference. */
import { createDiskHost } from '../../src/core/disk.js';
import { compileKernel } from '../../src/devices/compile-kernel.js';
import type { DeviceModel } from '../../src/devices/device-model.js';
import type { LineWaveform, TileWaveforms } from '../../src/devices/kernel.js';
import { loadLibraryDevice } from '../../src/dsl/front-end.js';
import { cpuSeconds } from './measurement.js';

export interface SuperpositionBench {
  /** Cells times samples, in processor time. */
  readonly cellSegmentsPerSecond: number;
}

const SIZE = 64;
const SAMPLES = 128;
const REPETITIONS = 8;
const ROUNDS = 3;

/**
 * Plays full waveforms of 128 samples on all lines of a tile of 64 x 64 protonic synapses, whose step is a hyperbolic
 * sine of the voltage; noise of devices and pulses is on. The best of three rounds.
 */
export function benchSuperposition(): SuperpositionBench {
  const device = loadLibraryDevice('protonEis', createDiskHost());
  const [window] = device.windows;
  const kernel = compileKernel(device, { rows: SIZE, columns: SIZE, ...(window && { window }), seed: 1, without: [] });
  const waveforms = waveformsOf(device);
  kernel.play(waveforms);
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage();
    for (let repetition = 0; repetition < REPETITIONS; repetition++) kernel.play(waveforms);
    best = Math.min(best, cpuSeconds(start));
  }
  return { cellSegmentsPerSecond: (SIZE * SIZE * SAMPLES * REPETITIONS) / best };
}

function waveformsOf({ pulse }: DeviceModel): TileWaveforms {
  const lines = (side: number): readonly LineWaveform[] =>
    Array.from({ length: SIZE }, (_, line) => ({ line, samples: samplesOf(line + side * SIZE, pulse.volts / 2) }));
  return { rows: lines(0), columns: lines(1), sampleSeconds: pulse.seconds, interpolation: 'hold' };
}

/** An oscillation that fades, at 127 levels of either sign, with a phase of its own for every line. */
function samplesOf(line: number, volts: number): Float64Array {
  return Float64Array.from({ length: SAMPLES }, (_, sample) => {
    const level = 127 * Math.sin(0.7 * sample + line) * Math.exp(-sample / SAMPLES);
    return (volts * Math.round(level)) / 127;
  });
}
