/** Bounds the height of expression trees, so that later stages may walk them by recursion. */
import type { DiagnosticBag } from '../../core/diagnostic.js';
import type { ExpressionNode } from '../ast.js';
import { DSL_CATALOGUE } from '../catalogue.js';

/** Levels of brackets in a text, and of operators in an expression. */
export const MAX_NESTING = 256;

/** Remembers the height of every expression built so far and reports the first that is too high. */
export class Nesting {
  readonly #heights = new WeakMap<ExpressionNode, number>();
  readonly #diagnostics: DiagnosticBag;
  #isExceeded = false;

  constructor(diagnostics: DiagnosticBag) {
    this.#diagnostics = diagnostics;
  }

  get isExceeded(): boolean {
    return this.#isExceeded;
  }

  /** Returns `node` after noting that it stands on `children`. */
  above<Node extends ExpressionNode>(node: Node, children: readonly ExpressionNode[]): Node {
    // Not by spreading into `Math.max`: a call may have more arguments than the stack holds.
    const height = 1 + children.reduce((highest, child) => Math.max(highest, this.#heights.get(child) ?? 0), 0);
    this.#heights.set(node, height);
    if (height > MAX_NESTING && !this.#isExceeded) {
      this.#isExceeded = true;
      this.#diagnostics.report(DSL_CATALOGUE, 'too-deep', { limit: MAX_NESTING }, { span: node.span });
    }
    return node;
  }
}
