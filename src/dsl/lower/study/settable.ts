/** Parameters that an experiment may give other values: of the file, the network, its rules and its devices. */
import { DiagnosticBag } from '../../../core/diagnostic.js';
import { nearestName } from '../../../core/nearest.js';
import type { Span } from '../../../core/span.js';
import type { Bounds } from '../../../ir/rule.js';
import type { Dimension } from '../../../units/dimension.js';
import { siSymbol } from '../../../units/describe-dimension.js';
import { DSL_CATALOGUE } from '../../catalogue.js';
import { quantityText } from '../../check/quantity-text.js';
import { lookUp } from '../../check/scope.js';
import type { ReferenceNode } from '../../syntax/nodes.js';
import { elaborateParameters } from '../network-parameters.js';
import { leftOutOf } from './left-out.js';
import { dimensionOfUnit } from './signals.js';
import type { StudiedNetwork, StudyContext } from './studied-network.js';

/** A parameter with what its values must be. */
export interface Settable {
  /** With dots, as written. */
  readonly name: string;
  readonly dimension: Dimension;
  readonly bounds?: Bounds;
}

/** The parameter that `node` means; undefined after reporting. */
export function findSettable(node: ReferenceNode, context: StudyContext): Settable | undefined {
  const [owner = '', parameter, ...others] = node.name.split('.');
  if (parameter === undefined) return parameterOfFile(node, context);
  const known = others.length === 0 ? parametersOf(owner, context.network) : undefined;
  // A rule or device may be missing with the projection that names it
  if (!known && leftOutOf(context.network).size > 0) return undefined;
  if (!known) return reportUnknown(node, ownersOf(context.network), context);
  const found = known.get(parameter);
  const candidates = [...known.keys()].map((name) => `${owner}.${name}`);
  return found ? { ...found, name: node.name } : reportUnknown(node, candidates, context);
}

function parameterOfFile(node: ReferenceNode, context: StudyContext): Settable | undefined {
  const binding = lookUp(context.scope, node.name);
  if (binding?.kind === 'value' && binding.type.kind === 'quantity') {
    return { name: node.name, dimension: binding.type.dimension };
  }
  if (!binding) return reportUnknown(node, ownersOf(context.network), context);
  if (binding.kind !== 'value' || binding.type.kind !== 'error') {
    const params = { name: node.name, reason: 'it is no number' };
    context.diagnostics.report(DSL_CATALOGUE, 'not-settable', params, { span: node.span });
  }
  return undefined;
}

function ownersOf({ root, rules, devices }: StudiedNetwork): readonly string[] {
  return [...rules.keys(), ...devices.keys(), root.name];
}

type Known = ReadonlyMap<string, Omit<Settable, 'name'>>;

/** The parameters of a rule, a device or the network of that name; undefined where there is none. */
function parametersOf(owner: string, network: StudiedNetwork): Known | undefined {
  const rule = network.rules.get(owner);
  if (rule) {
    const { parameters } = rule.rule;
    return new Map(parameters.map((each) => [each.name, described(each, rule.dimensions.get(each.name))]));
  }
  const device = network.devices.get(owner);
  if (device) return new Map(device.parameters.map((each) => [each.name, described(each)]));
  return owner === network.root.name ? parametersOfNetwork(network) : undefined;
}

function described(
  { unit, bounds }: { readonly unit: { readonly symbol: string }; readonly bounds?: Bounds },
  dimension: Dimension = dimensionOfUnit(unit.symbol),
): Omit<Settable, 'name'> {
  return { dimension, ...(bounds && { bounds }) };
}

/** The network's own parameters; what is wrong with them has been said where they stand. */
function parametersOfNetwork({ declaration: { declaration, context } }: StudiedNetwork): Known {
  const silent = { ...context, diagnostics: new DiagnosticBag() };
  const { table } = elaborateParameters(declaration.body.clauses, new Map(), silent);
  return new Map(
    table.map(({ name, dimension, low, high }) => {
      const bounds = typeof low === 'number' && high !== undefined ? { low, high } : undefined;
      return [name, { dimension, ...(bounds && { bounds }) }];
    }),
  );
}

function reportUnknown(
  { name, span }: ReferenceNode,
  candidates: readonly string[],
  { diagnostics }: StudyContext,
): undefined {
  const list = candidates.map((candidate) => `\`${candidate}\``).join(', ');
  const hint = candidates.length > 0 && candidates.length <= 12 ? `there are ${list}` : undefined;
  diagnostics.report(
    DSL_CATALOGUE,
    'unknown-name',
    () => ({ what: 'parameter', name, nearest: nearestName(name, candidates), hint }),
    { span },
  );
}

/** Reports a value outside the bounds of its parameter. */
export function checkBounds(
  value: number,
  { name, bounds, dimension }: Settable,
  span: Span,
  { diagnostics }: StudyContext,
): void {
  if (!bounds || !(value < bounds.low || value > bounds.high)) return;
  const [found = '', low = '', high = ''] = [value, bounds.low, bounds.high].map((each) =>
    quantityText(each, siSymbol(dimension)),
  );
  diagnostics.report(DSL_CATALOGUE, 'setting-out-of-bounds', { name, found, low, high }, { span });
}
