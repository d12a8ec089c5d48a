/** Samples that an experiment shows: a data set or a named part of one, and the neurons that they fit. */
import { nearestName } from '../../../core/nearest.js';
import type { Span } from '../../../core/span.js';
import { hasOwnDynamics } from '../../../ir/study-kind.js';
import type { DataSet, GameData, SampleChoice } from '../../../ir/study.js';
import { DSL_CATALOGUE } from '../../catalogue.js';
import { sizeOf } from '../../network/grid.js';
import type { Identifier } from '../../syntax/nodes.js';
import { countOf, type Neurons } from './find-place.js';
import type { StudyContext } from './studied-network.js';

export interface Samples {
  readonly data: DataSet | GameData;
  readonly choice: SampleChoice;
}

/** The samples that `data` or `data.part` means; undefined after reporting. */
export function findSamples({ name, span }: Identifier, context: StudyContext): Samples | undefined {
  const [first = '', part, ...others] = name.split('.');
  const data = context.find({ name: first, span }, 'data');
  if (!data) return undefined;
  if (part === undefined) return { data, choice: { data: data.name } };
  const known = data.splits.map((split) => split.name);
  if (others.length === 0 && known.includes(part)) return { data, choice: { data: data.name, split: part } };
  const params = () => ({
    what: `part of \`${data.name}\``,
    name: [part, ...others].join('.'),
    nearest: nearestName(part, known),
    hint: known.length === 0 ? 'parts are named with `split`' : undefined,
  });
  context.diagnostics.report(DSL_CATALOGUE, 'unknown-name', params, { span });
  return undefined;
}

/**
 * Reports samples of another size than the neurons that see them, or where these follow equations in time, of a size that
 * makes no whole number of steps; where one of the two is unknown, nothing.
 */
export function checkSampleSize({ data }: Samples, neurons: Neurons, span: Span, context: StudyContext): void {
  const { shape } = data.samples;
  const { diagnostics } = context;
  if (!shape || sizeOf(shape) === countOf(neurons)) return;
  if (isStepwise(context) && sizeOf(shape) % countOf(neurons) === 0) return;
  const related = [{ message: 'the samples', span: data.origin }];
  const params = { data: data.name, shape, population: neurons.name, size: countOf(neurons) };
  diagnostics.report(DSL_CATALOGUE, 'sample-size', params, { span, related });
}

function isStepwise({ network: { root, modules } }: StudyContext): boolean {
  return [root, ...modules.values()].some(({ populations }) => populations.some(({ model }) => hasOwnDynamics(model)));
}

/** Reports samples without labels where `use` (in words) needs them. */
export function requireLabels({ data }: Samples, use: string, span: Span, { diagnostics }: StudyContext): void {
  if (!('labels' in data && data.labels))
    diagnostics.report(DSL_CATALOGUE, 'no-labels', { data: data.name, use }, { span });
}
