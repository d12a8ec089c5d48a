/** What expectations of networks can measure: functions whose arguments are names. */
import { nearestName } from '../../../core/nearest.js';
import { MEASURES, type Measure, type MeasureName, type MeasureOperand } from '../../../ir/study.js';
import type { Dimension } from '../../../units/dimension.js';
import { DSL_CATALOGUE } from '../../catalogue.js';
import { NEURONS } from '../../network/neuron-models.js';
import { printExpression } from '../../print/print-expression.js';
import type { CallNode, ExpressionNode, ReferenceNode } from '../../syntax/nodes.js';
import { findByName, reportNoPlace } from './find-place.js';
import { findSamples, requireLabels } from './find-samples.js';
import { isLeftOut } from './left-out.js';
import { dimensionOfUnit, findSignal, type Signal } from './signals.js';
import type { StudyContext } from './studied-network.js';

/** A measure with what the condition around it must know. */
export interface CheckedMeasure {
  readonly measure: Measure;
  readonly dimension: Dimension;
  /** The signals that it is made of. */
  readonly signals: readonly Signal[];
}

/** Words for the operands of each measure. */
const EXPECTED: Readonly<Record<MeasureName, string>> = {
  accuracy: 'samples of data and perhaps a phase, as in `accuracy(data.part, phase)`',
  loss: 'samples of data and perhaps a phase, as in `loss(data.part, phase)`',
  agreement: 'samples of data and perhaps a phase, or a population, as in `agreement(population)`',
  correlation: 'two signals, or a signal and a kernel, as in `correlation(projection.dw, rule.kernel)`',
  error: 'two signals, or a signal and a kernel, as in `error(projection.dw, rule.kernel)`',
  variation: 'a signal, as in `variation(projection.dw)`',
  drift: 'a signal, as in `drift(projection.dw)`',
  score: 'a game and perhaps a phase, as in `score(game, phase)`',
  wins: 'a game and perhaps a phase, as in `wins(game, phase)`',
  rate: 'a population, as in `rate(population)`',
  spikes: 'a population, as in `spikes(population)`',
  energy: '`total` or a share of the energy, as in `energy(hold)`',
  pulses: 'nothing: it is written without parentheses',
  time: 'nothing: it is written without parentheses',
  mean: 'a signal or a measure, as in `mean(projection.w)`',
  min: 'a signal or a measure, as in `min(projection.w)`',
  max: 'a signal or a measure, as in `max(projection.w)`',
};

/** Whether a call is that of a measure; `min` and `max` of two values are functions like any other. */
export function isMeasureCall(node: CallNode): boolean {
  const { name } = node.callee;
  return isMeasureName(name) && (!(name === 'min' || name === 'max') || node.operands.length === 1);
}

function isMeasureName(name: string): name is MeasureName {
  return Object.hasOwn(MEASURES, name);
}

/** The measure that a call means; undefined after reporting. */
export function checkMeasure(node: CallNode, context: StudyContext): CheckedMeasure | undefined {
  const { name } = node.callee;
  if (!isMeasureName(name)) return undefined;
  const [operand, second] = node.operands;
  const { least, most } = operandCount(name);
  if (!operand || node.operands.length < least || node.operands.length > most) return wrong(node, name, context);
  const part = { name, text: printExpression(node), operand };
  const check = OPERAND_CHECKS[name];
  return check ? check(part, context, second) : wrong(node, name, context);
}

type OperandCheck = (
  part: Part,
  context: StudyContext,
  second: ExpressionNode | undefined,
) => CheckedMeasure | undefined;

/** What each measure is of; absent for those that are written without parentheses. */
const OPERAND_CHECKS: Readonly<Partial<Record<MeasureName, OperandCheck>>> = {
  accuracy: sampled,
  loss: sampled,
  agreement: agreeing,
  score: sampled,
  wins: sampled,
  correlation: compared,
  error: compared,
  variation: ofSignal,
  drift: ofSignal,
  rate: ofPopulation,
  spikes: ofPopulation,
  energy: ofEnergy,
  mean: reduced,
  min: reduced,
  max: reduced,
};

/** The second operand of samples is the phase in which they are presented. */
function operandCount(name: MeasureName): { readonly least: number; readonly most: number } {
  if (OPERAND_CHECKS[name] === sampled || name === 'agreement') return { least: 1, most: 2 };
  const count = name === 'correlation' || name === 'error' ? 2 : 1;
  return { least: count, most: count };
}

/** Measures that are written without parentheses. */
const LONE_MEASURES = ['pulses', 'time'] as const;

/** The measure that a lone word means, where it means one. */
export function loneMeasure(word: string): CheckedMeasure | undefined {
  const name = LONE_MEASURES.find((each) => each === word);
  return name && measureOf({ name, text: name }, []);
}

interface Part {
  readonly name: MeasureName;
  readonly text: string;
  readonly operand: ExpressionNode;
}

function measureOf(
  { name, text }: Omit<Part, 'operand'>,
  operands: readonly MeasureOperand[],
  signals: readonly Signal[] = [],
): CheckedMeasure {
  return { measure: { name: text, kind: name, operands }, dimension: dimensionOfUnit(MEASURES[name].unit), signals };
}

function wrong(node: ExpressionNode, measure: MeasureName, { diagnostics }: StudyContext): undefined {
  diagnostics.report(DSL_CATALOGUE, 'measure-operand', { measure, expected: EXPECTED[measure] }, { span: node.span });
}

function nameIn({ name, operand }: Part, context: StudyContext): ReferenceNode | undefined {
  return operand.kind === 'reference' ? operand : wrong(operand, name, context);
}

function sampled(part: Part, context: StudyContext, second?: ExpressionNode): CheckedMeasure | undefined {
  const node = nameIn(part, context);
  const samples = node && findSamples(node, context);
  if (!samples) return undefined;
  if (part.name === 'score' || part.name === 'wins') {
    if (!('game' in samples.data)) return wrong(node, part.name, context);
  } else if (part.name === 'accuracy' || (part.name === 'loss' && !('game' in samples.data))) {
    requireLabels(samples, part.name === 'loss' ? 'a loss' : 'an accuracy', node.span, context);
  }
  const operands: MeasureOperand[] = [{ kind: 'samples', samples: samples.choice }];
  if (!second) return measureOf(part, operands);
  const phase = findPhase({ ...part, operand: second }, context);
  return phase === undefined ? undefined : measureOf(part, [...operands, { kind: 'phase', name: phase }]);
}

/** Of decisions about samples, or of the spikes of a population. */
function agreeing(part: Part, context: StudyContext, second?: ExpressionNode): CheckedMeasure | undefined {
  const node = nameIn(part, context);
  if (!node) return undefined;
  const { network } = context;
  const isPopulation = findByName(node.name.split('.'), network.root, network) !== undefined;
  return isPopulation && !second ? ofPopulation(part, context) : sampled(part, context, second);
}

function findPhase(part: Part, context: StudyContext): string | undefined {
  const node = nameIn(part, context);
  if (!node || context.phases.includes(node.name)) return node?.name;
  const params = { what: 'phase', name: node.name, nearest: nearestName(node.name, context.phases) };
  context.diagnostics.report(DSL_CATALOGUE, 'unknown-name', params, { span: node.span });
  return undefined;
}

function ofPopulation(part: Part, context: StudyContext): CheckedMeasure | undefined {
  const node = nameIn(part, context);
  if (!node) return undefined;
  const { network, diagnostics } = context;
  const neurons = findByName(node.name.split('.'), network.root, network);
  if (!neurons && isLeftOut(node.name, network)) return undefined;
  if (!neurons) {
    const names = network.root.populations.map(({ name }) => name);
    const params = { what: 'population', name: node.name, nearest: nearestName(node.name, names) };
    diagnostics.report(DSL_CATALOGUE, 'unknown-name', params, { span: node.span });
    return undefined;
  }
  if (NEURONS[neurons.model].signal !== 'spikes') {
    reportNoPlace(node.name, `a population of \`${neurons.model}\` has no spikes`, node.span, context);
    return undefined;
  }
  return measureOf(part, [{ kind: 'population', name: node.name }]);
}

/** Shares are those that the devices of the network name. */
function ofEnergy(part: Part, context: StudyContext): CheckedMeasure | undefined {
  const node = nameIn(part, context);
  if (!node) return undefined;
  const devices = [...context.network.devices.values()];
  const shares = devices.flatMap(({ energyTerms, powerTerms }) => [...energyTerms, ...powerTerms]);
  const known = ['total', ...new Set(shares.flatMap(({ name }) => name ?? []))];
  if (known.includes(node.name)) return measureOf(part, [{ kind: 'term', name: node.name }]);
  const hint = `there are ${known.map((name) => `\`${name}\``).join(', ')}`;
  const params = { what: 'share of the energy', name: node.name, nearest: nearestName(node.name, known), hint };
  context.diagnostics.report(DSL_CATALOGUE, 'unknown-name', params, { span: node.span });
  return undefined;
}

function compared(part: Part, context: StudyContext, second = part.operand): CheckedMeasure | undefined {
  const first = nameIn(part, context);
  const other = nameIn({ ...part, operand: second }, context);
  if (!first || !other) return undefined;
  const left = findSignal(first, context);
  const kernel = findKernel(other, context);
  if (kernel) return left && measureOf(part, [{ kind: 'signal', name: left.name }, kernel], [left]);
  const right = findSignal(other, context);
  if (!left || !right) return undefined;
  const operands = [left, right].map(({ name }) => ({ kind: 'signal', name }) as const);
  return measureOf(part, operands, [left, right]);
}

function findKernel({ name }: ReferenceNode, { network }: StudyContext): MeasureOperand | undefined {
  const [owner = '', kernel, ...others] = name.split('.');
  const rule = others.length === 0 ? network.rules.get(owner)?.rule : undefined;
  const found = rule?.kernels.find((each) => each.name === kernel);
  return found && { kind: 'kernel', rule: owner, name: found.name };
}

/** A mean, least or largest value: of a signal over neurons and time, of a measure over the seeds. */
function reduced(part: Part, context: StudyContext): CheckedMeasure | undefined {
  const { operand } = part;
  if (operand.kind === 'call' && isMeasureCall(operand)) {
    const inner = checkMeasure(operand, context);
    return (
      inner && {
        ...measureOf(part, [{ kind: 'measure', measure: inner.measure }], inner.signals),
        dimension: inner.dimension,
      }
    );
  }
  const lone = operand.kind === 'reference' ? loneMeasure(operand.name) : undefined;
  if (lone) {
    return { ...measureOf(part, [{ kind: 'measure', measure: lone.measure }]), dimension: lone.dimension };
  }
  const found = ofSignal(part, context);
  const [signal] = found?.signals ?? [];
  return found && signal && { ...found, dimension: signal.dimension };
}

/** A measure of one signal. */
function ofSignal(part: Part, context: StudyContext): CheckedMeasure | undefined {
  const node = nameIn(part, context);
  const signal = node && findSignal(node, context);
  return signal && measureOf(part, [{ kind: 'signal', name: signal.name }], [signal]);
}
