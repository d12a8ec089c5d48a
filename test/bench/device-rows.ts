/** Rows of pulse trains and of superposed waveforms: our figures beside those of aihwkit. */
import { threeDigits, type Measurement } from './measurement.js';
import { peerFields, runPeer } from './peers.js';
import { withPeer } from './read-bench.js';
import { benchSuperposition } from './superposition-bench.js';
import { benchUpdate, firingChance, type UpdateKind } from './update-bench.js';

const SIZE = 512;

const PEER_CLASSES: Readonly<Record<UpdateKind, string>> = {
  constantStep: 'ConstantStepDevice',
  softBounds: 'SoftBoundsDevice',
  expStep: 'ExpStepDevice',
};

/** Dense pulse trains of `slots` slots on 512 x 512 devices. */
export function measureUpdate(kind: UpdateKind, slots: number): Promise<Measurement> {
  const bench = benchUpdate(kind, slots);
  const chance = firingChance(slots);
  const note = [
    `${threeDigits(slots * chance ** 2)} pulses a device`,
    `${threeDigits(bench.javascript)} /s without WebAssembly`,
    `two threads ${threeDigits(bench.twoThreadsWall / bench.oneThreadWall)} x by wall clock`,
    'limit: the weights and constants of a cell moved once',
  ].join('; ');
  const peer = runPeer('aihwkit_update.py', [PEER_CLASSES[kind], slots, chance, SIZE, slots === 31 ? 4 : 8]);
  const measured = { ours: bench.webassembly, limit: bench.memoryLimit, note };
  return Promise.resolve(withPeer(measured, peerFields('aihwkit', peer, 'rate')));
}

/** Waveforms on all lines of 64 x 64 proton synapses. */
export function measureSuperposition(): Promise<Measurement> {
  const { cellSegmentsPerSecond } = benchSuperposition();
  const note = '128 samples on every line, a new voltage in every cell and sample; no peer does this';
  return Promise.resolve({ ours: cellSegmentsPerSecond, note });
}
