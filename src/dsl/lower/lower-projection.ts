/** A `projection`: synapses between two places, their connectivity, learning, weights, delays and devices. */
import type { DeviceModel } from '../../devices/device-model.js';
import type { Expression } from '../../devices/expression.js';
import type { Connectivity, Modulation, Projection } from '../../ir/graph.js';
import { parseUnit } from '../../units/unit.js';
import { nearestName } from '../../core/nearest.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { ClauseFinder, clausesOf, reportDuplicates } from '../check/check-clauses.js';
import { checkConstant, checkQuantity } from '../check/check-constant.js';
import { DIMENSION } from '../check/dimensions.js';
import { quantityText } from '../check/quantity-text.js';
import { pairScope } from '../network/pair-scope.js';
import { reportOutside } from '../settings/check-settings.js';
import type { DelayClause, ModulateClause, ProjectionClause, ProjectionPart } from '../syntax/network.js';
import type { EndpointNode } from '../syntax/shared.js';
import { lowerConnectivity, type PlacedProjection } from './lower-connectivity.js';
import { findRules, lowerLearning } from './lower-learning.js';
import { lowerEncoding, lowerWeights, weightDimension } from './lower-weights.js';
import type { WiringContext } from './network-parts.js';
import { resolvePlace } from './resolve-place.js';

/** The projection; undefined after reporting. */
export function lowerProjection(clause: ProjectionClause, context: WiringContext): Projection | undefined {
  const from = resolvePlace(clause.from, 'source', context);
  const to = resolvePlace(clause.to, 'target', context);
  const device = clause.device && context.find(clause.device, 'device');
  if (!from || !to || (clause.device && !device)) return undefined;
  const placed = { clause, from, to, pairs: pairScope(context.scope, { pre: from, post: to }) };
  const connectivity = lowerConnectivity(placed, context);
  if (clause.connectivity.kind === 'pooling') requireNoWeights(clause, context);
  const body = lowerBody(placed, { device, connectivity }, context);
  return (
    connectivity && {
      name: nameOf(clause),
      from: from.endpoint,
      to: to.endpoint,
      connectivity,
      ...(device && { device: device.name }),
      ...body,
      origin: clause.span,
    }
  );
}

/** A projection without a name is called by its ends, as no name can be. */
function nameOf({ name, from, to }: ProjectionClause): string {
  return name?.name ?? `${endText(from)} -> ${endText(to)}`;
}

function endText({ path }: EndpointNode): string {
  return path.map((step) => step.name.name).join('.');
}

type ProjectionBody = Omit<Projection, 'name' | 'from' | 'to' | 'connectivity' | 'device' | 'origin'>;

interface BodyMeaning {
  readonly device: DeviceModel | undefined;
  readonly connectivity: Connectivity | undefined;
}

function lowerBody(
  placed: PlacedProjection,
  { device, connectivity }: BodyMeaning,
  context: WiringContext,
): ProjectionBody {
  const { clause, pairs } = placed;
  const clauses = clause.body?.clauses ?? [];
  const owner = { description: `projection \`${nameOf(clause)}\``, name: { name: nameOf(clause), span: clause.span } };
  const finder = new ClauseFinder<ProjectionPart>(owner, clauses, context.diagnostics);
  const encode = finder.optional('encode', 'encode');
  const rules = findRules(clausesOf(clauses, 'learn'), context);
  const dimension = weightDimension({ device, rules, encode }, context);
  const weightsClause = finder.optional('weights', 'weights');
  const weights = weightsClause && lowerWeights(weightsClause, placed, { dimension, rules, connectivity, context });
  const delay = lowerDelay(finder.optional('delay', 'delay'), placed, context);
  const encoding = encode && lowerEncoding(encode, device, context);
  if (encode?.isUnrolled && connectivity && connectivity.kind !== 'convolution') {
    context.diagnostics.report(DSL_CATALOGUE, 'nothing-to-unroll', {}, { span: encode.span });
  }
  return {
    learning: lowerLearning(rules, pairs, context),
    ...(weights && { weights }),
    ...(delay && { delay }),
    ...(encoding && { encoding }),
    modulations: lowerModulations(clausesOf(clauses, 'modulate'), device, context),
  };
}

/** Pooling takes values as they are. */
function requireNoWeights({ body, device }: ProjectionClause, { diagnostics }: WiringContext): void {
  const what = 'pooling';
  if (device) diagnostics.report(DSL_CATALOGUE, 'no-weights', { clause: 'on', what }, { span: device.span });
  for (const { kind, span } of body?.clauses ?? []) {
    if (kind === 'delay' || kind === 'modulate') continue;
    diagnostics.report(DSL_CATALOGUE, 'no-weights', { clause: kind, what }, { span });
  }
}

/** A constant delay is not negative; one that depends on the pair is taken as it is. */
function lowerDelay(
  clause: DelayClause | undefined,
  { pairs }: PlacedProjection,
  context: WiringContext,
): Expression | undefined {
  if (!clause) return undefined;
  const { duration } = clause;
  const expected = { what: '`delay`', dimension: DIMENSION.time };
  const { type, expression, constant } = checkQuantity(duration, expected, { ...context, scope: pairs });
  if (constant !== undefined && constant < 0) {
    const params = { what: '`delay`', expected: 'not negative', found: quantityText(constant, 's') };
    context.diagnostics.report(DSL_CATALOGUE, 'out-of-range', params, { span: duration.span });
  }
  return type.kind === 'error' ? undefined : expression;
}

/** Modulators of the device, set for the whole projection. */
function lowerModulations(
  clauses: readonly ModulateClause[],
  device: DeviceModel | undefined,
  context: WiringContext,
): Modulation[] {
  reportDuplicates(
    clauses.map(({ modulator }) => modulator),
    context.diagnostics,
  );
  return clauses.flatMap((clause) => lowerModulation(clause, device, context) ?? []);
}

function lowerModulation(
  { modulator: { name, span }, value: node, span: origin }: ModulateClause,
  device: DeviceModel | undefined,
  context: WiringContext,
): Modulation | undefined {
  const { diagnostics } = context;
  if (!device) {
    diagnostics.report(DSL_CATALOGUE, 'missing-device', { clause: 'modulate' }, { span: origin });
    return undefined;
  }
  const modulator = device.modulators.find((candidate) => candidate.name === name);
  if (!modulator) {
    const known = device.modulators.map((candidate) => candidate.name);
    const params = { what: `modulator of \`${device.name}\``, name, nearest: nearestName(name, known) };
    diagnostics.report(DSL_CATALOGUE, 'unknown-name', params, { span });
    return undefined;
  }
  const { symbol } = modulator.unit;
  const what = `modulator \`${name}\``;
  const dimension = parseUnit(symbol)?.dimension ?? DIMENSION.none;
  const value = checkConstant(node, { what, dimension }, { ...context, scope: context.fixed });
  const setting = { name, dimension, symbol, summary: '', ...modulator.bounds };
  reportOutside({ name, value, origin: node.span }, { setting, what }, context);
  return { modulator: name, value: { kind: 'number', value }, origin };
}
