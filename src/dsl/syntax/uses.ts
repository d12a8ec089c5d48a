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
export function* usesOf(set: ClauseSet, clauses: readonly object[]): Generator<NameUse> {
  for (const clause of clauses) {
    const { kind } = clause as { readonly kind: string };
    yield* usesInShape(shapeOf(set, kind), clause);
  }
}

function* usesInShape(shape: ShapeSpec, node: object): Generator<NameUse> {
  // A field of a node has the type that its shape says.
  const fields = node as Readonly<Record<string, never>>;
  for (const element of elementsOf(shape)) {
    if (!('field' in element) || fields[element.field] === undefined) continue;
    yield* usesInElement(element, fields[element.field] as never);
  }
}

function* usesInElement(element: ElementSpec, field: never): Generator<NameUse> {
  switch (element.kind) {
    case 'part':
      yield* usesInPart(element.part, field);
      break;
    case 'node':
      yield* usesInShape(element.shape(), field);
      break;
    case 'choice':
      yield* usesInChoice(element.shapes, field);
      break;
    case 'list':
      for (const item of field as readonly never[]) {
        if (element.item.kind === 'part') yield* usesInPart(element.item.part, item);
        else yield* usesInShape(element.item.shape(), item);
      }
      break;
    case 'block':
      yield* usesOf(element.clauses(), (field as { readonly clauses: readonly object[] }).clauses);
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

function* usesInChoice(shapes: readonly ShapeSpec[], node: { readonly kind: string }): Generator<NameUse> {
  const shape = shapes.find(({ kind }) => kind === node.kind);
  if (shape) yield* usesInShape(shape, node);
}

function* usesInPart(part: PartKind, field: never): Generator<NameUse> {
  switch (part) {
    case 'expression':
    case 'call':
      yield* usesInExpression(field);
      break;
    case 'range':
    case 'extent':
      yield* usesInExtent(field);
      break;
    case 'name':
    case 'text':
    case 'unit':
    case 'reference':
    case 'comparison':
      break;
  }
}

function* usesInExtent(extent: RangeNode | (ExtentNode & { readonly kind: 'single' })): Generator<NameUse> {
  for (const end of 'value' in extent ? [extent.value] : [extent.low, extent.high]) yield* usesInExpression(end);
}

/** The names that an expression uses; those that it declares itself are among them. */
export function* usesInExpression(node: ExpressionNode): Generator<NameUse> {
  if (node.kind === 'reference') yield { name: node.name, kind: 'value' };
  if (node.kind === 'call') yield { name: node.callee.name, kind: 'function' };
  for (const part of expressionParts(node)) yield* usesInExpression(part);
}
