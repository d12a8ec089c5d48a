/** Places in a network: populations, ports, parts of them, and what lies behind instances of modules. */
import { nearestName } from '../../core/nearest.js';
import type { Expression } from '../../devices/expression.js';
import type { Endpoint, NeuronModel, PathStep } from '../../ir/graph.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkQuantity } from '../check/check-constant.js';
import { DIMENSION } from '../check/dimensions.js';
import { chargeExpansion } from '../check/expansion-budget.js';
import type { CheckContext } from '../check/scope.js';
import { sizeOf, type Shape } from '../network/grid.js';
import { costOfExtremes, extremesOf, type IndexValue, type LoopIndex } from '../network/index-values.js';
import type { ExpressionNode, Identifier } from '../syntax/nodes.js';
import type { EndpointNode } from '../syntax/shared.js';
import type { ElaboratedNetwork, NetworkParts, PlacedInstance } from './network-parts.js';

/** A place with what it sends or takes. */
export interface Place {
  readonly endpoint: Endpoint;
  readonly model: NeuronModel;
  /** That of the population or port; of a part of it, its length. */
  readonly shape: Shape;
  readonly isPart: boolean;
  /** Distance of neighbours [m], where they have positions. */
  readonly spacing?: number;
}

/**
 * What a place is for: `source` of a projection or connection, `target` of a projection, `port` that a connection
 * drives, or anything `inside` the network that an experiment stimulates or records.
 */
export type PlaceRole = 'source' | 'target' | 'port' | 'inside';

/** What places are resolved in; the scope holds the indices of loops. */
export interface PlaceContext extends CheckContext {
  readonly parts: NetworkParts;
  readonly loops: readonly LoopIndex[];
}

/** The place that `node` names; undefined after reporting. */
export function resolvePlace(node: EndpointNode, role: PlaceRole, context: PlaceContext): Place | undefined {
  const found = resolveOuter(node.path, role, context);
  return found && { ...found, endpoint: { path: found.path, origin: node.span } };
}

type StepNode = EndpointNode['path'][number];
type Found = Omit<Place, 'endpoint'> & { readonly path: readonly PathStep[] };

/** Names of the network itself. */
function resolveOuter([first, ...rest]: readonly StepNode[], role: PlaceRole, context: PlaceContext) {
  if (!first) return undefined;
  const { populations, inputs, instances } = context.parts;
  const { name } = first.name;
  if (instances.has(name)) return resolveInstance(instances.get(name), { first, rest, role }, context);
  const isInput = inputs.has(name);
  if (!isInput && !populations.has(name)) {
    const known = [...populations.keys(), ...inputs.keys(), ...instances.keys()];
    return reportUnknown(first.name, { what: role === 'port' ? 'instance of a module' : 'population', known }, context);
  }
  if (role === 'port') return reportKind(first.name, isInput ? 'port of this module' : 'population', 'port', context);
  if (isInput && role === 'target') return reportKind(first.name, 'port of this module', 'population', context);
  return resolveLeaf((isInput ? inputs : populations).get(name), { first, rest }, context);
}

interface Neurons {
  readonly model: NeuronModel;
  readonly shape: Shape;
  readonly settings?: readonly { readonly name: string; readonly value: number }[];
}

/** A population or port, or a part of it. */
function resolveLeaf(
  neurons: Neurons | undefined,
  { first, rest }: { readonly first: StepNode; readonly rest: readonly StepNode[] },
  context: PlaceContext,
): Found | undefined {
  const [next] = rest;
  if (next) return reportKind(first.name, 'population', 'instance of a module', context);
  if (!neurons) return undefined;
  const { model, shape, settings = [] } = neurons;
  const spacing = settings.find(({ name }) => name === 'spacing')?.value;
  const whole = { model, shape, isPart: false, ...(spacing !== undefined && { spacing }) };
  const { name } = first.name;
  if (!first.index) return { ...whole, path: [{ name }] };
  const part = resolvePart(first, sizeOf(shape), context);
  return part && { ...whole, shape: [part.length], isPart: true, path: [{ name, index: part.index }] };
}

interface Part {
  readonly index: NonNullable<PathStep['index']>;
  readonly length: number;
}

function resolvePart({ name, index: extent }: StepNode, count: number, context: PlaceContext): Part | undefined {
  if (extent?.kind === 'single') {
    const value = checkIndex(extent.value, { name, count }, context);
    return value && { index: { kind: 'single', value }, length: 1 };
  }
  if (!extent) return undefined;
  const low = checkIndex(extent.low, { name, count }, context);
  const high = checkIndex(extent.high, { name, count }, context);
  if (!low || !high) return undefined;
  const difference = extremesOf({ kind: 'binary', operator: '-', left: high, right: low }, context.loops);
  const [least, most = least] = (difference ?? []).map(({ value }) => value);
  if (least === undefined || least !== most) {
    const params = { what: `length of the part of \`${name.name}\`` };
    context.diagnostics.report(DSL_CATALOGUE, 'constant-expected', params, { span: extent.span });
    return undefined;
  }
  if (least < 0) {
    const [from, to] = [low, high].map((end) => valueText(extremesOf(end, context.loops)?.[0]));
    const params = { what: `part of \`${name.name}\``, low: from ?? '', high: to ?? '' };
    context.diagnostics.report(DSL_CATALOGUE, 'empty-range', params, { span: extent.span });
    return undefined;
  }
  return { index: { kind: 'range', low, high }, length: least + 1 };
}

/** An index that exists in every round of the loops; undefined after reporting. */
function checkIndex(
  node: ExpressionNode,
  { name, count }: { readonly name: Identifier; readonly count: number },
  context: PlaceContext,
): Expression | undefined {
  const expected = { what: `index of \`${name.name}\``, dimension: DIMENSION.none };
  const { type, expression } = checkQuantity(node, expected, context);
  if (type.kind === 'error') return undefined;
  if (!chargeExpansion(node.span, context, costOfExtremes(expression, context.loops))) return undefined;
  const extremes = extremesOf(expression, context.loops);
  const wrong = extremes?.find(({ value }) => !(Number.isInteger(value) && value >= 0 && value < count));
  if (extremes && !wrong) return expression;
  const { diagnostics } = context;
  if (wrong) {
    const params = { name: name.name, found: valueText(wrong), count };
    diagnostics.report(DSL_CATALOGUE, 'index-out-of-range', params, { span: node.span });
  } else {
    diagnostics.report(DSL_CATALOGUE, 'index-unproven', { name: name.name }, { span: node.span });
  }
  return undefined;
}

/** `5 for i = 4`. */
function valueText(found: IndexValue | undefined): string {
  if (!found) return '';
  const at = [...found.at].map(([name, index]) => `${name} = ${index}`).join(', ');
  return `${found.value}${at === '' ? '' : ` for ${at}`}`;
}

// Behind instances

interface InstancePath {
  readonly first: StepNode;
  readonly rest: readonly StepNode[];
  readonly role: PlaceRole;
}

function resolveInstance(
  placed: PlacedInstance | undefined,
  { first, rest, role }: InstancePath,
  context: PlaceContext,
): Found | undefined {
  const expected = role === 'port' ? 'port' : 'population';
  if (rest.length === 0 || role === 'target') {
    return reportKind(first.name, 'instance of a module', expected, context);
  }
  if (!placed) return undefined;
  const { instance, module } = placed;
  const step = resolveElement(first, instance.count, context);
  const inner = step && resolveInner(module, { rest, role }, context);
  return inner && { ...inner, path: [step, ...inner.path] };
}

/** The element of an array of modules, or the only module. */
function resolveElement(
  { name: identifier, index: extent }: StepNode,
  count: number | undefined,
  context: PlaceContext,
): PathStep | undefined {
  const { name, span } = identifier;
  const { diagnostics } = context;
  if (count === undefined) {
    if (!extent) return { name };
    diagnostics.report(DSL_CATALOGUE, 'index-unexpected', { name, what: 'a single module' }, { span });
    return undefined;
  }
  if (extent?.kind !== 'single') {
    diagnostics.report(DSL_CATALOGUE, 'index-missing', { name, count }, { span });
    return undefined;
  }
  const value = checkIndex(extent.value, { name: identifier, count }, context);
  return value && { name, index: { kind: 'single', value } };
}

/** Names of a module as its users see them: its ports, and for experiments everything. */
function resolveInner(
  { network, parts, outputs }: ElaboratedNetwork,
  { rest: [first, ...rest], role }: Pick<InstancePath, 'rest' | 'role'>,
  context: PlaceContext,
): Found | undefined {
  if (!first) return undefined;
  const { name } = first.name;
  if (role === 'inside' && (parts.populations.has(name) || parts.instances.has(name))) {
    return resolveOuter([first, ...rest], role, { ...context, parts });
  }
  const wanted = role === 'port' ? 'input' : 'output';
  const ports = role === 'port' ? parts.inputs : outputs;
  if (ports.has(name)) return resolveLeaf(ports.get(name), { first, rest }, context);
  const other = role === 'port' ? 'output' : 'input';
  if ((role === 'port' ? outputs : parts.inputs).has(name)) return reportKind(first.name, other, wanted, context);
  const what = `${wanted} of \`${network.name}\``;
  return reportUnknown(first.name, { what, known: [...ports.keys()] }, context);
}

function reportUnknown(
  { name, span }: Identifier,
  { what, known }: { readonly what: string; readonly known: readonly string[] },
  { diagnostics }: CheckContext,
): undefined {
  const params = () => ({ what, name, nearest: nearestName(name, known) });
  diagnostics.report(DSL_CATALOGUE, 'unknown-name', params, { span });
  return undefined;
}

function reportKind(
  { name, span }: Identifier,
  found: string,
  expected: string,
  { diagnostics }: CheckContext,
): undefined {
  diagnostics.report(DSL_CATALOGUE, 'wrong-kind', { name, found, expected }, { span });
  return undefined;
}
