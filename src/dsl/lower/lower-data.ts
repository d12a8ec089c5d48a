/** A `data` declaration: what its files hold as far as their heads say it. Samples are read when an experiment runs. */
import { HEAD_BYTES, dataFormatOf, readDataHeader, type DataHeader } from '../../data/data-header.js';
import type { DataSet, GameData } from '../../ir/study.js';
import { formatPercent } from '../../units/format-quantity.js';
import type { DataClause, DataItem, LabelsClause, SplitClause } from '../syntax/data.js';
import type { ExpressionNode, TextLiteral } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { ClauseFinder, reportDuplicates, type Owner } from '../check/check-clauses.js';
import { checkInteger, checkSigned } from '../check/check-constant.js';
import { DIMENSION } from '../check/dimensions.js';
import { lowerGame } from './lower-game.js';
import { lowerFeatures, sampleShape, type Table } from './data-columns.js';
import type { ImageContext } from './lower-images.js';
import { MAX_SEED } from './lower-seeds.js';

/** Columns of a table, and pixels of padding, at most. */
const MAX_COLUMNS = 65_536;
const MAX_PADDING = 4096;

/** Rounding that shares may suffer, for example three times a third. */
const ROUNDING = 1e-9;

/** A file with what its head says; nothing where it is missing. */
interface DataFile {
  readonly path: string;
  readonly format: DataSet['format'];
  readonly header: DataHeader;
}

/** The data set, or the game; undefined after reporting. */
export function lowerData(item: DataItem, context: ImageContext): DataSet | GameData | undefined {
  const { diagnostics } = context;
  const owner: Owner = { description: `data \`${item.name.name}\``, name: item.name };
  const finder = new ClauseFinder<DataClause>(owner, item.body.clauses, diagnostics);
  const environment = finder.optional('environment', 'environment');
  if (environment) return lowerGame(item, environment, context);
  const from = finder.required('data-from', 'from');
  const labels = finder.optional('labels', 'labels');
  const features = finder.optional('features', 'features');
  const scale = finder.optional('scale', 'scale');
  const pad = finder.optional('pad', 'pad');
  const split = finder.optional('split', 'split');
  const file = from && openData(from.file, context);
  const parts = split ? lowerSplit(split, context) : { splits: [] };
  if (!file) return undefined;
  const table: Table = { name: item.name.name, file: from.file, format: file.format, header: file.header };
  const source = labels && lowerLabels(labels, table, context);
  const columns = features && lowerFeatures(features, { table, maxColumn: MAX_COLUMNS - 1 }, context);
  const pixels = { what: 'padding', min: 0, max: MAX_PADDING };
  const padding = pad ? checkInteger(pad.pixels, pixels, context) : 0;
  const shape = sampleShape({ table, labels: source, features: columns, padding, span: pad?.span }, context);
  return {
    name: item.name.name,
    origin: item.span,
    file: file.path,
    format: file.format,
    ...(source && { labels: source }),
    ...(columns && { features: columns }),
    samples: { ...(file.header.count !== undefined && { count: file.header.count }), ...(shape && { shape }) },
    padding,
    scale: scale ? lowerScale(scale.factor, context) : 1,
    ...parts,
  };
}

function lowerScale(node: ExpressionNode, context: ImageContext): number {
  const expected = { what: 'scale', dimension: DIMENSION.none, sign: 'positive', symbol: '1' } as const;
  return checkSigned(node, expected, context);
}

/** The head of a data file; undefined after reporting. A file that is missing is known by its name only. */
export function openData(
  { value, span }: TextLiteral,
  { host, file, diagnostics }: ImageContext,
): DataFile | undefined {
  const format = dataFormatOf(value);
  if (!format) {
    diagnostics.report(DSL_CATALOGUE, 'data-format', { path: value }, { span });
    return undefined;
  }
  const path = host.resolve(file, value);
  const head = host.readHead(path, HEAD_BYTES);
  if (!(head instanceof Uint8Array)) {
    if (head.reason === 'missing') {
      diagnostics.report(DSL_CATALOGUE, 'data-missing', { path: value }, { span });
      return { path, format, header: { kind: 'header' } };
    }
    diagnostics.report(DSL_CATALOGUE, 'data-malformed', { path: value, reason: head.text }, { span });
    return undefined;
  }
  const header = readDataHeader(format, head);
  if (header.kind === 'header') return { path, format, header };
  diagnostics.report(DSL_CATALOGUE, 'data-malformed', { path: value, reason: header.reason }, { span });
  return undefined;
}

function lowerLabels({ source }: LabelsClause, table: Table, context: ImageContext): DataSet['labels'] {
  if (source.kind === 'file') return lowerLabelFile(source.file, table, context);
  const limits = { what: 'column of the labels', min: 0, max: MAX_COLUMNS - 1 };
  const column = checkInteger(source.column, limits, context);
  const { columns } = table.header;
  if (table.format !== 'csv') {
    const text = `\`${table.file.value}\` has no columns`;
    context.diagnostics.report(DSL_CATALOGUE, 'data-shape', { text }, { span: source.span });
  } else if (columns !== undefined && column >= columns) {
    const text = `\`${table.file.value}\` has ${columns} columns, counted from 0, and none of number ${column}`;
    context.diagnostics.report(DSL_CATALOGUE, 'data-shape', { text }, { span: source.span });
  }
  return { kind: 'column', column };
}

function lowerLabelFile(file: TextLiteral, { name, header }: Table, context: ImageContext): DataSet['labels'] {
  const labels = openData(file, context);
  if (!labels) return undefined;
  const { count, shape = [] } = labels.header;
  const samples = header.count;
  if (shape.length > 0) {
    const text = `a label of \`${file.value}\` is no single number but ${shape.join(' x ')} of them`;
    context.diagnostics.report(DSL_CATALOGUE, 'data-shape', { text }, { span: file.span });
  } else if (count !== undefined && samples !== undefined && count !== samples) {
    const text = `\`${file.value}\` has ${count} labels for the ${samples} samples of \`${name}\``;
    context.diagnostics.report(DSL_CATALOGUE, 'data-shape', { text }, { span: file.span });
  }
  return { kind: 'file', file: labels.path };
}

function lowerSplit({ shares, seed, span }: SplitClause, context: ImageContext): Pick<DataSet, 'splits' | 'seed'> {
  reportDuplicates(
    shares.map(({ name }) => name),
    context.diagnostics,
  );
  const splits = shares.map(({ name, share }) => {
    const expected = { what: `share of \`${name.name}\``, dimension: DIMENSION.none } as const;
    return { name: name.name, share: checkSigned(share, { ...expected, sign: 'positive', symbol: '1' }, context) };
  });
  const sum = splits.reduce((total, { share }) => total + share, 0);
  if (sum > 1 + ROUNDING) {
    const params = {
      what: 'sum of the shares',
      expected: 'at most 100 %',
      found: formatPercent(sum, 6),
    };
    context.diagnostics.report(DSL_CATALOGUE, 'out-of-range', params, { span });
  }
  const limits = { what: 'seed of the split', min: 0, max: MAX_SEED };
  return { splits, ...(seed && { seed: checkInteger(seed, limits, context) }) };
}
