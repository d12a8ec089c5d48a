/** Whether samples fit the network that they are presented to. */
import type { DiagnosticBag } from '../core/diagnostic.js';
import type { Samples } from '../core/samples.js';
import type { MappedNetwork, MappedPopulation } from './mapped-network.js';
import { neuronRange } from './neuron-ranges.js';
import { splitSamples } from './split-samples.js';
import type { NamedNumber } from './rule.js';
import type { SampleChoice, ScheduleStep } from './study.js';
import { isInference } from './study-kind.js';
import { STUDY_CATALOGUE } from './study-catalogue.js';

/** The one population that samples of `train` and `test` drive: of those that nothing leads to, the first. */
export function inputPopulation({ populations, projections }: MappedNetwork): MappedPopulation | undefined {
  const driven = new Set(projections.map(({ to }) => to.population));
  return populations.find(({ model }, index) => (model === 'rates' || model === 'spikes') && !driven.has(index));
}

/** The population whose neurons stand for classes: the last that projections lead to and none leaves. */
export function outputPopulation({ populations, projections }: MappedNetwork): MappedPopulation | undefined {
  const left = new Set(projections.filter(({ from, to }) => from.population !== to.population).map(({ from }) => from.population)); // prettier-ignore
  const reached = new Set(projections.map(({ to }) => to.population));
  return populations.findLast((_, index) => reached.has(index) && !left.has(index));
}

/**
 * Reports samples of another size than the input, more classes than the output tells apart, and parts without samples;
 * warns of batches that are larger than their data.
 */
export function checkSamples(
  mapped: MappedNetwork,
  samplesOf: (data: string) => Samples,
  diagnostics: DiagnosticBag,
): void {
  const check = (step: ScheduleStep): void => {
    if (step.kind === 'phase') step.steps.forEach(check);
    else if (step.kind === 'train' || step.kind === 'test') {
      if (mapped.games?.some(({ name }) => name === step.samples.data)) return;
      checkPart(step, mapped, { samplesOf, input: inputPopulation(mapped), diagnostics });
      checkClasses(step, mapped, { samplesOf, diagnostics });
      if (step.kind === 'train') checkBatch(step.settings, step, mapped, { samplesOf, diagnostics });
    } else if (step.kind === 'stimulate' && step.pattern.kind === 'samples') {
      const { population, count: size } = neuronRange(step.target, mapped);
      const { name = '' } = mapped.populations[population] ?? {};
      const shown = { samples: step.pattern.samples, origin: step.origin };
      checkPart(shown, mapped, { samplesOf, input: { name, size }, diagnostics });
    }
  };
  mapped.study.schedule.forEach(check);
}

interface Shown {
  readonly samples: SampleChoice;
  readonly origin: ScheduleStep['origin'];
}

interface Checking {
  readonly samplesOf: (data: string) => Samples;
  readonly diagnostics: DiagnosticBag;
}

function checkPart(
  { samples: { data, split }, origin: span }: Shown,
  mapped: MappedNetwork,
  { samplesOf, input, diagnostics }: Checking & { readonly input: Pick<MappedPopulation, 'name' | 'size'> | undefined },
): void {
  const { shape, count, steps = 1 } = samplesOf(data);
  const set = mapped.data.find(({ name }) => name === data);
  const related = set && [{ message: 'the samples', span: set.origin }];
  // A sequence shows one step after the other
  const size = shape.reduce((product, side) => product * side, 1) / steps;
  const isShown = input && (size === input.size || (isInference(mapped) && size % input.size === 0));
  if (input && !isShown) {
    const params = { data, shape, population: input.name, size: input.size };
    diagnostics.report(STUDY_CATALOGUE, 'sample-size', params, { span, related });
  }
  if (split === undefined || !set || (splitSamples(set, count).get(split)?.length ?? 0) > 0) return;
  diagnostics.report(STUDY_CATALOGUE, 'empty-part', { samples: `${data}.${split}`, count }, { span, related });
}

function checkBatch(
  settings: readonly NamedNumber[],
  { samples: { data, split }, origin: span }: Shown,
  mapped: MappedNetwork,
  { samplesOf, diagnostics }: Checking,
): void {
  const batch = settings.find(({ name }) => name === 'batch')?.value ?? 1;
  const all = samplesOf(data).count;
  const set = mapped.data.find(({ name }) => name === data);
  const count = set && split !== undefined ? (splitSamples(set, all).get(split)?.length ?? 0) : all;
  // That there are none at all has been reported
  if (count === 0 || batch <= count) return;
  const samples = split === undefined ? data : `${data}.${split}`;
  diagnostics.report(STUDY_CATALOGUE, 'batch-beyond-data', { samples, batch, count }, { span });
}

function checkClasses(
  { samples: { data }, origin: span }: Shown,
  mapped: MappedNetwork,
  { samplesOf, diagnostics }: Checking,
): void {
  const output = outputPopulation(mapped);
  const classes = samplesOf(data).classes.length;
  if (!output || classes <= Math.max(output.size, 2)) return;
  const params = { data, classes, population: output.name, size: output.size };
  diagnostics.report(STUDY_CATALOGUE, 'class-count', params, { span });
}
