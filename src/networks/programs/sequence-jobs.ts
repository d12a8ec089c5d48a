/**
 * Tested sequences of a trained layer with fast weights as pulse programs, for co-simulation with the RTL in the loop:
 * the layer itself on its tile, what comes behind on the host.
 */
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { RealizationNote } from '../../ir/study-result.js';
import { projectionSeed } from '../arrays/create-array.js';
import { biasedLayer, biasOf } from '../recurrent/replayed-layer.js';
import { SequenceModel } from '../recurrent/sequence-model.js';
import { planSequences } from '../recurrent/sequence-plan.js';
import { chosenSamples } from '../run/chosen-samples.js';
import { planStudy } from '../run/study-plan.js';
import type { SampleSource, StudyCheckpoint } from '../run/study-run.js';
import { notRunnable } from '../study-fault.js';
import { FastProgram } from './fast-program.js';
import { planFastTile } from './fast-tile.js';
import type { TileRecording } from './recorded-tile.js';

/** What the layer did, and what came of it. */
export interface SequenceJob {
  readonly projection: string;
  readonly recording: TileRecording;
  readonly figures: RealizationNote['figures'];
}

/** Sequences that are presented. */
interface TestedSequences {
  readonly features: Float32Array;
  readonly labels: Int32Array;
  readonly steps: number;
}

/** Records the sequences with what a run has trained. */
export type RecordSequences = (end: StudyCheckpoint) => SequenceJob;

/**
 * The first `count` tested sequences with the last seed; throws a `StudyFault` where nothing is tested, no device
 * carries the layer, or no tile has room for it.
 */
export function sequenceJobs(mapped: MappedNetwork, samples: SampleSource, count: number): RecordSequences {
  const { study, network } = { study: mapped.study, network: mapped };
  const plan = planSequences(network);
  const layer = biasedLayer(plan, network);
  if (!layer || !plan.fast) {
    return notRunnable(`\`${study.name}\``, 'no fast weights lie in devices of it', study.origin);
  }
  const { projection } = layer.biased;
  const seed = study.firstSeed + study.seedCount - 1;
  const tileOf = (model: SequenceModel) => {
    const found = planFastTile({
      biased: layer.biased,
      source: network.source,
      name: `${study.name} ${projection.name}`,
      kept: columnsOf(model, layer.scheme === 'differential' ? 2 : 1),
      ...biasOf(projection, layer.law),
    });
    return 'reason' in found
      ? notRunnable(`projection \`${projection.name}\``, found.reason, projection.origin)
      : found;
  };
  const modelSetup = { ...plan.sizes, fast: plan.fast, seed };
  // Whether it fits does not depend on what will be trained
  tileOf(new SequenceModel(modelSetup));
  const tested = testedSequences(mapped, samples, { count, inputs: plan.sizes.inputs });
  return ({ arrays }) => {
    const model = new SequenceModel(modelSetup);
    model.restore(arrays['sequence model'] ?? {});
    const tile = tileOf(model);
    const program = new FastProgram({
      ...{ tile, layer: model.layer, scheme: layer.scheme, siemensPerUnit: layer.siemensPerUnit },
      seed: projectionSeed(seed, mapped.projections.indexOf(projection)),
      without: study.without,
    });
    const figures = present({ program, model, tile }, tested);
    return { projection: projection.name, recording: program.recording(), figures };
  };
}

function testedSequences(
  mapped: MappedNetwork,
  samples: SampleSource,
  { count, inputs }: { readonly count: number; readonly inputs: number },
): TestedSequences {
  const { study } = mapped;
  const test = planStudy(study.schedule).findLast((step) => step.kind === 'test');
  if (test?.kind !== 'test') {
    return notRunnable(`\`${study.name}\``, 'it tests no sequences that a program could read', study.origin);
  }
  const chosen = chosenSamples(mapped, samples, test.samples).subarray(0, count);
  const { features, labels, shape } = samples(test.samples.data);
  const width = shape.reduce((product, side) => product * side, 1);
  const out = new Float32Array(chosen.length * width);
  chosen.forEach((index, place) => {
    out.set(features.subarray(index * width, (index + 1) * width), place * width);
  });
  return { features: out, labels: Int32Array.from(chosen, (index) => labels?.[index] ?? -1), steps: width / inputs };
}

/** Part of the fast weights that synapses into a neuron are to keep, their mean, for every column of the neuron. */
function columnsOf({ layer }: SequenceModel, perWeight: number): readonly number[] {
  const { units } = layer.shape;
  const width = layer.values.decay.length / units;
  return Array.from({ length: units * perWeight }, (_, column) => {
    const unit = Math.floor(column / perWeight);
    const row = layer.values.decay.subarray(unit * width, (unit + 1) * width);
    return row.reduce((sum, kept) => sum + kept, 0) / width;
  });
}

interface Presented {
  readonly program: FastProgram;
  readonly model: SequenceModel;
  readonly tile: { readonly kept: readonly number[] };
}

/** Presents all sequences to the tile and to the layer that was trained. */
function present(
  { program, model, tile }: Presented,
  { features, labels, steps }: TestedSequences,
): SequenceJob['figures'] {
  const width = features.length / labels.length;
  let [found, foundByHost, alike, differences, squares] = [0, 0, 0, 0, 0];
  labels.forEach((label, sequence) => {
    const inputs = features.subarray(sequence * width, (sequence + 1) * width);
    const outputs = program.present(inputs, steps);
    const wanted = model.layer.forward(inputs, steps);
    const [answer, answerOfHost] = [model.answerTo(outputs), model.answerTo(wanted)];
    found += Number(answer === label);
    foundByHost += Number(answerOfHost === label);
    alike += Number(answer === answerOfHost);
    outputs.forEach((output, unit) => {
      differences += (output - (wanted[unit] ?? NaN)) ** 2;
      squares += (wanted[unit] ?? NaN) ** 2;
    });
  });
  const figure = (name: string, value: number, unit = '1') => ({ name, value, unit });
  const { writer } = program;
  return [
    figure('sequences on the tile', labels.length),
    figure('answers found', found / labels.length),
    figure('answers that the host finds', foundByHost / labels.length),
    figure('answers as on the host', alike / labels.length),
    figure('error of the outputs', Math.sqrt(differences / squares)),
    figure('error of the decays, one for a column', decayError(model, tile.kept)),
    figure('longest step', program.longestSeconds, 's'),
    figure('rows written in a step, at most', writer.mostRows),
    figure('changes left out for lack of time', writer.asked === 0 ? 0 : writer.leftOut / writer.asked),
  ];
}

/** Root mean square of what columns keep and synapses ask for. */
function decayError({ layer }: SequenceModel, kept: readonly number[]): number {
  const { decay } = layer.values;
  const { units } = layer.shape;
  const perWeight = kept.length / units;
  const sum = decay.reduce((total, wanted, synapse) => {
    const unit = Math.floor((synapse * units) / decay.length);
    return total + ((kept[unit * perWeight] ?? NaN) - wanted) ** 2;
  }, 0);
  return Math.sqrt(sum / decay.length);
}
