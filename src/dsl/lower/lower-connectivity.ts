/** Which pairs of neurons a projection connects; regular connectivity stays a rule whatever its size. */
import { readIndexPairs } from '../../data/index-pairs.js';
import type { Connectivity } from '../../ir/graph.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkCondition } from '../check/check-condition.js';
import { checkConstant, checkInteger } from '../check/check-constant.js';
import { DIMENSION } from '../check/dimensions.js';
import { quantityText } from '../check/quantity-text.js';
import type { Scope } from '../check/scope.js';
import { isSameShape, layersOf, positionsOf, shapeText, sizeOf, type MovingWindow } from '../network/grid.js';
import type { ExpressionNode } from '../syntax/nodes.js';
import type { ConnectivityNode, ProjectionClause } from '../syntax/network.js';
import { MAX_SEED } from './lower-seeds.js';
import type { WiringContext } from './network-parts.js';
import type { Place } from './resolve-place.js';

/** The two ends of a projection. */
export interface Ends {
  readonly from: Place;
  readonly to: Place;
}

/** A projection whose ends are resolved. */
export interface PlacedProjection extends Ends {
  readonly clause: ProjectionClause;
  /** What conditions, delays and weights see. */
  readonly pairs: Scope;
}

type NodeOfKind<Kind extends ConnectivityNode['kind']> = Extract<ConnectivityNode, { readonly kind: Kind }>;

/** Bytes of a file of pairs, at most. */
const MAX_PAIRS_BYTES = 256 * 2 ** 20;

/** The connectivity; undefined after reporting. */
export function lowerConnectivity(placed: PlacedProjection, context: WiringContext): Connectivity | undefined {
  const node = placed.clause.connectivity;
  const constants = { ...context, scope: context.fixed };
  switch (node.kind) {
    case 'all-to-all':
    case 'dense':
      return { kind: node.kind };
    case 'one-to-one':
      return lowerOneToOne(placed, context);
    case 'where': {
      const condition = checkCondition(node.condition, 'what stands after `where`', {
        ...context,
        scope: placed.pairs,
      });
      return condition && { kind: 'where', condition };
    }
    case 'probability':
      return lowerProbability(node, constants);
    case 'in-degree':
      return {
        kind: 'in-degree',
        degree: checkInteger(node.degree, { what: 'in-degree', min: 1, max: sizeOf(placed.from.shape) }, constants),
        seed: lowerSeed(node.seed, constants),
      };
    case 'pairs-file':
      return lowerPairs(node, placed, context);
    case 'convolution':
      return lowerConvolution(node, placed, constants);
    case 'pooling':
      return lowerPooling(node, placed, constants);
  }
}

/** A seed of random numbers; NaN after reporting. */
export function lowerSeed(node: ExpressionNode, context: WiringContext): number {
  return checkInteger(node, { what: 'seed', min: 0, max: MAX_SEED }, context);
}

function lowerOneToOne({ clause, from, to }: PlacedProjection, context: WiringContext): Connectivity | undefined {
  const [before, behind] = [sizeOf(from.shape), sizeOf(to.shape)];
  if (before === behind) return { kind: 'one-to-one' };
  const reason = `${before} neurons before, ${behind} behind`;
  return reportSizes({ what: '`one-to-one`', reason }, { clause, from, to }, context);
}

function lowerProbability(node: NodeOfKind<'probability'>, context: WiringContext): Connectivity {
  const what = 'probability';
  const probability = checkConstant(node.probability, { what, dimension: DIMENSION.none }, context);
  if (probability < 0 || probability > 1) {
    const params = { what, expected: 'from 0 to 1', found: quantityText(probability, '1') };
    context.diagnostics.report(DSL_CATALOGUE, 'out-of-range', params, { span: node.probability.span });
  }
  return { kind: 'probability', probability, seed: lowerSeed(node.seed, context) };
}

function lowerPairs(
  { file }: NodeOfKind<'pairs-file'>,
  { from, to }: Ends,
  { host, file: source, diagnostics }: WiringContext,
): Connectivity | undefined {
  const bytes = host.readBytes(host.resolve(source, file.value), MAX_PAIRS_BYTES);
  const fault = (line: number, reason: string): undefined => {
    diagnostics.report(DSL_CATALOGUE, 'pairs-file', { path: file.value, line, reason }, { span: file.span });
    return undefined;
  };
  if (!(bytes instanceof Uint8Array)) return fault(0, bytes.text);
  const pairs = readIndexPairs(bytes, { preSize: sizeOf(from.shape), postSize: sizeOf(to.shape) });
  return pairs.kind === 'pairs' ? { kind: 'list', pre: pairs.pre, post: pairs.post } : fault(pairs.line, pairs.reason);
}

// Windows

/** Side of a window and its step, at most. */
const MAX_WINDOW = 65_536;

function lowerConvolution(
  node: NodeOfKind<'convolution'>,
  placed: PlacedProjection,
  context: WiringContext,
): Connectivity | undefined {
  const padding = node.padding ? checkInteger(node.padding, { what: 'padding', min: 0, max: MAX_WINDOW }, context) : 0;
  const stride = node.stride ? checkInteger(node.stride, { what: 'stride', min: 1, max: MAX_WINDOW }, context) : 1;
  const window = { ...lowerWindow(node, context), stride, padding };
  return fits(window, { what: '`convolution`', keepsChannels: false, placed }, context)
    ? { kind: 'convolution', ...window }
    : undefined;
}

/** Windows of a pooling lie side by side where no stride is written. */
function lowerPooling(
  node: NodeOfKind<'pooling'>,
  placed: PlacedProjection,
  context: WiringContext,
): Connectivity | undefined {
  const { rows, columns } = lowerWindow(node, context);
  if (!node.stride && rows !== columns && !Number.isNaN(rows + columns)) {
    const params = { owner: `pooling of ${rows} x ${columns}`, clause: 'stride' };
    context.diagnostics.report(DSL_CATALOGUE, 'missing-clause', params, { span: node.span });
    return undefined;
  }
  const stride = node.stride ? checkInteger(node.stride, { what: 'stride', min: 1, max: MAX_WINDOW }, context) : rows;
  const window = { rows, columns, stride };
  return fits({ ...window, padding: 0 }, { what: '`pool`', keepsChannels: true, placed }, context)
    ? { kind: 'pooling', operation: node.operation, ...window }
    : undefined;
}

function lowerWindow(
  { rows, columns }: { readonly rows: ExpressionNode; readonly columns: ExpressionNode },
  context: WiringContext,
) {
  const limits = { min: 1, max: MAX_WINDOW };
  return {
    rows: checkInteger(rows, { what: 'rows of the window', ...limits }, context),
    columns: checkInteger(columns, { what: 'columns of the window', ...limits }, context),
  };
}

interface WindowUse {
  readonly what: string;
  readonly keepsChannels: boolean;
  readonly placed: PlacedProjection;
}

/** Whether the window maps the one grid to the other; reports where it does not. */
function fits(window: MovingWindow, { what, keepsChannels, placed }: WindowUse, context: WiringContext): boolean {
  if (Object.values(window).some(Number.isNaN)) return false;
  const [before, behind] = [layersOf(placed.from.shape), layersOf(placed.to.shape)];
  const report = (reason: string): boolean => {
    reportSizes({ what, reason }, placed, context);
    return false;
  };
  if (!before || !behind) return report('both must be grids, [rows, columns] or [channels, rows, columns]');
  const [rows, columns] = positionsOf(before, window);
  if (rows < 1 || columns < 1) {
    return report(`a window of ${window.rows} x ${window.columns} is larger than ${before.rows} x ${before.columns}`);
  }
  const channels = keepsChannels ? before.channels : behind.channels;
  const target = placed.to.shape.length === 2 && channels === 1 ? [rows, columns] : [channels, rows, columns];
  return isSameShape(target, placed.to.shape) || report(`it makes ${shapeText(target)}`);
}

function reportSizes(
  { what, reason }: { readonly what: string; readonly reason: string },
  { clause, from, to }: Ends & { readonly clause: ProjectionClause },
  { diagnostics }: WiringContext,
): undefined {
  const params = { what, from: shapeText(from.shape), to: shapeText(to.shape), reason };
  diagnostics.report(DSL_CATALOGUE, 'size-mismatch', params, { span: clause.connectivity.span });
  return undefined;
}
