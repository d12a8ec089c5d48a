/** Choosing cells. */
import type { CellLowering } from './cell-view.js';
import { assemble, bitAt, choose, partsOf, slice, zip, type Part, type Vector } from './vector.js';

const mux: CellLowering = (cell) => {
  const condition = bitAt(cell.graph, cell.operand('S'), 0);
  return choose(cell.graph, condition, cell.operand('B'), cell.operand('A'));
};

/** The case whose bit of `S` is set; the lowest wins, as the first branch of a `case` does. */
const parallelMux: CellLowering = (cell) => {
  const { graph } = cell;
  const [cases, selects] = [cell.operand('B'), cell.operand('S')];
  let result = cell.operand('A');
  for (let index = selects.width - 1; index >= 0; index--) {
    const chosen = slice(graph, cases, index * result.width, result.width);
    result = choose(graph, bitAt(graph, selects, index), chosen, result);
  }
  return result;
};

/** Entry `S` of a table: halves are dropped by one select bit after the other. */
const binaryMux: CellLowering = (cell) => {
  const { graph, resultWidth } = cell;
  const [table, select] = [cell.operand('A'), cell.operand('S')];
  let entries: Vector[] = [];
  for (let offset = 0; offset < table.width; offset += resultWidth)
    entries.push(slice(graph, table, offset, resultWidth));
  for (let bit = 0; bit < select.width; bit++) {
    const half: Vector[] = [];
    for (let index = 0; index + 1 < entries.length; index += 2) {
      const [even, odd] = [entries[index], entries[index + 1]];
      if (even && odd) half.push(choose(graph, bitAt(graph, select, bit), odd, even));
    }
    entries = half;
  }
  return entries[0];
};

const demux: CellLowering = (cell) => {
  const { graph, resultWidth } = cell;
  const [value, select] = [cell.operand('A'), cell.operand('S')];
  const parts: Part[] = [];
  for (let index = 0; index * value.width < resultWidth; index++) {
    const wanted = select.words.map((word, k) =>
      graph.binary('eq', word, graph.constant(graph.widthOf(word), BigInt(index) >> BigInt(64 * k))),
    );
    const isChosen = wanted.reduce((a, b) => graph.binary('and', a, b), graph.constant(1, 1n));
    const masked = {
      width: value.width,
      words: value.words.map((word) => graph.binary('and', word, graph.fill(isChosen, graph.widthOf(word)))),
    };
    parts.push(...partsOf(graph, masked, { offset: 0, width: value.width, at: index * value.width }));
  }
  return assemble(graph, resultWidth, parts);
};

const bitwiseMux: CellLowering = (cell) => {
  const { graph } = cell;
  const [a, b, s] = [cell.operand('A'), cell.operand('B'), cell.operand('S')];
  const fromB = zip(b, s, (x, y) => graph.binary('and', x, y));
  const fromA = zip(a, s, (x, y) => graph.binary('and', x, graph.not(y)));
  return zip(fromA, fromB, (x, y) => graph.binary('or', x, y));
};

export const SELECT_CELLS: Readonly<Record<string, CellLowering>> = {
  $mux: mux,
  $pmux: parallelMux,
  $bmux: binaryMux,
  $demux: demux,
  $bwmux: bitwiseMux,
};
