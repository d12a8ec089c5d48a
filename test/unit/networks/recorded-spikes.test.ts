/** Spikes of a file as a stimulus: every event is a spike of the neuron that it names. */
import { expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { mapNetwork } from '../../../src/ir/passes/map-network.js';
import { spikeSchedule } from '../../../src/networks/spikes/spike-schedule.js';
import { aedatBytes } from '../../support/aedat-bytes.js';
import { compileText } from '../../support/compile-text.js';
import { stdpText } from '../../support/stdp-study.js';

const FILE = aedatBytes([
  [0, 0],
  [3, 1500],
  [1, 250_000],
  [2, 1_000_000],
]);

function compiled(clause: string, files: Readonly<Record<string, Uint8Array>> = { 'spikes.aedat': FILE }) {
  return compileText(stdpText({ clauses: ['stimulate post with regular(4 Hz)', clause] }), files);
}

function scheduleOf(clause: string, files?: Readonly<Record<string, Uint8Array>>) {
  const { network } = compiled(clause, files);
  const mapped = network && mapNetwork(network, network.studies[0]!, [], new DiagnosticBag());
  if (!mapped) throw new Error('the experiment is right');
  return spikeSchedule(mapped, 1);
}

it('become spikes of the neurons that they name, at their times, as long as the stimulus lasts', () => {
  const [run] = scheduleOf('stimulate pre with recorded("spikes.aedat") for 1 s');
  const spikes = run?.kind === 'run' ? run.spikes : [];
  expect(spikes.filter(({ population }) => population === 0)).toEqual([
    { population: 0, neuron: 0, seconds: 0 },
    { population: 0, neuron: 3, seconds: 0.0015 },
    { population: 0, neuron: 1, seconds: 0.25 },
  ]);
});

it('count from the first neuron that the stimulus drives', () => {
  const file = { 'spikes.aedat': aedatBytes([[1, 7]]) };
  const [run] = scheduleOf('stimulate pre[2 .. 3] with recorded("spikes.aedat") for 1 s', file);
  const spikes = run?.kind === 'run' ? run.spikes : [];
  expect(spikes.filter(({ population }) => population === 0)).toEqual([{ population: 0, neuron: 3, seconds: 7e-6 }]);
});

it('are refused where they name no neuron, or nobody can read them', () => {
  const narrow = 'stimulate pre[0 .. 1] with recorded("spikes.aedat") for 1 s';
  expect(() => scheduleOf(narrow)).toThrow('address 3 of `spikes.aedat` is none of 2 neurons');
  const clause = 'stimulate pre with recorded("spikes.aedat") for 1 s';
  expect(compiled(clause, {}).codes).toContain('dsl/data-missing');
  expect(() => scheduleOf(clause, {})).toThrow('spikes are read from .aedat files');
  const damaged = { 'spikes.aedat': FILE.subarray(0, -1) };
  expect(compiled(clause, damaged).codes).toContain('dsl/data-malformed');
  const hostile = { 'spikes.aedat': new Uint8Array(10_000_000) };
  const messages = compiled(clause, hostile).diagnostics.map(({ message }) => message);
  expect(messages.join('\n')).toContain('it is larger than');
});
