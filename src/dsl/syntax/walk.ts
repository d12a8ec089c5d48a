/** Every shape of the language, found from the items of a file. */
import { invariant } from '../../core/invariant.js';
import { ITEMS } from './file.js';
import type { Block, ClauseBase } from './nodes.js';
import type { BlockLayout, ClauseSet, ElementSpec, ShapeSpec } from './shape.js';

/** Shapes and clause sets in the order of the manual, each once. */
export interface Inventory {
  readonly shapes: readonly ShapeSpec[];
  readonly clauseSets: readonly ClauseSet[];
}

function takeInventory(): Inventory {
  const shapes = new Set<ShapeSpec>();
  const clauseSets = new Set<ClauseSet>();
  const addSet = (set: ClauseSet) => {
    if (clauseSets.has(set)) return;
    clauseSets.add(set);
    set.shapes.forEach(addShape);
  };
  const addShape = (shape: ShapeSpec) => {
    if (shapes.has(shape)) return;
    shapes.add(shape);
    for (const element of elementsOf(shape)) {
      if (element.kind === 'node') addShape(element.shape());
      else if (element.kind === 'list' && element.item.kind === 'node') addShape(element.item.shape());
      else if (element.kind === 'choice') element.shapes.forEach(addShape);
      else if (element.kind === 'block') addSet(element.clauses());
    }
  };
  addSet(ITEMS);
  return { shapes: [...shapes], clauseSets: [...clauseSets] };
}

const elementsByShape = new WeakMap<ShapeSpec, readonly ElementSpec[]>();

/** The elements of a shape, those of its optional parts included. */
export function elementsOf(shape: ShapeSpec): readonly ElementSpec[] {
  let elements = elementsByShape.get(shape);
  if (!elements) {
    elements = shape.elements.flatMap(flatten);
    elementsByShape.set(shape, elements);
  }
  return elements;
}

function flatten(element: ElementSpec): ElementSpec[] {
  return element.kind === 'optional' ? element.elements.flatMap(flatten) : [element];
}

/** How a construct begins: the words that may stand first, and what stands there where flags are left out. */
export interface Beginning {
  readonly words: readonly string[];
  readonly first: ElementSpec | undefined;
}

/** The beginning of a shape. */
export function beginningOf({ elements }: ShapeSpec): Beginning {
  const index = elements.findIndex(({ kind }) => kind !== 'flag');
  const first = elements[index];
  const begin = index < 0 ? elements : elements.slice(0, index + 1);
  return { words: begin.flatMap((element) => ('word' in element ? [element.word] : [])), first };
}

/** All constructs of the language. */
export const INVENTORY = takeInventory();

/** All keywords of constructs, sorted. */
export const KEYWORDS: readonly string[] = [...new Set(INVENTORY.shapes.flatMap(elementsOf).flatMap(wordsOf))].sort();

function wordsOf(element: ElementSpec): readonly string[] {
  if (element.kind === 'enumeration') return element.words;
  return element.kind === 'word' || element.kind === 'flag' ? [element.word] : [];
}

/** A block inside a clause, with what may stand in it. */
export interface InnerBlock {
  readonly field: string;
  readonly set: ClauseSet;
  readonly block: Block<ClauseBase>;
  readonly layout: BlockLayout;
}

const shapesByKind = new WeakMap<ClauseSet, ReadonlyMap<string, ShapeSpec>>();

/** The shape of a clause of the given kind. */
export function shapeOf(set: ClauseSet, kind: string): ShapeSpec {
  let shapes = shapesByKind.get(set);
  if (!shapes) {
    shapes = new Map(set.shapes.map((shape) => [shape.kind, shape]));
    shapesByKind.set(set, shapes);
  }
  const shape = shapes.get(kind);
  invariant(shape, `${set.name} of kind ${kind}`);
  return shape;
}

type BlockElement = Extract<ElementSpec, { kind: 'block' }>;

const blockElementsByShape: ReadonlyMap<ShapeSpec, readonly BlockElement[]> = new Map(
  INVENTORY.shapes.map((shape) => [shape, elementsOf(shape).filter((element) => element.kind === 'block')]),
);

const NO_BLOCKS: readonly InnerBlock[] = [];

/** The blocks of a clause that are there, in the order of the text. */
export function blocksOf(set: ClauseSet, clause: object): readonly InnerBlock[] {
  const { kind } = clause as { readonly kind: string };
  const elements = blockElementsByShape.get(shapeOf(set, kind)) ?? [];
  if (elements.length === 0) return NO_BLOCKS;
  return elements.flatMap((element) => {
    // A field of a node has the type that its shape says.
    const block = (clause as Readonly<Record<string, unknown>>)[element.field] as Block<ClauseBase> | undefined;
    return block ? [{ field: element.field, set: element.clauses(), block, layout: element.layout }] : [];
  });
}
