/** The shapes of all signals of a graph, from what nodes say of themselves and from what arrives. */
import { NIR_CATALOGUE } from './catalogue.js';
import type { Doctor } from './doctor.js';
import type { FlatGraph, FlatNode } from './flat-graph.js';
import { countOf } from './graph.js';
import { isSameShape, shapeText, withoutUnits, type Shape } from './shape.js';
import { ownShapes, shapeBehind } from './node-shapes.js';

/** What a node takes and makes. */
export interface NodeShapes {
  readonly takes: Shape;
  readonly makes: Shape;
}

/** Shapes by place; undefined after reporting what does not fit. */
export function inferShapes(graph: FlatGraph, doctor: Doctor): ReadonlyMap<string, NodeShapes> | undefined {
  const before = doctor.diagnostics.all.length;
  const shapes = new ShapeInference(graph, doctor).infer();
  const isFaulty = doctor.diagnostics.all.slice(before).some(({ severity }) => severity === 'error');
  return isFaulty ? undefined : shapes;
}

class ShapeInference {
  readonly #graph: FlatGraph;
  readonly #doctor: Doctor;
  readonly #shapes = new Map<string, NodeShapes>();

  constructor(graph: FlatGraph, doctor: Doctor) {
    this.#graph = graph;
    this.#doctor = doctor;
  }

  infer(): ReadonlyMap<string, NodeShapes> {
    const waiting = [...this.#graph.values()].filter((flat) => this.#learnOwn(flat));
    // Nodes with a shape of their own tell those behind them, these the next ones
    for (let flat = waiting.pop(); flat; flat = waiting.pop()) {
      const arriving = this.#shapes.get(flat.place)?.makes ?? [];
      for (const place of flat.behind) {
        const next = this.#graph.get(place);
        if (next && !this.#shapes.has(place) && this.#learn(next, arriving)) waiting.push(next);
      }
    }
    for (const flat of this.#graph.values()) this.#check(flat);
    return this.#shapes;
  }

  #learnOwn({ place, node }: FlatNode): boolean {
    const own = node && ownShapes(node);
    if (own) this.#shapes.set(place, own);
    return own !== undefined;
  }

  /** Shapes that follow from what arrives; false after reporting why there are none. */
  #learn({ place, node }: FlatNode, arriving: Shape): boolean {
    const makes = node ? shapeBehind(node, arriving) : arriving;
    if (typeof makes === 'string') {
      this.#doctor.malformed(place, makes);
      return false;
    }
    this.#shapes.set(place, { takes: arriving, makes });
    return true;
  }

  #check(flat: FlatNode): void {
    const { place, before } = flat;
    const shapes = this.#shapes.get(place);
    if (!shapes) {
      // Where something is wrong before it, that has been told
      if (before.length === 0) this.#report(place);
      else if (!this.#doctor.diagnostics.hasErrors) this.#report(place);
      return;
    }
    for (const source of before) {
      const arriving = this.#shapes.get(source)?.makes;
      if (arriving && !isSameShape(arriving, shapes.takes)) this.#reconcile(flat, source, arriving);
    }
  }

  #report(node: string): void {
    this.#doctor.diagnostics.report(NIR_CATALOGUE, 'no-shape', { file: this.#doctor.file, node });
  }

  /** What arrives is not what the node takes: repairs that keep every number in its place, or a fault. */
  #reconcile({ place, node }: FlatNode, source: string, arriving: Shape): void {
    const takes = this.#shapes.get(place)?.takes ?? [];
    const texts = { found: shapeText(arriving), expected: shapeText(takes) };
    const told = `it takes ${texts.expected}, and \`${source}\` makes ${texts.found}`;
    const isFlattened = this.#graph.get(source)?.node?.type === 'Flatten' && takes.length === 1;
    if (isSameShape(withoutUnits(arriving), withoutUnits(takes))) this.#doctor.tell('unit-axes', place, told);
    else if (isFlattened && countOf(arriving) === countOf(takes)) this.#doctor.tell('flatten-batch', source, told);
    else if (node?.type === 'Conv1d' || node?.type === 'Conv2d') this.#resize(place, node, arriving, told);
    else {
      const { file } = this.#doctor;
      this.#doctor.diagnostics.report(NIR_CATALOGUE, 'shape-mismatch', { file, from: source, to: place, ...texts });
    }
  }

  /** A convolution goes over what arrives, whatever it says of its input, where the shape behind it stays. */
  #resize(place: string, node: NonNullable<FlatNode['node']>, arriving: Shape, told: string): void {
    const makes = shapeBehind(node, arriving);
    if (typeof makes === 'string') this.#doctor.malformed(place, makes);
    else {
      this.#shapes.set(place, { takes: arriving, makes });
      this.#doctor.tell('input-shape', place, told);
    }
  }
}
