/** Expressions that may be broken into lines: before operators of the lowest precedence, behind commas, at `?` and `:`. */
import type { ExpressionNode, ExtentNode, RangeNode } from '../syntax/nodes.js';
import { all, fill, nest, oneOrAllLines, separated, type Doc } from './doc.js';
import { printExpression } from './print-expression.js';

/** Blanks by which the further lines of a bracket are indented. */
const INDENT = 2;

/** `node` with its possible line ends; their indentation is up to what stands around it. */
export function expressionDoc(node: ExpressionNode): Doc {
  switch (node.kind) {
    case 'number':
    case 'text':
    case 'reference':
      return printExpression(node);
    case 'group':
      return all('(', nest(INDENT, expressionDoc(node.inner)), ')');
    case 'negate':
      return all('-', expressionDoc(node.operand));
    case 'not':
      return all('not ', expressionDoc(node.operand));
    case 'binary':
    case 'compare':
    case 'logical':
      return fill(chainDocs(node));
    case 'conditional':
      return conditionalDoc(node);
    case 'call':
      return all(`${node.callee.name}(`, listDoc(node.operands), ')');
    case 'index':
      return all(`${node.target.name}[`, listDoc(node.indices), ']');
    case 'vector':
      return all('[', listDoc(node.elements), ']');
    case 'comprehension': {
      const head = all(`[for ${node.index.name} in `, rangeDoc(node.range), ' :');
      return all(nest(INDENT, oneOrAllLines([head, expressionDoc(node.element)])), ']');
    }
  }
}

/** `low .. high`. */
export function rangeDoc({ low, high }: Pick<RangeNode, 'low' | 'high'>): Doc {
  return fill([expressionDoc(low), all('.. ', expressionDoc(high))]);
}

/** A value, or `low .. high`. */
export function extentDoc(node: ExtentNode): Doc {
  return node.kind === 'single' ? expressionDoc(node.value) : rangeDoc(node);
}

/** Expressions behind one another; rows of a matrix stand below one another where they do not all fit. */
function listDoc(nodes: readonly ExpressionNode[]): Doc {
  const docs = separated(',', nodes.map(expressionDoc));
  if (!nodes.some(({ kind }) => kind === 'vector')) return nest(INDENT, fill(docs));
  return nest(INDENT, oneOrAllLines(docs));
}

type ChainNode = Extract<ExpressionNode, { kind: 'binary' | 'compare' | 'logical' }>;

/** The operands of a chain of one precedence, each behind the first with its operator. */
function chainDocs(node: ChainNode): Doc[] {
  const { left, operator, right } = node;
  const last = all(`${operator} `, expressionDoc(right));
  const before = isChain(left) && levelOf(left) === levelOf(node) ? chainDocs(left) : [expressionDoc(left)];
  return [...before, last];
}

function isChain(node: ExpressionNode): node is ChainNode {
  return node.kind === 'binary' || node.kind === 'compare' || node.kind === 'logical';
}

/** Which operators make one chain; powers group to the right, so that no two of them are one. */
function levelOf({ kind, operator }: ChainNode): string {
  if (kind !== 'binary') return operator;
  return operator === '+' || operator === '-' ? 'sum' : operator === '^' ? 'power' : 'product';
}

/** `c ? a : d ? b : e` as lines `c`, `? a`, `: d ? b`, `: e`. */
function conditionalDoc(node: Extract<ExpressionNode, { kind: 'conditional' }>): Doc {
  const lines: Doc[] = [];
  let rest: ExpressionNode = node;
  for (let isFirst = true; rest.kind === 'conditional'; isFirst = false) {
    const branch = all('? ', expressionDoc(rest.whenTrue));
    if (isFirst) lines.push(expressionDoc(rest.condition), branch);
    else lines.push(all(': ', expressionDoc(rest.condition), ' ', branch));
    rest = rest.whenFalse;
  }
  lines.push(all(': ', expressionDoc(rest)));
  return oneOrAllLines(lines);
}
