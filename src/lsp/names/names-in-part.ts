/** The names in an expression or another part of a construct, in the order of the text. */
import type { Span } from '../../core/span.js';
import type {
  CallNode,
  ComprehensionNode,
  ExpressionNode,
  ExtentNode,
  Identifier,
  RangeNode,
} from '../../dsl/syntax/nodes.js';
import type { PartKind } from '../../dsl/syntax/shape.js';

/** A name with dots, or an expression that declares an index for itself. */
export type FoundName =
  | { readonly kind: 'path'; readonly span: Span; readonly isCall: boolean }
  | { readonly kind: 'comprehension'; readonly span: Span; readonly index: Identifier; readonly names: FoundName[] };

/** The names in the value of a part. */
export function namesInPart(part: PartKind, value: unknown): FoundName[] {
  // A field of a node has the type that its shape says.
  switch (part) {
    case 'expression':
      return namesIn(value as ExpressionNode);
    case 'range':
      return namesInRange(value as RangeNode);
    case 'extent': {
      const extent = value as ExtentNode;
      return extent.kind === 'single' ? namesIn(extent.value) : namesInRange(extent);
    }
    case 'call':
      return namesInCall(value as CallNode);
    case 'reference':
      return [{ kind: 'path', span: (value as { readonly span: Span }).span, isCall: false }];
    case 'name':
    case 'text':
    case 'unit':
      return [];
  }
}

function namesIn(node: ExpressionNode): FoundName[] {
  switch (node.kind) {
    case 'number':
    case 'text':
      return [];
    case 'reference':
      return [{ kind: 'path', span: node.span, isCall: false }];
    case 'group':
      return namesIn(node.inner);
    case 'negate':
    case 'not':
      return namesIn(node.operand);
    case 'binary':
    case 'compare':
    case 'logical':
      return [...namesIn(node.left), ...namesIn(node.right)];
    case 'conditional':
      return [node.condition, node.whenTrue, node.whenFalse].flatMap(namesIn);
    case 'call':
      return namesInCall(node);
    case 'index':
      return [...namesIn(node.target), ...node.indices.flatMap(namesIn)];
    case 'vector':
      return node.elements.flatMap(namesIn);
    case 'comprehension':
      return [...namesInRange(node.range), comprehension(node)];
  }
}

function namesInRange({ low, high }: RangeNode): FoundName[] {
  return [...namesIn(low), ...namesIn(high)];
}

function namesInCall({ callee, operands }: CallNode): FoundName[] {
  return [{ kind: 'path', span: callee.span, isCall: true }, ...operands.flatMap(namesIn)];
}

function comprehension({ span, index, element }: ComprehensionNode): FoundName {
  return { kind: 'comprehension', span, index, names: namesIn(element) };
}
