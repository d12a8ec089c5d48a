/** `experiment` declarations. */
import { unreachable } from '../../core/invariant.js';
import type { ExperimentClause, ExperimentItem } from '../ast.js';
import type { ExperimentClauseCstNode, ExperimentItemCstNode, RunClauseCstNode } from '../cst.js';
import { buildBlock, buildClause, type ClauseContext } from './build-clause.js';
import { buildExpression, buildIdentifier, buildSum, compareOperator } from './build-expression.js';
import { buildImages } from './build-program.js';
import { at, first, onlyChild } from './places.js';

/** An experiment with its clauses in the order of the text. */
export function buildExperiment(node: ExperimentItemCstNode, isFirst: boolean, context: ClauseContext): ExperimentItem {
  const { Identifier, LeftCurly, RightCurly, experimentClause } = node.children;
  return buildClause({ node, isFirst, brace: LeftCurly[0] }, context, () => ({
    kind: 'experiment',
    name: buildIdentifier(first(Identifier), context),
    body: buildBlock(experimentClause, first(RightCurly), context, (clause, isFirstClause) =>
      buildExperimentClause(clause, isFirstClause, context),
    ),
  }));
}

type Fields<Clause> = Clause extends unknown ? Omit<Clause, 'span' | 'trivia'> : never;

function buildExperimentClause(
  wrapper: ExperimentClauseCstNode,
  isFirst: boolean,
  context: ClauseContext,
): ExperimentClause {
  const node = onlyChild(wrapper.children);
  return buildClause({ node, isFirst }, context, (): Fields<ExperimentClause> => {
    switch (node.name) {
      case 'runClause':
        return buildRun(node, context);
      case 'seedsClause': {
        const [count, firstSeed] = node.children.expression.map((number) => buildExpression(number, context));
        return { kind: 'seeds', count: first([count]), first: first([firstSeed]) };
      }
      case 'withoutClause':
        return { kind: 'without', spreads: node.children.Identifier.map((token) => buildIdentifier(token, context)) };
      case 'calibrateClause': {
        const spread = buildIdentifier(first(node.children.Identifier), context);
        return { kind: 'calibrate', spread, pulses: buildExpression(first(node.children.expression), context) };
      }
      case 'expectClause': {
        const [left, right] = node.children.sum.map((side) => buildSum(side, context));
        const operator = compareOperator(first(node.children.ComparisonOperator));
        return { kind: 'expect', left: first([left]), operator, right: first([right]) };
      }
      default:
        return unreachable(node);
    }
  });
}

function buildRun({ children }: RunClauseCstNode, context: ClauseContext): Fields<ExperimentClause> {
  const images = children.fromClause?.[0];
  return {
    kind: 'run',
    program: buildIdentifier(at(children.Identifier, 0), context),
    chip: buildIdentifier(at(children.Identifier, 1), context),
    images: images ? buildImages(images, context) : [],
  };
}
