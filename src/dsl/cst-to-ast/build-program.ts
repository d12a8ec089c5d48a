/** `program` declarations and the images that they write. */
import { unreachable } from '../../core/invariant.js';
import { joinSpans } from '../../core/span.js';
import type { FromClause, ImageNode, ProgramClause, ProgramItem, UseDeviceClause } from '../ast.js';
import type {
  FromClauseCstNode,
  ImageCstNode,
  ProgramClauseCstNode,
  ProgramItemCstNode,
  UseDeviceClauseCstNode,
} from '../cst.js';
import { buildBlock, buildClause, type ClauseContext } from './build-clause.js';
import { buildExpression, buildIdentifier, buildText, buildUnit, type ExpressionContext } from './build-expression.js';
import { first, onlyChild, spanOfNode } from './places.js';

/** A program with its clauses in the order of the text. */
export function buildProgram(node: ProgramItemCstNode, isFirst: boolean, context: ClauseContext): ProgramItem {
  const { Identifier, LeftCurly, RightCurly, programClause } = node.children;
  return buildClause({ node, isFirst, brace: LeftCurly[0] }, context, () => ({
    kind: 'program',
    name: buildIdentifier(first(Identifier), context),
    body: buildBlock(programClause, first(RightCurly), context, (clause, isFirstClause) =>
      buildProgramClause(clause, isFirstClause, context),
    ),
  }));
}

type Fields<Clause> = Clause extends unknown ? Omit<Clause, 'span' | 'trivia'> : never;

function buildProgramClause(wrapper: ProgramClauseCstNode, isFirst: boolean, context: ClauseContext): ProgramClause {
  const node = onlyChild(wrapper.children);
  return buildClause({ node, isFirst }, context, (): Fields<ProgramClause> => {
    switch (node.name) {
      case 'useDeviceClause':
        return buildUseDevice(node, context);
      case 'fromClause':
        return { kind: 'from', images: buildImages(node, context) };
      case 'writeClause':
        return { kind: 'write', order: buildIdentifier(first(node.children.Identifier), context) };
      case 'readBackClause':
        return { kind: 'read-back' };
      case 'disturbClause':
        return { kind: 'disturb', budget: buildExpression(first(node.children.expression), context) };
      default:
        return unreachable(node);
    }
  });
}

function buildUseDevice({ children }: UseDeviceClauseCstNode, context: ClauseContext): Fields<UseDeviceClause> {
  const device = buildIdentifier(first(children.Identifier), context);
  const [value, high] = children.expression.map((node) => buildExpression(node, context));
  const low = first([value]);
  if (!high) return { kind: 'use-device', device, window: { kind: 'single', value: low } };
  return { kind: 'use-device', device, window: { kind: 'range', low, high, span: joinSpans(low.span, high.span) } };
}

/** The images of a `from`, in the order in which they are written into the array. */
export function buildImages(node: FromClauseCstNode, context: ExpressionContext): FromClause['images'] {
  return node.children.image.map((image) => buildImage(image, context));
}

function buildImage(node: ImageCstNode, context: ExpressionContext): ImageNode {
  const { Text, Identifier, expression, unit } = node.children;
  return {
    file: Text
      ? { kind: 'text', ...buildText(first(Text), context) }
      : { kind: 'name', ...buildIdentifier(first(Identifier), context) },
    ...(expression && { index: buildExpression(first(expression), context) }),
    ...(unit && { unit: buildUnit(first(unit), context) }),
    span: spanOfNode(context.file, node),
  };
}
