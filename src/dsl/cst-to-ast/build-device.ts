/** `device` declarations. */
import { unreachable } from '../../core/invariant.js';
import type { DeviceClause, DeviceItem, SpreadClause } from '../ast.js';
import type {
  DeviceClauseCstChildren,
  DeviceClauseCstNode,
  DeviceItemCstNode,
  OccasionCstNode,
  SpreadClauseCstNode,
  WindowClauseCstNode,
} from '../cst.js';
import { buildBlock, buildClause, buildProvenance, type ClauseContext } from './build-clause.js';
import { buildExpression, buildIdentifier, buildRange, buildText, buildUnit } from './build-expression.js';
import { at, first, onlyChild } from './places.js';

/** A device with its clauses in the order of the text. */
export function buildDevice(node: DeviceItemCstNode, isFirst: boolean, context: ClauseContext): DeviceItem {
  const { Identifier, Text, LeftCurly, RightCurly, deviceClause } = node.children;
  return buildClause({ node, isFirst, brace: LeftCurly[0] }, context, () => ({
    kind: 'device',
    name: buildIdentifier(first(Identifier), context),
    ...(Text && { summary: buildText(first(Text), context) }),
    body: buildBlock(deviceClause, first(RightCurly), context, (clause, isFirstClause) =>
      buildDeviceClause(clause, isFirstClause, context),
    ),
  }));
}

type Fields<Clause> = Clause extends unknown ? Omit<Clause, 'span' | 'trivia'> : never;

function buildDeviceClause(wrapper: DeviceClauseCstNode, isFirst: boolean, context: ClauseContext): DeviceClause {
  const node = onlyChild(wrapper.children);
  return buildClause({ node, isFirst }, context, () => buildFields(node, context));
}

type ClauseNode = ReturnType<typeof onlyChild<DeviceClauseCstChildren>>;

function buildFields(node: ClauseNode, context: ClauseContext): Fields<DeviceClause> {
  const expression = (index = 0) => buildExpression(at(expressionsOf(node), index), context);
  const name = () => buildIdentifier(first('Identifier' in node.children ? node.children.Identifier : []), context);
  const provenance = () => buildProvenance('provenance' in node.children ? node.children.provenance : [], context);
  switch (node.name) {
    case 'pulseClause':
      return { kind: 'pulse', voltage: expression(0), width: expression(1), ...provenance() };
    case 'readVoltageClause':
      return { kind: 'read', voltage: expression(), ...provenance() };
    case 'windowClause':
      return buildWindow(node, context);
    case 'defaultWindowClause':
      return { kind: 'default-window', window: name() };
    case 'parameterClause':
      return { kind: 'parameter', name: name(), value: expression(), ...provenance() };
    case 'spreadClause':
      return buildSpread(node, context);
    case 'letClause':
      return { kind: 'let', name: name(), value: expression() };
    case 'stateClause': {
      const unit = buildUnit(first(node.children.unit), context);
      const range = buildRange(first(node.children.range), context);
      return { kind: 'state', name: name(), unit, range, initial: expression() };
    }
    case 'evolveClause':
      return { kind: 'evolve', state: name(), rate: expression() };
    case 'currentClause':
      return { kind: 'current', value: expression() };
    case 'energyClause':
      return { kind: 'energy', value: expression(), ...provenance() };
    case 'ratingClause':
      return { kind: 'maximum', quantity: name(), value: expression(), ...provenance() };
    default:
      return unreachable(node);
  }
}

function expressionsOf({ children }: ClauseNode) {
  return 'expression' in children ? children.expression : undefined;
}

function buildWindow({ children }: WindowClauseCstNode, context: ClauseContext): Fields<DeviceClause> {
  const step = children.expression?.[0];
  return {
    kind: 'window',
    name: buildIdentifier(first(children.Identifier), context),
    range: buildRange(first(children.range), context),
    ...(step && { step: buildExpression(step, context) }),
    ...buildProvenance(children.provenance, context),
  };
}

function buildSpread({ children }: SpreadClauseCstNode, context: ClauseContext): Fields<DeviceClause> {
  return {
    kind: 'spread',
    name: buildIdentifier(first(children.Identifier), context),
    mean: buildExpression(at(children.expression, 0), context),
    deviation: buildExpression(at(children.expression, 1), context),
    per: occasionOf(first(children.occasion)),
    ...buildProvenance(children.provenance, context),
  };
}

function occasionOf({ children }: OccasionCstNode): SpreadClause['per'] {
  // The rule's alternatives are exactly these words.
  return onlyChild(children).image as SpreadClause['per'];
}
