/** Weights of NIR nodes as tables of the language: a row for each neuron before, a column for each behind. */
import { arrayOf, countOf, type NirNode } from './graph.js';
import { groupsOf, positionsOf, windowOf, type WindowSizes } from './node-shapes.js';
import type { NodeShapes } from './infer-shapes.js';
import type { PlannedSynapses, WeightTable } from './plan.js';

/** Pairs of one projection, at most: more would make files that nobody reads. */
export const MAX_PAIRS = 2 ** 22;

/** What a node of weights is between two populations; in words why it cannot be said. `bias` is told apart. */
export interface LinearMap {
  readonly synapses: PlannedSynapses;
  /** A number for each neuron behind, where it is not zero everywhere and not part of `synapses`. */
  readonly bias?: Float64Array;
  /** What the sum of the inputs of a neuron behind is to be multiplied with; 1 where absent. */
  readonly gain?: number;
}

/** The map of a node with weights; in words why there is none. Populations at both ends have the shapes of the node. */
export function linearMap(node: NirNode, shapes: NodeShapes): LinearMap | string {
  switch (node.type) {
    case 'Linear':
    case 'Affine':
      return matrixMap(node);
    case 'Scale':
      return scaleMap(node);
    case 'Conv1d':
    case 'Conv2d':
      return convolutionMap(node, shapes);
    case 'SumPool2d':
    case 'AvgPool2d':
      return poolMap(node, shapes);
    default:
      return 'it has no weights';
  }
}

function isSingle(node: NirNode): boolean {
  return Object.values(node.fields).every((field) => typeof field === 'string' || field.type !== 'float64');
}

function matrixMap(node: NirNode): LinearMap | string {
  const weight = arrayOf(node, 'weight');
  if (!weight) return 'it has no weights';
  const [rows = 0, columns = 0] = [weight.shape.at(-1), weight.shape.at(-2)];
  const blocks = countOf(weight.shape.slice(0, -2));
  const bias = nonZero(arrayOf(node, 'bias')?.values);
  if (blocks !== 1) return blockMap(node, { rows, columns, blocks });
  const values = new Float64Array((rows + (bias ? 1 : 0)) * columns);
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) values[row * columns + column] = weight.values[column * rows + row] ?? 0;
  }
  if (bias) values.set(bias, rows * columns);
  const weights = { rows: rows + (bias ? 1 : 0), columns, values, isSingle: isSingle(node) };
  return { synapses: { kind: bias ? 'dense' : 'all-to-all', weights } };
}

/** A matrix for each place along the leading axes: nothing connects two places. */
function blockMap(
  node: NirNode,
  { rows, columns, blocks }: { readonly rows: number; readonly columns: number; readonly blocks: number },
): LinearMap | string {
  const values = arrayOf(node, 'weight')?.values ?? new Float64Array();
  if (values.length > MAX_PAIRS) return `it has ${values.length} weights in ${blocks} matrices`;
  const pairs = new PairList();
  for (let block = 0; block < blocks; block++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const weight = values[(block * columns + column) * rows + row] ?? 0;
        pairs.add(block * rows + row, block * columns + column, weight);
      }
    }
  }
  const bias = nonZero(arrayOf(node, 'bias')?.values);
  return { synapses: pairs.synapses(isSingle(node)), ...(bias && { bias }) };
}

function scaleMap(node: NirNode): LinearMap {
  const values = arrayOf(node, 'scale')?.values ?? new Float64Array();
  const [weight = 0] = values;
  if (values.every((value) => value === weight)) return { synapses: { kind: 'one-to-one', weight } };
  const weights = { rows: values.length, columns: 1, values, isSingle: isSingle(node) };
  return { synapses: { kind: 'one-to-one-table', weights } };
}

function nonZero(values: Float64Array | undefined): Float64Array | undefined {
  return values?.some((value) => value !== 0) ? values : undefined;
}

// Windows

function convolutionMap(node: NirNode, shapes: NodeShapes): LinearMap | string {
  const [window, weight] = [windowOf(node), arrayOf(node, 'weight')];
  if (typeof window === 'string' || !weight) return typeof window === 'string' ? window : 'it has no weights';
  const bias = channelBias(node, shapes);
  const plain = groupsOf(node) === 1 ? plainWindow(window) : undefined;
  if (!plain) {
    const pairs = windowPairs(node, window, shapes);
    return typeof pairs === 'string' ? pairs : { synapses: pairs, ...(bias && { bias }) };
  }
  const [behind = 0, ...rest] = weight.shape;
  const rows = countOf(rest);
  const values = new Float64Array(rows * behind);
  for (let channel = 0; channel < behind; channel++) {
    for (let row = 0; row < rows; row++) values[row * behind + channel] = weight.values[channel * rows + row] ?? 0;
  }
  const weights: WeightTable = { rows, columns: behind, values, isSingle: isSingle(node) };
  return { synapses: { kind: 'convolution', ...plain, weights }, ...(bias && { bias }) };
}

/** The bias of its channel for every neuron behind. */
function channelBias(node: NirNode, { makes }: NodeShapes): Float64Array | undefined {
  const channels = nonZero(arrayOf(node, 'bias')?.values);
  const perChannel = countOf(makes.slice(1));
  const biasOf = (index: number): number => channels?.[Math.floor(index / perChannel)] ?? 0;
  return channels && Float64Array.from({ length: countOf(makes) }, (_, index) => biasOf(index));
}

/** Rows, columns, stride and padding of a window that the language has a clause for. */
function plainWindow({ kernel, stride, padding, dilation }: WindowSizes) {
  const [rows, columns] = kernel.length === 1 ? [1, kernel[0] ?? 1] : [kernel[0] ?? 1, kernel[1] ?? 1];
  const [step = 1, zeros = 0] = [stride.at(-1), padding.at(-1)?.[0]];
  const isEven = padding.every(([before, behind]) => before === zeros && behind === zeros);
  // Along the one row of a list, padding would make rows of zeros alone
  const isPlain =
    stride.every((each) => each === step) && (kernel.length > 1 ? isEven : isEven && zeros === 0 && step === 1);
  if (!isPlain || dilation.some((each) => each !== 1)) return undefined;
  return { rows, columns, stride: step, padding: zeros };
}

function poolMap(node: NirNode, shapes: NodeShapes): LinearMap | string {
  const window = windowOf(node);
  if (typeof window === 'string') return window;
  const plain = plainWindow(window);
  if (plain?.padding === 0) {
    const gain = node.type === 'SumPool2d' ? plain.rows * plain.columns : 1;
    return { synapses: { kind: 'pool', ...plain }, ...(gain !== 1 && { gain }) };
  }
  const pairs = windowPairs(node, window, shapes);
  return typeof pairs === 'string' ? pairs : { synapses: pairs };
}

/** All pairs of a window, wherever it stands, with their weights: what no clause of the language says. */
function windowPairs(node: NirNode, window: WindowSizes, { takes, makes }: NodeShapes): PlannedSynapses | string {
  const [sizes, isPool] = [takes.slice(1), !node.type.startsWith('Conv')];
  const positions = positionsOf(window, sizes);
  if (typeof positions === 'string') return positions;
  const groups = isPool ? (takes[0] ?? 1) : groupsOf(node);
  const [perGroup, behindGroup] = [(takes[0] ?? 0) / groups, (makes[0] ?? 0) / groups];
  const total = countOf(makes) * perGroup * countOf(window.kernel);
  if (total > MAX_PAIRS) return `it has ${total} pairs that would have to be listed, more than ${MAX_PAIRS}`;
  const weights = arrayOf(node, 'weight')?.values;
  const share = node.type === 'AvgPool2d' ? 1 / countOf(window.kernel) : 1;
  const places = windowPlaces(window, sizes, positions);
  const [elements, before, behind] = [countOf(window.kernel), countOf(sizes), countOf(positions)];
  const pairs = new PairList();
  for (let channel = 0; channel < groups * behindGroup; channel++) {
    const first = Math.floor(channel / behindGroup) * perGroup;
    for (const [at, place] of places.entries()) {
      if (place < 0) continue;
      const [position, element] = [Math.floor(at / elements), at % elements];
      for (let inner = 0; inner < perGroup; inner++) {
        const weight = weights ? (weights[(channel * perGroup + inner) * elements + element] ?? 0) : share;
        pairs.add((first + inner) * before + place, channel * behind + position, weight);
      }
    }
  }
  return pairs.synapses(isSingle(node));
}

/** For each position and each element of the window its place in one channel of what arrives; -1 in the padding. */
function windowPlaces(window: WindowSizes, sizes: readonly number[], positions: readonly number[]): Int32Array {
  const [elements, count] = [countOf(window.kernel), countOf(positions)];
  const places = new Int32Array(count * elements);
  for (let at = 0; at < places.length; at++) {
    const [position, element] = [Math.floor(at / elements), at % elements];
    let place = 0;
    let [positionStep, elementStep] = [count, elements];
    for (const [axis, size] of sizes.entries()) {
      positionStep /= positions[axis] ?? 1;
      elementStep /= window.kernel[axis] ?? 1;
      const start = (Math.floor(position / positionStep) % (positions[axis] ?? 1)) * (window.stride[axis] ?? 1);
      const offset = (Math.floor(element / elementStep) % (window.kernel[axis] ?? 1)) * (window.dilation[axis] ?? 1);
      const index = start + offset - (window.padding[axis]?.[0] ?? 0);
      place = place < 0 || index < 0 || index >= size ? -1 : place * size + index;
    }
    places[at] = place;
  }
  return places;
}

/** Pairs in the order in which they are added. */
class PairList {
  readonly #pre: number[] = [];
  readonly #post: number[] = [];
  readonly #weights: number[] = [];

  add(pre: number, post: number, weight: number): void {
    this.#pre.push(pre);
    this.#post.push(post);
    this.#weights.push(weight);
  }

  synapses(single: boolean): PlannedSynapses {
    const values = Float64Array.from(this.#weights);
    const weights = { rows: values.length, columns: 1, values, isSingle: single };
    return { kind: 'pairs', pre: Uint32Array.from(this.#pre), post: Uint32Array.from(this.#post), weights };
  }
}
