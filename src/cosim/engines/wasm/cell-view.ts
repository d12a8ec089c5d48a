/** What the lowering of one cell sees of it: operands as vectors, parameters as numbers. */
import { resize, type Vector } from './vector.js';
import type { WordGraph } from './word-graph.js';
import { bitsToNumber, type YosysCell } from './yosys-json.js';

export class CellView {
  readonly graph: WordGraph;
  readonly #cell: YosysCell;
  readonly #resolve: (port: string) => Vector;

  constructor(graph: WordGraph, cell: YosysCell, resolve: (port: string) => Vector) {
    this.graph = graph;
    this.#cell = cell;
    this.#resolve = resolve;
  }

  get type(): string {
    return this.#cell.type;
  }

  /** Value of a parameter; zero where the cell does not have it. */
  parameter(name: string): number {
    return Number(bitsToNumber(this.#cell.parameters[name] ?? ''));
  }

  /** Width of the result. */
  get resultWidth(): number {
    return this.#cell.connections['Y']?.length ?? 0;
  }

  operand(port: string): Vector {
    return this.#resolve(port);
  }

  isSigned(port: 'A' | 'B'): boolean {
    return this.parameter(`${port}_SIGNED`) === 1;
  }

  /** Operand `A` extended by its own sign to a width. */
  left(width: number): Vector {
    return resize(this.graph, this.operand('A'), width, this.isSigned('A'));
  }

  /** Both operands of an arithmetic cell at a width; they are signed only if both are. */
  pair(width: number): { readonly a: Vector; readonly b: Vector; readonly isSigned: boolean } {
    const isSigned = this.isSigned('A') && this.isSigned('B');
    return {
      a: resize(this.graph, this.operand('A'), width, isSigned),
      b: resize(this.graph, this.operand('B'), width, isSigned),
      isSigned,
    };
  }

  /** Width at which `A` and `B` are compared or divided without loss. */
  get commonWidth(): number {
    return Math.max(this.operand('A').width, this.operand('B').width, 1);
  }
}

/** Makes the output `Y`; undefined where this size or variant of the cell is not supported. */
export type CellLowering = (cell: CellView) => Vector | undefined;
