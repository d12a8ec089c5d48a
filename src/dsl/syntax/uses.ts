/** Which names the expressions of constructs use; names of constructs that only refer to something do not count. */
import { expressionParts } from './expression-parts.js';
import type { ExpressionNode, ExtentNode, RangeNode } from './nodes.js';
import type { ClauseSet, ElementSpec, PartKind, ShapeSpec } from './shape.js';
import { elementsOf, shapeOf } from './walk.js';

/** A name in an expression: with its dots, as in `change.g`, or that of a called function. */
export interface NameUse {
  readonly name: string;
  readonly kind: 'value' | 'function';
}

/** The names that the expressions of `clauses` use, in the order of the text. */
export function usesOf(set: ClauseSet, clauses: readonly object[]): readonly NameUse[] {
  const found: NameUse[] = [];
  addFromClauses(set, clauses, found);
  return found;
}

/** The names that an expression uses; those that it declares itself are among them. */
export function usesInExpression(node: ExpressionNode): readonly NameUse[] {
  const found: NameUse[] = [];
  addFromExpression(node, found);
  return found;
}

// Generators would read better; on files of ten thousand lines they take a tenth of all time.

function addFromClauses(set: ClauseSet, clauses: readonly object[], found: NameUse[]): void {
  for (const clause of clauses) {
    const { kind } = clause as { readonly kind: string };
    addFromShape(shapeOf(set, kind), clause, found);
  }
}

function addFromShape(shape: ShapeSpec, node: object, found: NameUse[]): void {
  // A field of a node has the type that its shape says.
  const fields = node as Readonly<Record<string, never>>;
  for (const element of elementsOf(shape)) {
    if (!('field' in element) || fields[element.field] === undefined) continue;
    addFromElement(element, fields[element.field] as never, found);
  }
}

function addFromElement(element: ElementSpec, field: never, found: NameUse[]): void {
  switch (element.kind) {
    case 'part':
      addFromPart(element.part, field, found);
      break;
    case 'node':
      addFromShape(element.shape(), field, found);
      break;
    case 'choice':
      addFromChoice(element.shapes, field, found);
      break;
    case 'list':
      for (const item of field as readonly never[]) {
        if (element.item.kind === 'part') addFromPart(element.item.part, item, found);
        else addFromShape(element.item.shape(), item, found);
      }
      break;
    case 'block':
      addFromClauses(element.clauses(), (field as { readonly clauses: readonly object[] }).clauses, found);
      break;
    case 'word':
    case 'mark':
    case 'marks':
    case 'enumeration':
    case 'flag':
    case 'optional':
      break;
  }
}

function addFromChoice(shapes: readonly ShapeSpec[], node: { readonly kind: string }, found: NameUse[]): void {
  const shape = shapes.find(({ kind }) => kind === node.kind);
  if (shape) addFromShape(shape, node, found);
}

function addFromPart(part: PartKind, field: never, found: NameUse[]): void {
  switch (part) {
    case 'expression':
    case 'call':
      addFromExpression(field, found);
      break;
    case 'range':
    case 'extent':
      addFromExtent(field, found);
      break;
    case 'name':
    case 'text':
    case 'unit':
    case 'reference':
      break;
  }
}

function addFromExtent(extent: RangeNode | (ExtentNode & { readonly kind: 'single' }), found: NameUse[]): void {
  for (const end of 'value' in extent ? [extent.value] : [extent.low, extent.high]) addFromExpression(end, found);
}

function addFromExpression(node: ExpressionNode, found: NameUse[]): void {
  if (node.kind === 'reference') found.push({ name: node.name, kind: 'value' });
  if (node.kind === 'call') found.push({ name: node.callee.name, kind: 'function' });
  for (const part of expressionParts(node)) addFromExpression(part, found);
}
