/** Steps of neurons against what snnTorch and Norse did (test/golden/neurons/record-neurons.py) and closed forms. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NeuronModel } from '../../../src/ir/graph.js';
import { NEURONS } from '../../../src/dsl/network/neuron-models.js';
import { NeuronPopulation } from '../../../src/networks/neurons/neuron-population.js';
import { REPOSITORY } from '../../support/golden.js';

type Rows = readonly (readonly number[])[];

interface Recorded {
  readonly inputs: Rows;
  readonly potentials: Rows;
  readonly spikes?: Rows;
}

const RECORDING = JSON.parse(readFileSync(path.join(REPOSITORY, 'test/golden/neurons/neurons.json'), 'utf8')) as Readonly<Record<string, Recorded>>; // prettier-ignore
const DT = 1e-3;
const START = { offset: 0, line: 1, column: 1 };
const ORIGIN = { file: '', start: START, end: START };

/** A population with settings beside the defaults of its model. */
function population(
  model: NeuronModel,
  size: number,
  settings: Readonly<Record<string, number>> = {},
  tables: Readonly<Record<string, readonly number[]>> = {},
): NeuronPopulation {
  const defaults = Object.fromEntries(NEURONS[model].settings.flatMap((each) => ('byDefault' in each && each.byDefault !== undefined ? [[each.name, each.byDefault]] : []))); // prettier-ignore
  const made = NeuronPopulation.of({ name: 'p', model, shape: [size], size, settings: { ...defaults, ...settings }, tables, origin: ORIGIN }, DT, 1); // prettier-ignore
  made!.reset();
  return made!;
}

/** Potentials and outputs behind every step of `inputs`. */
function respond(neurons: NeuronPopulation, inputs: Rows): { potentials: number[][]; outputs: number[][] } {
  const [potentials, outputs]: [number[][], number[][]] = [[], []];
  for (const row of inputs) {
    neurons.inputs.set(row);
    neurons.step(1);
    potentials.push([...neurons.potential]);
    outputs.push([...neurons.outputs]);
  }
  return { potentials, outputs };
}

/** What is kept of a quantity in a step, as frameworks say it, as a time constant. */
const tauOf = (kept: number): number => DT / (1 - kept);

const LEAKY = { tau: tauOf(0.9), gain: 1 / 0.1, threshold: 0.8 };
const SYNAPTIC = { tauSynapse: tauOf(0.7), gain: 1 / 0.3, tau: tauOf(0.85), resistance: 1 / 0.15, threshold: 0.9 };
/** Norse adds inputs to the current before it leaks, so that a current of 1 drives as an input of `tauSynapse / dt`. */
const NORSE_LIF = { tauSynapse: 5e-3, gain: 5, tau: 20e-3, rest: 0.1, threshold: 0.5, reset: -0.2 };
const NORSE_LI = { tauSynapse: 4e-3, gain: 4, tau: 25e-3, rest: 0.2 };

describe('neurons', () => {
  it.each([
    ['leakyZero', 'lif', LEAKY],
    ['leakySubtract', 'lif', { ...LEAKY, subtract: 1 }],
    ['synapticZero', 'cubaLif', SYNAPTIC],
    ['synapticSubtract', 'cubaLif', { ...SYNAPTIC, subtract: 1 }],
    ['norseLif', 'cubaLif', NORSE_LIF],
    ['norseLi', 'cubaLeakyIntegrator', NORSE_LI],
  ] as const)('do as %s does', (name, model, settings) => {
    const { inputs, potentials, spikes } = RECORDING[name]!;
    const found = respond(population(model, inputs[0]!.length, settings), inputs);
    if (spikes) {
      expect(spikes.flat().filter((spike) => spike === 1).length).toBeGreaterThan(20);
      expect(found.outputs).toEqual(spikes);
    }
    found.potentials.forEach((row, step) => {
      // Inputs are in single precision here
      row.forEach((value, at) => {
        expect(value).toBeCloseTo(potentials[step]![at]!, 6);
      });
    });
  });

  it('leak to a constant input as powers do', () => {
    const { potentials, outputs } = respond(population('leakyIntegrator', 1, { tau: 10e-3, rest: 0.5, gain: 2 }), new Array<number[]>(40).fill([0.25])); // prettier-ignore
    potentials.forEach(([v], step) => {
      expect(v).toBeCloseTo(0.5 + 0.5 * (1 - 0.9 ** (step + 1)), 12);
    });
    expect(outputs.at(-1)![0]).toBe(Math.fround(potentials.at(-1)![0]!));
  });

  it('add up what nothing takes away, and fire above the threshold, not at it', () => {
    const inputs = new Array<number[]>(9).fill([0.25]);
    const found = respond(population('integrateFire', 1, { gain: 1000, threshold: 0.5 }), inputs);
    expect(found.outputs.flat()).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 1]);
    expect(found.potentials.flat()).toEqual([0.25, 0.5, 0, 0.25, 0.5, 0, 0.25, 0.5, 0]);
    expect(respond(population('integrator', 1, { gain: 500 }), inputs).potentials.at(-1)).toEqual([9 * 0.125]);
    expect(respond(population('threshold', 1, { threshold: 0.5 }), [[0.5], [0.75]]).outputs).toEqual([[0], [1]]);
  });

  it('rest behind a spike for whole steps, while their current goes on', () => {
    const drive = { tau: DT, gain: 1, threshold: 0.5, reset: -1, refractory: 2e-3 };
    expect(respond(population('lif', 1, drive), new Array<number[]>(7).fill([1])).outputs.flat()).toEqual([1, 0, 0, 1, 0, 0, 1]); // prettier-ignore
    const current = population('cubaLif', 1, { ...drive, tauSynapse: 2e-3, gain: 4, resistance: 1 });
    respond(current, [[1], [1], [0]]);
    expect([...current.current]).toEqual([1.5]);
    expect([...current.potential]).toEqual([-1]);
  });

  it('have settings of their own, and begin at rest', () => {
    const neurons = population('lif', 3, { gain: 1 }, { tau: [1e-3, 2e-3, 4e-3], rest: [0, 0.5, 0] });
    expect([...neurons.potential]).toEqual([0, 0.5, 0]);
    const { potentials } = respond(neurons, [[0.5, 0.5, 0.5]]);
    expect(potentials).toEqual([[0.5, 0.75, 0.125]]);
  });

  it('are side by side for samples', () => {
    const model = { name: 'p', model: 'integrator', shape: [2], size: 2, settings: { gain: 1000 } } as const;
    const neurons = NeuronPopulation.of({ ...model, origin: ORIGIN }, DT, 3)!;
    neurons.reset();
    neurons.inputs.set([1, 2, 3, 4, 5, 6]);
    neurons.step(2);
    expect([...neurons.outputs]).toEqual([1, 2, 3, 4, 0, 0]);
  });
});
