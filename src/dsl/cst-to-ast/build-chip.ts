/** `chip` declarations. */
import { unreachable } from '../../core/invariant.js';
import type { ChipClause, ChipItem, TilePart } from '../ast.js';
import type { AdcPartCstNode, ChipClauseCstNode, ChipItemCstNode, TileClauseCstNode, TilePartCstNode } from '../cst.js';
import { buildBlock, buildClause, buildProvenance, type ClauseContext } from './build-clause.js';
import { buildExpression, buildIdentifier, buildRange } from './build-expression.js';
import { at, first, onlyChild } from './places.js';

/** A chip with its clauses in the order of the text. */
export function buildChip(node: ChipItemCstNode, isFirst: boolean, context: ClauseContext): ChipItem {
  const { Identifier, LeftCurly, RightCurly, chipClause } = node.children;
  return buildClause({ node, isFirst, brace: LeftCurly[0] }, context, () => ({
    kind: 'chip',
    name: buildIdentifier(first(Identifier), context),
    body: buildBlock(chipClause, first(RightCurly), context, (clause, isFirstClause) =>
      buildChipClause(clause, isFirstClause, context),
    ),
  }));
}

function buildChipClause(wrapper: ChipClauseCstNode, isFirst: boolean, context: ClauseContext): ChipClause {
  const node = onlyChild(wrapper.children);
  switch (node.name) {
    case 'clockClause':
      return buildClause({ node, isFirst }, context, () => ({
        kind: 'clock',
        frequency: buildExpression(first(node.children.expression), context),
      }));
    case 'busClause':
      return buildClause({ node, isFirst }, context, () => ({
        kind: 'bus',
        protocol: buildIdentifier(first(node.children.Identifier), context),
      }));
    case 'tileClause':
      return buildTile(node, isFirst, context);
    default:
      return unreachable(node);
  }
}

function buildTile(node: TileClauseCstNode, isFirst: boolean, context: ClauseContext): ChipClause {
  const { expression, LeftCurly, RightCurly, tilePart } = node.children;
  return buildClause({ node, isFirst, brace: LeftCurly[0] }, context, () => ({
    kind: 'tile',
    rows: buildExpression(at(expression, 0), context),
    columns: buildExpression(at(expression, 1), context),
    body: buildBlock(tilePart, first(RightCurly), context, (part, isFirstPart) =>
      buildTilePart(part, isFirstPart, context),
    ),
  }));
}

type Fields<Part> = Part extends unknown ? Omit<Part, 'span' | 'trivia'> : never;

function buildTilePart(wrapper: TilePartCstNode, isFirst: boolean, context: ClauseContext): TilePart {
  const node = onlyChild(wrapper.children);
  return buildClause({ node, isFirst }, context, (): Fields<TilePart> => {
    switch (node.name) {
      case 'biasPart':
        return { kind: 'bias', scheme: buildIdentifier(first(node.children.Identifier), context) };
      case 'railsPart': {
        const range = buildRange(first(node.children.range), context);
        return { kind: 'rails', range, bits: buildExpression(first(node.children.expression), context) };
      }
      case 'timerPart':
        return { kind: 'timer', bits: buildExpression(first(node.children.expression), context) };
      case 'settlePart':
        return { kind: 'settle', duration: buildExpression(first(node.children.expression), context) };
      case 'adcPart':
        return buildAdc(node, context);
      case 'linesPart': {
        const capacitance = buildExpression(first(node.children.expression), context);
        return { kind: 'lines', capacitance, ...buildProvenance(node.children.provenance, context) };
      }
      default:
        return unreachable(node);
    }
  });
}

function buildAdc({ children }: AdcPartCstNode, context: ClauseContext): Fields<TilePart> {
  const expression = (index: number) => buildExpression(at(children.expression, index), context);
  return {
    kind: 'adc',
    bits: expression(0),
    range: buildRange(first(children.range), context),
    conversion: expression(1),
    settle: expression(2),
    sharedBy: expression(3),
  };
}
