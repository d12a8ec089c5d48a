/** What the weights of a projection are: their quantity, how they lie in cells, and where they start. */
import type { Span } from '../../core/span.js';
import { readWeightMatrix, weightSizeFault } from '../../data/weight-matrix.js';
import type { DeviceModel } from '../../devices/device-model.js';
import type { Connectivity, WeightEncoding, WeightSource } from '../../ir/graph.js';
import { weightTable } from '../../ir/weight-table.js';
import { describeDimension, siSymbol } from '../../units/describe-dimension.js';
import { isDimensionless, isSameDimension, type Dimension } from '../../units/dimension.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkQuantity, checkRange, checkSigned } from '../check/check-constant.js';
import { checkDistribution } from '../check/check-distribution.js';
import { DIMENSION } from '../check/dimensions.js';
import { quantityText } from '../check/quantity-text.js';
import { checkWindowsInside, findWindow } from '../device/check-figures.js';
import { sizeOf } from '../network/grid.js';
import type { EncodeClause, WeightsClause } from '../syntax/network.js';
import { lowerSeed, type PlacedProjection } from './lower-connectivity.js';
import type { RuleUse } from './lower-learning.js';
import type { WiringContext } from './network-parts.js';

/** What decides on the quantity that a weight is. */
export interface WeightUse {
  readonly device: DeviceModel | undefined;
  readonly rules: readonly RuleUse[];
  readonly encode: EncodeClause | undefined;
}

/**
 * The dimension of the weights of the network: plain numbers where `encode` has a scale, otherwise what the rules
 * learn, and without rules the conductance of the device or a plain number. Reports what does not go together.
 */
export function weightDimension({ device, rules, encode }: WeightUse, context: WiringContext): Dimension {
  const [first] = rules;
  for (const rule of rules) requireSameQuantity(rule, first, context);
  if (device) for (const rule of rules) requireEncoding(rule, encode, context);
  if (encode?.scale) return DIMENSION.none;
  if (first) return first.lowered.weight;
  return device ? DIMENSION.conductance : DIMENSION.none;
}

function requireSameQuantity({ clause, lowered }: RuleUse, first: RuleUse | undefined, { diagnostics }: WiringContext) {
  if (!first || isSameDimension(first.lowered.weight, lowered.weight)) return;
  const params = {
    rule: lowered.rule.name,
    quantity: describeDimension(lowered.weight),
    other: first.lowered.rule.name,
    otherQuantity: describeDimension(first.lowered.weight),
  };
  const related = [{ message: 'used here', span: first.clause.rule.span }];
  diagnostics.report(DSL_CATALOGUE, 'rule-quantities', params, { span: clause.rule.span, related });
}

/** A device holds a conductance: rules change it, its inverse, or a number that a scale makes one. */
function requireEncoding(
  { clause, lowered: { rule, weight } }: RuleUse,
  encode: EncodeClause | undefined,
  { diagnostics }: WiringContext,
): void {
  if (isSameDimension(weight, DIMENSION.conductance) || isSameDimension(weight, DIMENSION.resistance)) return;
  const isPlain = isDimensionless(weight);
  if (isPlain && encode?.scale) return;
  const reason = isPlain
    ? `\`${rule.name}\` learns a plain number, and nothing says which conductance it becomes`
    : `\`${rule.name}\` learns ${describeDimension(weight)}, which a device cannot hold`;
  const hint = isPlain
    ? 'add `encode single scale 1 uS`, or `encode differential …` for both signs'
    : 'learn a conductance, a resistance or a plain number';
  diagnostics.report(DSL_CATALOGUE, 'weight-encoding', { reason, hint }, { span: clause.rule.span });
}

/** How weights lie in the cells of the device; undefined after reporting. */
export function lowerEncoding(
  { scheme, window, scale, isUnrolled, span }: EncodeClause,
  device: DeviceModel | undefined,
  context: WiringContext,
): WeightEncoding | undefined {
  if (!device) {
    context.diagnostics.report(DSL_CATALOGUE, 'missing-device', { clause: 'encode' }, { span });
    return undefined;
  }
  const range = window && lowerWindow(window, device, context);
  const expected = { what: 'scale of the weights', dimension: DIMENSION.conductance } as const;
  const siemensPerUnit =
    scale && checkSigned(scale, { ...expected, sign: 'positive', symbol: 'S' }, { ...context, scope: context.fixed });
  return {
    scheme,
    ...(range && { window: range }),
    ...(siemensPerUnit !== undefined && { siemensPerUnit }),
    ...(isUnrolled && { isUnrolled }),
  };
}

function lowerWindow(
  extent: NonNullable<EncodeClause['window']>,
  device: DeviceModel,
  context: WiringContext,
): WeightEncoding['window'] {
  if (extent.kind === 'range') {
    const expected = { what: 'window', dimension: DIMENSION.conductance, symbol: 'S' };
    const range = checkRange(extent, expected, { ...context, scope: context.fixed });
    const [conductance] = device.states;
    const window = { description: 'window', ...range, origin: extent.span };
    if (conductance) checkWindowsInside([window], conductance, context);
    return range;
  }
  const { value } = extent;
  if (value.kind !== 'reference') {
    const expected = 'the name of a window or a range `low .. high`';
    const params = { expected, found: 'an expression', nearest: undefined };
    context.diagnostics.report(DSL_CATALOGUE, 'syntax', params, { span: value.span });
    return undefined;
  }
  const named = findWindow(value, device.windows, context);
  return named && { low: named.low, high: named.high };
}

// Initial weights

/** What a weight of the network is, and the rules that learn it. */
export interface WeightMeaning {
  readonly dimension: Dimension;
  readonly rules: readonly RuleUse[];
  /** Absent where it is faulty. */
  readonly connectivity: Connectivity | undefined;
}

/** Where the weights start; undefined after reporting. */
export function lowerWeights(
  { source }: WeightsClause,
  placed: PlacedProjection,
  { dimension, rules, connectivity, context }: WeightMeaning & { readonly context: WiringContext },
): WeightSource | undefined {
  switch (source.kind) {
    case 'constant': {
      const scope = placed.pairs;
      const typed = checkQuantity(source.value, { what: '`weights`', dimension }, { ...context, scope });
      if (typed.type.kind === 'error') return undefined;
      checkInRange(typed.constant, source.value.span, { dimension, rules }, context);
      return { kind: 'expression', value: typed.expression };
    }
    case 'drawn': {
      const constants = { ...context, scope: context.fixed };
      const drawn = checkDistribution(source.distribution, { what: 'the weights', dimension }, constants);
      const seed = source.seed && lowerSeed(source.seed, constants);
      return drawn && { kind: 'drawn', distribution: drawn.distribution, ...(seed !== undefined && { seed }) };
    }
    case 'file':
      return lowerWeightFile(source, { placed, connectivity }, context);
  }
}

/** Reports a weight outside the range of a rule that learns it in the same quantity. */
function checkInRange(
  value: number | undefined,
  span: Span,
  { dimension, rules }: Pick<WeightMeaning, 'dimension' | 'rules'>,
  { diagnostics }: WiringContext,
): void {
  for (const { lowered } of rules) {
    const { name, bounds } = lowered.rule.weight;
    if (value === undefined || !bounds || !isSameDimension(lowered.weight, dimension)) continue;
    if (value >= bounds.low && value <= bounds.high) continue;
    const [found = '', low = '', high = ''] = [value, bounds.low, bounds.high].map((each) =>
      quantityText(each, siSymbol(dimension)),
    );
    const related = [{ message: `the range of \`${name}\``, span: lowered.rule.weight.origin }];
    const params = { what: '`weights`', expected: `from ${low} to ${high}`, found };
    diagnostics.report(DSL_CATALOGUE, 'out-of-range', params, { span, related });
    return;
  }
}

/** Bytes of a file of weights, at most. */
const MAX_WEIGHTS_BYTES = 512 * 2 ** 20;

function lowerWeightFile(
  source: Extract<WeightsClause['source'], { readonly kind: 'file' }>,
  { placed, connectivity }: { readonly placed: PlacedProjection } & Pick<WeightMeaning, 'connectivity'>,
  { host, file, diagnostics }: WiringContext,
): WeightSource | undefined {
  const path = host.resolve(file, source.file.value);
  const fault = (reason: string): undefined => {
    diagnostics.report(DSL_CATALOGUE, 'weights-file', { path: source.file.value, reason }, { span: source.file.span });
    return undefined;
  };
  const node = source.node && { node: source.node.value };
  if (source.isNir) {
    const head = host.readHead(path, 1);
    return head instanceof Uint8Array ? { kind: 'file', file: path, ...node, format: 'nir' } : fault(head.text);
  }
  if (node) return fault('only NIR graphs have nodes: write `from nir`');
  const bytes = host.readBytes(path, MAX_WEIGHTS_BYTES);
  if (!(bytes instanceof Uint8Array)) return fault(bytes.text);
  const matrix = readWeightMatrix(bytes);
  if ('kind' in matrix) return fault(matrix.reason);
  const [before, behind] = [placed.from, placed.to].map(({ shape }) => ({ count: sizeOf(shape), shape }));
  const expected = connectivity && before && behind && weightTable(connectivity, before, behind);
  const wrong = expected && weightSizeFault(matrix, expected);
  return wrong ? fault(wrong.reason) : { kind: 'file', file: path, format: 'csv' };
}
