/** `stimulate` and `pair`: what drives which neurons. */
import { dataFault } from '../../../data/data-fault.js';
import { MAX_AEDAT_BYTES, readAedat } from '../../../data/aedat.js';
import type { ScheduleStep, StimulusPattern } from '../../../ir/study.js';
import { formatCount } from '../../../units/format-quantity.js';
import { DSL_CATALOGUE } from '../../catalogue.js';
import { checkInteger, checkRange, checkSigned } from '../../check/check-constant.js';
import { DIMENSION } from '../../check/dimensions.js';
import { NEURONS } from '../../network/neuron-models.js';
import type { PairClause, StimulateClause } from '../../syntax/experiment.js';
import type { CallNode, ExpressionNode, TextLiteral } from '../../syntax/nodes.js';
import type { EndpointNode } from '../../syntax/shared.js';
import { checkWord } from '../../check/check-clauses.js';
import { openData } from '../lower-data.js';
import { findNeurons, reportNoPlace, type Neurons } from './find-place.js';
import { checkSampleSize, findSamples } from './find-samples.js';
import { projectionsOf, type StudyContext } from './studied-network.js';

/** Values of a series, and repetitions, at most. */
const MAX_SERIES = 100_000;
export const MAX_REPEAT = 1_000_000_000;

/** Patterns that are written like functions of one argument. */
const PATTERNS = ['poisson', 'regular', 'recorded'] as const;

/** The step; undefined after reporting. */
export function lowerStimulate(clause: StimulateClause, context: StudyContext): ScheduleStep | undefined {
  const found = findNeurons(clause.target, context);
  const length = { what: 'length of the stimulus', dimension: DIMENSION.time, sign: 'positive', symbol: 's' } as const;
  const seconds = clause.duration && checkSigned(clause.duration, length, context);
  const pattern = lowerPattern(clause.pattern, found, context);
  if (!found || !pattern) return undefined;
  checkTakes(clause.target, found, pattern.kind, context);
  const { endpoint: target } = found;
  return { kind: 'stimulate', target, pattern, ...(seconds !== undefined && { seconds }), origin: clause.span };
}

function lowerPattern(
  node: ExpressionNode,
  neurons: Neurons | undefined,
  context: StudyContext,
): StimulusPattern | undefined {
  if (node.kind === 'reference') {
    const samples = findSamples(node, context);
    if (samples && neurons) checkSampleSize(samples, neurons, node.span, context);
    return samples && { kind: 'samples', samples: samples.choice };
  }
  if (node.kind === 'call') return lowerCall(node, context);
  const expected = '`poisson(20 Hz)`, `regular(10 Hz)`, `recorded("spikes.aedat")` or samples of data';
  const params = { what: 'stimulus', expected, found: 'an expression' };
  context.diagnostics.report(DSL_CATALOGUE, 'unexpected-type', params, { span: node.span });
  return undefined;
}

function lowerCall({ callee, operands, span }: CallNode, context: StudyContext): StimulusPattern | undefined {
  const { diagnostics } = context;
  const kind = checkWord(callee, { what: 'pattern', known: PATTERNS }, diagnostics);
  if (!kind) return undefined;
  const [operand] = operands;
  if (!operand || operands.length > 1) {
    const params = { name: kind, expected: 1, found: operands.length };
    diagnostics.report(DSL_CATALOGUE, 'argument-count', params, { span });
    return undefined;
  }
  if (kind === 'recorded') return lowerRecorded(operand, context);
  const rate = {
    what: `rate of \`${kind}\``,
    dimension: DIMENSION.frequency,
    sign: 'not negative',
    symbol: 'Hz',
  } as const;
  return { kind, hertz: checkSigned(operand, rate, context) };
}

function lowerRecorded(node: ExpressionNode, context: StudyContext): StimulusPattern | undefined {
  if (node.kind === 'text') {
    if (/\.aedat$/i.test(node.value)) return lowerEvents(node, context);
    const file = openData(node, context);
    return file && { kind: 'recorded', file: file.path };
  }
  const params = { what: 'argument of `recorded`', expected: 'the name of a file', found: 'an expression' };
  context.diagnostics.report(DSL_CATALOGUE, 'unexpected-type', params, { span: node.span });
  return undefined;
}

/** The events of a file of address events; one that is missing is known by its name only. */
function lowerEvents(
  { value, span }: TextLiteral,
  { host, file, diagnostics }: StudyContext,
): StimulusPattern | undefined {
  const path = host.resolve(file, value);
  const bytes = host.readBytes(path, MAX_AEDAT_BYTES);
  if (!(bytes instanceof Uint8Array) && bytes.reason === 'missing') {
    diagnostics.report(DSL_CATALOGUE, 'data-missing', { path: value }, { span });
    return { kind: 'recorded', file: path };
  }
  const events = bytes instanceof Uint8Array ? readAedat(bytes) : dataFault(bytes.text);
  if (events.kind === 'data-fault') {
    diagnostics.report(DSL_CATALOGUE, 'data-malformed', { path: value, reason: events.reason }, { span });
    return undefined;
  }
  const spikes = { neurons: [...events.addresses], microseconds: [...events.microseconds] };
  return { kind: 'recorded', file: path, spikes };
}

/** Spikes can be forced upon neurons that fire; values only be given to inputs. */
function checkTakes(
  target: EndpointNode,
  neurons: Neurons,
  pattern: StimulusPattern['kind'],
  context: StudyContext,
): void {
  const { model, name } = neurons;
  if (model === 'rates' || model === 'spikes') return;
  if (NEURONS[model].signal === 'spikes' && pattern !== 'samples') return;
  const reason = `a population of \`${model}\` takes ${pattern === 'samples' ? 'no samples' : 'no spikes'} from outside`;
  reportNoPlace(name, reason, target.span, context);
}

/** The step; undefined after reporting. */
export function lowerPair(clause: PairClause, context: StudyContext): ScheduleStep | undefined {
  const [pre, post] = [clause.pre, clause.post].map((node) => lowerFiring(node, context));
  const time = { dimension: DIMENSION.time, symbol: 's' };
  const { low, high } = checkRange(clause.times, { what: 'times of the pairs', ...time }, context);
  const stepSeconds = checkSigned(clause.step, { what: 'step of the pairs', sign: 'positive', ...time }, context);
  const limits = { what: 'number of repetitions', min: 1, max: MAX_REPEAT };
  const repeat = clause.repeat ? checkInteger(clause.repeat, limits, context) : 1;
  checkSeries((high - low) / stepSeconds, clause, context);
  if (!pre || !post) return undefined;
  warnUnjoined(clause, { pre, post }, context);
  return {
    kind: 'pair',
    pre: pre.endpoint,
    post: post.endpoint,
    firstSeconds: low,
    lastSeconds: high,
    stepSeconds,
    repeat,
    origin: clause.span,
  };
}

type Firing = NonNullable<ReturnType<typeof findNeurons>>;

/** Warns where no synapse can see the pairs. Only what the network itself joins is followed, not what modules do. */
function warnUnjoined(
  { span }: PairClause,
  { pre, post }: { readonly pre: Firing; readonly post: Firing },
  { network: { root, parts }, diagnostics }: StudyContext,
): void {
  if (!parts.populations.has(pre.name) || !parts.populations.has(post.name)) return;
  const ends = [...projectionsOf(root.wiring)].map(({ from, to }) => [from, to].map(({ path }) => path.at(-1)?.name));
  const isJoined = (before: string, behind: string) => ends.some(([from, to]) => from === before && to === behind);
  if (isJoined(pre.name, post.name)) return;
  const params = { pre: pre.name, post: post.name, isReversed: isJoined(post.name, pre.name) };
  diagnostics.report(DSL_CATALOGUE, 'pair-unjoined', params, { span });
}

function lowerFiring(node: EndpointNode, context: StudyContext): ReturnType<typeof findNeurons> {
  const found = findNeurons(node, context);
  if (!found || NEURONS[found.model].signal === 'spikes') return found;
  reportNoPlace(found.name, `a population of \`${found.model}\` has no spikes`, node.span, context);
  return undefined;
}

/** Reports a series of more values than can be run; `steps` lie between the first and the last. */
export function checkSeries(
  steps: number,
  { span }: Pick<PairClause, 'span'>,
  { diagnostics }: Pick<StudyContext, 'diagnostics'>,
): void {
  if (!(steps >= MAX_SERIES)) return;
  const count = steps < Number.MAX_SAFE_INTEGER ? formatCount(Math.floor(steps) + 1) : 'countless';
  diagnostics.report(DSL_CATALOGUE, 'sweep-size', { count, limit: MAX_SERIES }, { span });
}
