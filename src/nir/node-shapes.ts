/** What single nodes say about the shapes of what they take and make. */
import { arrayOf, countOf, type NirArray, type NirNode } from './graph.js';
import { shapeText, type Shape } from './shape.js';

/** Shapes that follow from the node alone; undefined where they depend on what arrives. */
export function ownShapes(node: NirNode): { readonly takes: Shape; readonly makes: Shape } | undefined {
  switch (node.type) {
    case 'Input':
    case 'Output':
      return same(sizesOf(node, 'shape'));
    case 'Affine':
    case 'Linear': {
      const shape = arrayOf(node, 'weight')?.shape ?? [];
      return { takes: [...shape.slice(0, -2), shape.at(-1) ?? 0], makes: shape.slice(0, -1) };
    }
    case 'Conv1d':
    case 'Conv2d':
      return convolutionShapes(node);
    case 'SumPool2d':
    case 'AvgPool2d':
      return undefined;
    case 'Flatten':
      return known(node, sizesOf(node, 'input_type'));
    default:
      return same(parameterShape(node));
  }
}

function convolutionShapes(node: NirNode) {
  const [sizes, weight] = [sizesOf(node, 'input_shape'), arrayOf(node, 'weight')];
  return known(node, sizes.length === 0 ? [] : [(weight?.shape[1] ?? 0) * groupsOf(node), ...sizes]);
}

/** Shapes where the node says what it takes. */
function known(node: NirNode, takes: Shape) {
  const makes = takes.length === 0 ? '' : shapeBehind(node, takes);
  return typeof makes === 'string' ? undefined : { takes, makes };
}

function same(shape: Shape) {
  return { takes: shape, makes: shape };
}

/** All parameters of a neuron have one shape once they are repaired. */
function parameterShape({ fields }: NirNode): Shape {
  const [field] = Object.values(fields);
  return typeof field === 'object' ? field.shape : [];
}

/** Whole numbers of a field; none where it is absent. */
export function sizesOf(node: NirNode, field: string): readonly number[] {
  return [...(arrayOf(node, field)?.values ?? [])];
}

/** Groups of a convolution. */
export function groupsOf(node: NirNode): number {
  return arrayOf(node, 'groups')?.values[0] ?? 1;
}

/** The shape behind `node` where `arriving` comes, or in words why there is none. */
export function shapeBehind(node: NirNode, arriving: Shape): Shape | string {
  switch (node.type) {
    case 'Conv1d':
    case 'Conv2d':
      return behindConvolution(node, arriving);
    case 'SumPool2d':
    case 'AvgPool2d':
      return behindPool(node, arriving);
    case 'Flatten':
      return behindFlatten(node, arriving);
    default:
      return arriving;
  }
}

/** A window over the axes of space, one entry an axis. */
export interface WindowSizes {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  /** Zeros before and behind the axis. */
  readonly padding: readonly (readonly [before: number, behind: number])[];
  readonly dilation: readonly number[];
}

/** The window of a convolution or pooling; in words why there is none. */
export function windowOf(node: NirNode): WindowSizes | string {
  const axes = node.type === 'Conv1d' ? 1 : 2;
  const kernel = node.type.startsWith('Conv')
    ? (arrayOf(node, 'weight')?.shape.slice(2) ?? [])
    : perAxis(arrayOf(node, 'kernel_size'), axes);
  const stride = perAxis(arrayOf(node, 'stride'), axes);
  const dilation = node.type.startsWith('Conv')
    ? perAxis(arrayOf(node, 'dilation'), axes)
    : Array<number>(axes).fill(1);
  if (!kernel || !stride || !dilation) return `its sizes have another number of axes than ${axes}`;
  if ([...kernel, ...stride, ...dilation].some((size) => size < 1)) return 'its window, stride or dilation is below 1';
  const padding = paddingOf(node, { kernel, dilation, axes });
  if (!padding) return `its padding has another number of axes than ${axes}, or is negative`;
  if (node.fields['padding'] === 'same' && stride.some((step) => step !== 1))
    return 'a padding `same` needs a stride of 1';
  return { kernel, stride, padding, dilation };
}

/** One size for every axis; undefined where there is another number of them. */
function perAxis(sizes: NirArray | undefined, axes: number): readonly number[] | undefined {
  const values = [...(sizes?.values ?? [])];
  if (values.length === 1) return Array<number>(axes).fill(values[0] ?? 0);
  return values.length === axes ? values : undefined;
}

function paddingOf(
  node: NirNode,
  { kernel, dilation, axes }: Pick<WindowSizes, 'kernel' | 'dilation'> & { readonly axes: number },
): WindowSizes['padding'] | undefined {
  const padding = node.fields['padding'];
  if (padding === 'valid') return kernel.map(() => [0, 0]);
  if (padding === 'same') {
    // The odd one stands behind, as in PyTorch
    const all = kernel.map((size, axis) => (dilation[axis] ?? 1) * (size - 1));
    return all.map((zeros) => [Math.floor(zeros / 2), Math.ceil(zeros / 2)]);
  }
  const sizes = typeof padding === 'object' ? perAxis(padding, axes) : undefined;
  return sizes?.every((size) => size >= 0) ? sizes.map((size) => [size, size]) : undefined;
}

/** Positions of a window along each axis; in words why it does not fit. */
export function positionsOf(window: WindowSizes, sizes: readonly number[]): readonly number[] | string {
  const positions = window.kernel.map((width, axis) => {
    const [before, behind] = window.padding[axis] ?? [0, 0];
    const [step, dilation, size] = [window.stride[axis] ?? 1, window.dilation[axis] ?? 1, sizes[axis] ?? 0];
    return Math.floor((size + before + behind - dilation * (width - 1) - 1) / step) + 1;
  });
  if (positions.every((count) => count >= 1)) return positions;
  return `its window of ${shapeText(window.kernel)} is larger than what arrives, ${shapeText(sizes)}`;
}

function behindConvolution(node: NirNode, [channels = 0, ...sizes]: Shape): Shape | string {
  const [behind = 0, perGroup = 0] = arrayOf(node, 'weight')?.shape ?? [];
  const [groups, window] = [groupsOf(node), windowOf(node)];
  if (typeof window === 'string') return window;
  if (groups < 1 || behind % groups !== 0) return `its ${behind} channels do not divide into ${groups} groups`;
  if (arrayOf(node, 'bias')?.values.length !== behind)
    return `its bias is not one number for each of ${behind} channels`;
  if (sizes.length !== window.kernel.length || channels !== perGroup * groups) {
    return `it takes ${perGroup * groups} channels of ${window.kernel.length} axes, and ${shapeText([channels, ...sizes])} arrives`;
  }
  const positions = positionsOf(window, sizes);
  return typeof positions === 'string' ? positions : [behind, ...positions];
}

function behindPool(node: NirNode, [channels = 0, ...sizes]: Shape): Shape | string {
  const window = windowOf(node);
  if (typeof window === 'string') return window;
  if (sizes.length !== 2) return `it takes channels of 2 axes, and ${shapeText([channels, ...sizes])} arrives`;
  const positions = positionsOf(window, sizes);
  return typeof positions === 'string' ? positions : [channels, ...positions];
}

function behindFlatten(node: NirNode, arriving: Shape): Shape | string {
  const axis = (field: string) => {
    const at = sizesOf(node, field)[0] ?? 0;
    return at < 0 ? at + arriving.length : at;
  };
  const [start, end] = [axis('start_dim'), axis('end_dim')];
  if (start < 0 || end >= arriving.length) return `its axes are not those of what arrives, ${shapeText(arriving)}`;
  // Beginning behind the last axis, it changes nothing
  if (start > end) return arriving;
  return [...arriving.slice(0, start), countOf(arriving.slice(start, end + 1)), ...arriving.slice(end + 1)];
}
