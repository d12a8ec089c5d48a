/** The pictures of a `from` as conductances to reach, every pixel inside the window. */
import type { FileHost } from '../../core/file-host.js';
import type { Span } from '../../core/span.js';
import { decodeImage, type GreyImage } from '../../data/image.js';
import type { ImageTarget } from '../../ir/network.js';
import { describeDimension } from '../../units/describe-dimension.js';
import { isSameDimension } from '../../units/dimension.js';
import { quantityText } from '../check/quantity-text.js';
import { unitScale, type Unit } from '../../units/unit.js';
import type { ImageNode } from '../syntax/shared.js';
import { printExpression } from '../print/print-expression.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkInteger } from '../check/check-constant.js';
import { checkUnit } from '../check/check-unit.js';
import { DIMENSION } from '../check/dimensions.js';
import { lookUp, nearestInReach, type CheckContext } from '../check/scope.js';

/** Bytes of one image file, at most. */
const MAX_IMAGE_BYTES = 256 * 2 ** 20;

/** Images of one IDX file, at most: its header counts them in 32 bits. */
const MAX_INDEX = 2 ** 32 - 1;

/** Rounding that a decimal number in a file may suffer, as a fraction of the window. */
const ROUNDING = 1e-9;

/** What reading images needs beside names. */
export interface ImageContext extends CheckContext {
  readonly host: FileHost;
  /** File of the program or experiment, to which paths are relative. */
  readonly file: string;
}

/** The range of conductances that a program writes. */
export interface TargetWindow {
  readonly low: number;
  readonly high: number;
}

/** Reads and scales the pictures; those that cannot be used are reported and left out. */
export function lowerImages(images: readonly ImageNode[], window: TargetWindow, context: ImageContext): ImageTarget[] {
  return images.flatMap((image) => lowerImage(image, window, context) ?? []);
}

function lowerImage(node: ImageNode, window: TargetWindow, context: ImageContext): ImageTarget | undefined {
  const file = fileOf(node, context);
  const index =
    node.index && checkInteger(node.index, { what: 'number of the image', min: 0, max: MAX_INDEX }, context);
  const unit = node.unit && checkConductanceUnit(node, context);
  if (!file || Number.isNaN(index) || (node.unit && !unit)) return undefined;
  const image = readImage(file, { index, span: node.span }, context);
  if (!image) return undefined;
  if (unit && image.scale === 'grey') {
    context.diagnostics.report(DSL_CATALOGUE, 'unit-on-grey-image', { path: file.name }, { span: node.unit?.span });
    return undefined;
  }
  const scaled = unit ? inUnit(image, unit) : onWindow(image, window);
  reportOutside(image, { siemens: scaled, window, span: node.span }, context);
  const { rows, columns } = image;
  const name = index === undefined ? file.name : `${file.name} at ${index}`;
  // A number that is outside by rounding alone is put on the edge.
  const siemens = Array.from(scaled, (value) => Math.min(window.high, Math.max(window.low, value)));
  return { name, rows, columns, siemens, origin: node.span };
}

interface ImageFile {
  /** As written, for messages and reports. */
  readonly name: string;
  readonly path: string;
}

function fileOf({ file }: ImageNode, { scope, host, file: source, diagnostics }: ImageContext): ImageFile | undefined {
  if (file.kind === 'text') return { name: file.value, path: host.resolve(source, file.value) };
  if (file.kind !== 'reference') {
    diagnostics.report(DSL_CATALOGUE, 'text-expected', { name: printExpression(file) }, { span: file.span });
    return undefined;
  }
  const { name, span } = file;
  const binding = lookUp(scope, name);
  if (binding?.kind === 'text') {
    return {
      name: binding.text,
      path: binding.base === undefined ? binding.text : host.resolve(binding.base, binding.text),
    };
  }
  if (binding) {
    // Poison has been reported where the parameter is declared.
    if (binding.kind === 'function' || binding.type.kind !== 'error')
      diagnostics.report(DSL_CATALOGUE, 'text-expected', { name }, { span });
    return undefined;
  }
  const nearest = nearestInReach(scope, name);
  const hint = `the name of a file is a text: "${name}"`;
  diagnostics.report(DSL_CATALOGUE, 'unknown-name', { what: 'parameter', name, nearest, hint }, { span });
  return undefined;
}

function checkConductanceUnit({ unit: name }: ImageNode, context: ImageContext): Unit | undefined {
  const unit = name && checkUnit(name, context);
  if (!unit || isSameDimension(unit.dimension, DIMENSION.conductance)) return unit;
  const found = describeDimension(unit.dimension);
  const params = { what: 'unit of the image', expected: describeDimension(DIMENSION.conductance), found };
  context.diagnostics.report(DSL_CATALOGUE, 'unexpected-dimension', params, { span: name.span });
  return undefined;
}

function readImage(
  { name, path }: ImageFile,
  { index, span }: { readonly index: number | undefined; readonly span: Span },
  { host, diagnostics }: ImageContext,
): GreyImage | undefined {
  const bytes = host.readBytes(path, MAX_IMAGE_BYTES);
  if (!(bytes instanceof Uint8Array)) {
    diagnostics.report(DSL_CATALOGUE, 'image-unreadable', { path: name, reason: bytes.text }, { span });
    return undefined;
  }
  const image = decodeImage(path, bytes, index);
  if (image.kind === 'image') return image;
  diagnostics.report(DSL_CATALOGUE, 'image-malformed', { path: name, reason: image.reason }, { span });
  return undefined;
}

function inUnit({ values }: GreyImage, unit: Unit): Float64Array {
  const scale = unitScale(unit);
  return values.map((value) => value * scale);
}

/** Black (0) is the low end of the window, white (1) the high end. */
function onWindow({ values }: GreyImage, { low, high }: TargetWindow): Float64Array {
  return values.map((grey) => low + grey * (high - low));
}

interface ScaledImage {
  readonly siemens: Float64Array;
  readonly window: TargetWindow;
  readonly span: Span;
}

function reportOutside(
  { columns }: GreyImage,
  { siemens, window, span }: ScaledImage,
  { diagnostics }: ImageContext,
): void {
  const { low, high } = window;
  const slack = ROUNDING * (high - low);
  const isOutside = (value: number) => value < low - slack || value > high + slack || Number.isNaN(value);
  const first = siemens.findIndex(isOutside);
  if (first < 0) return;
  const [found = '', lowText = '', highText = ''] = [siemens[first] ?? NaN, low, high].map((value) =>
    quantityText(value, 'S'),
  );
  const params = {
    row: Math.floor(first / columns) + 1,
    column: (first % columns) + 1,
    found,
    low: lowText,
    high: highText,
    others: siemens.filter(isOutside).length - 1,
  };
  diagnostics.report(DSL_CATALOGUE, 'target-outside-window', params, { span });
}
