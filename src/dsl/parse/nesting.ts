/** Bounds the height of expression trees, so that later stages may walk them by recursion. */
import type { Span } from '../../core/span.js';
import type { ExpressionNode } from '../syntax/nodes.js';

/** Levels of brackets in a text, and of operators in an expression. */
export const MAX_NESTING = 256;

/** Remembers the height of every compound expression built so far and the first that is too high. */
export class Nesting {
  readonly #heights = new Map<ExpressionNode, number>();
  #tooDeep: Span | undefined;

  /** The first expression that is too high. */
  get tooDeep(): Span | undefined {
    return this.#tooDeep;
  }

  /** Returns `node` after noting that it stands on `children`. */
  above<Node extends ExpressionNode>(node: Node, children: readonly ExpressionNode[]): Node {
    let height = 1;
    for (const child of children) height = Math.max(height, 1 + (this.#heights.get(child) ?? 1));
    this.#heights.set(node, height);
    if (height > MAX_NESTING) this.#tooDeep ??= node.span;
    return node;
  }
}
