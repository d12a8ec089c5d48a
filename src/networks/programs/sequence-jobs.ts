/**
 * Tested sequences of a trained layer with fast weights as pulse programs, for co-simulation with the RTL in the loop:
 * the layer itself on its tile, what comes behind on the host.
 */
import { invariant } from '../../core/invariant.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { Occasion } from '../../ir/occasion.js';
import type { RealizationNote } from '../../ir/study-result.js';
import { projectionSeed } from '../arrays/create-array.js';
import type { FastLayer } from '../recurrent/fast-layer.js';
import { biasedLayer, biasOf, type BiasedLayer } from '../recurrent/replayed-layer.js';
import { SequenceModel } from '../recurrent/sequence-model.js';
import { modelSetupOf } from '../recurrent/sequence-network.js';
import { planSequences } from '../recurrent/sequence-plan.js';
import { chosenSamples } from '../run/chosen-samples.js';
import { nameOfSamples, planStudy } from '../run/study-plan.js';
import type { SampleSource, StudyCheckpoint } from '../run/study-run.js';
import { notRunnable } from '../study-fault.js';
import { FastProgram } from './fast-program.js';
import { planFastTile, type FastTile } from './fast-tile.js';
import type { TileRecording } from './recorded-tile.js';

/** What the layer did, and what came of it. */
export interface SequenceJob {
  readonly projection: string;
  readonly recording: TileRecording;
  readonly figures: RealizationNote['figures'];
}

/** Sequences that are presented: (steps x inputs) each. */
type TestedSequences = readonly {
  readonly inputs: Float64Array;
  readonly label: number;
  readonly occasion: Occasion;
}[];

/** Records the sequences with what a run has trained, a job for each layer on devices. */
export type RecordSequences = (end: StudyCheckpoint) => readonly SequenceJob[];

/** A layer on devices, and its place among all. */
interface LayerOnTile extends BiasedLayer {
  readonly index: number;
  readonly network: MappedNetwork;
}

/**
 * The first `count` tested sequences with the last seed; throws a `StudyFault` where nothing is tested, no device
 * carries a layer, or no tile has room for it.
 */
export function sequenceJobs(mapped: MappedNetwork, samples: SampleSource, count: number): RecordSequences {
  const { study } = mapped;
  const plan = planSequences(mapped);
  const layers = plan.layers.flatMap((each, index): LayerOnTile[] => {
    const layer = biasedLayer(each, mapped);
    return layer ? [{ ...layer, index, network: mapped }] : [];
  });
  if (layers.length === 0) notRunnable(`\`${study.name}\``, 'no fast weights lie in devices of it', study.origin);
  const seed = study.firstSeed + study.seedCount - 1;
  const fresh = new SequenceModel(modelSetupOf(plan, seed));
  // Whether they fit does not depend on what will be trained
  for (const layer of layers) tileOf(layer, fresh);
  const tested = testedSequences(mapped, samples, count);
  return ({ arrays }) => {
    const model = new SequenceModel(modelSetupOf(plan, seed));
    model.restore(arrays['sequence model'] ?? {});
    const programs = layers.map((layer) => ({ layer, ...programOf(layer, model, seed) }));
    const shared = present(model, new Map(programs.map(({ layer, program }) => [layer.index, program])), tested);
    return programs.map(({ layer, program, tile }) => ({
      projection: layer.biased.projection.name,
      recording: program.recording(),
      figures: [...shared, ...figuresOf(layerAt(model, layer.index), program, tile)],
    }));
  };
}

function layerAt({ layers }: SequenceModel, index: number): FastLayer {
  const layer = layers[index];
  invariant(layer, 'a layer on devices is one of the model');
  return layer;
}

function tileOf({ biased, network, scheme, law, index }: LayerOnTile, model: SequenceModel): FastTile {
  const { projection } = biased;
  const found = planFastTile({
    biased,
    source: network.source,
    name: `${network.study.name} ${projection.name}`,
    kept: columnsOf(layerAt(model, index), scheme === 'differential' ? 2 : 1),
    ...biasOf(projection, law),
  });
  return 'reason' in found ? notRunnable(`projection \`${projection.name}\``, found.reason, projection.origin) : found;
}

function programOf(layer: LayerOnTile, model: SequenceModel, seed: number): { program: FastProgram; tile: FastTile } {
  const { network, scheme, siemensPerUnit, index, biased } = layer;
  const tile = tileOf(layer, model);
  const program = new FastProgram({
    ...{ tile, layer: layerAt(model, index), scheme, siemensPerUnit },
    seed: projectionSeed(seed, network.projections.indexOf(biased.projection)),
    without: network.study.without,
  });
  return { program, tile };
}

function testedSequences(mapped: MappedNetwork, samples: SampleSource, count: number): TestedSequences {
  const { study } = mapped;
  const test = planStudy(study.schedule).findLast((step) => step.kind === 'test');
  if (test?.kind !== 'test') {
    return notRunnable(`\`${study.name}\``, 'it tests no sequences that a program could read', study.origin);
  }
  const chosen = chosenSamples(mapped, samples, test.samples).subarray(0, count);
  const { features, labels, shape } = samples(test.samples.data);
  const width = shape.reduce((product, side) => product * side, 1);
  const activity = `testing on ${nameOfSamples(test.samples)}`;
  return Array.from(chosen, (index) => ({
    inputs: Float64Array.from(features.subarray(index * width, (index + 1) * width)),
    label: labels?.[index] ?? -1,
    occasion: { activity, samples: { data: test.samples.data, indices: [index] } },
  }));
}

/** Part of the fast weights that synapses into a neuron are to keep, their mean, for every column of the neuron. */
function columnsOf({ shape, values }: FastLayer, perWeight: number): readonly number[] {
  const { units } = shape;
  const width = values.decay.length / units;
  return Array.from({ length: units * perWeight }, (_, column) => {
    const unit = Math.floor(column / perWeight);
    const row = values.decay.subarray(unit * width, (unit + 1) * width);
    return row.reduce((sum, kept) => sum + kept, 0) / width;
  });
}

/** Presents all sequences to the tiles, other layers on the host, and to the layers that were trained. */
function present(
  model: SequenceModel,
  programs: ReadonlyMap<number, FastProgram>,
  sequences: TestedSequences,
): SequenceJob['figures'] {
  let [found, foundByHost, alike, differences, squares] = [0, 0, 0, 0, 0];
  for (const { label, ...shown } of sequences) {
    const outputs = forward(model, programs, shown);
    const wanted = forward(model, NO_PROGRAMS, shown);
    const [answer, answerOfHost] = [model.answerTo(outputs), model.answerTo(wanted)];
    found += Number(answer === label);
    foundByHost += Number(answerOfHost === label);
    alike += Number(answer === answerOfHost);
    outputs.forEach((output, unit) => {
      differences += (output - (wanted[unit] ?? NaN)) ** 2;
      squares += (wanted[unit] ?? NaN) ** 2;
    });
  }
  const count = sequences.length;
  return [
    figure('sequences on the tile', count),
    figure('answers found', found / count),
    figure('answers that the host finds', foundByHost / count),
    figure('answers as on the host', alike / count),
    figure('error of the outputs', Math.sqrt(differences / squares)),
  ];
}

const NO_PROGRAMS: ReadonlyMap<number, FastProgram> = new Map();

/** Outputs (units) of the last layer behind the last step. */
function forward(
  model: SequenceModel,
  programs: ReadonlyMap<number, FastProgram>,
  { inputs, occasion }: Pick<TestedSequences[number], 'inputs' | 'occasion'>,
): Float64Array {
  const steps = inputs.length / model.setup.inputs;
  const outputs = model.layers.reduce((values, layer, index) => {
    const program = programs.get(index);
    if (program) return program.present(values, occasion);
    layer.forward(values, steps);
    return layer.outputs().slice();
  }, inputs);
  return outputs.slice(outputs.length - outputs.length / steps);
}

function figuresOf(layer: FastLayer, program: FastProgram, { kept }: FastTile): SequenceJob['figures'] {
  const { writer } = program;
  return [
    figure('error of the decays, one for a column', decayError(layer, kept)),
    figure('longest step', program.longestSeconds, 's'),
    figure('rows written in a step, at most', writer.mostRows),
    figure('changes left out for lack of time', writer.asked === 0 ? 0 : writer.leftOut / writer.asked),
  ];
}

function figure(name: string, value: number, unit = '1'): SequenceJob['figures'][number] {
  return { name, value, unit };
}

/** Root mean square of what columns keep and synapses ask for. */
function decayError({ shape, values }: FastLayer, kept: readonly number[]): number {
  const { decay } = values;
  const { units } = shape;
  const perWeight = kept.length / units;
  const sum = decay.reduce((total, wanted, synapse) => {
    const unit = Math.floor((synapse * units) / decay.length);
    return total + ((kept[unit * perWeight] ?? NaN) - wanted) ** 2;
  }, 0);
  return Math.sqrt(sum / decay.length);
}
