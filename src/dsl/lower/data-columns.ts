/** Which columns of a table are features, and how large a sample is. */
import type { DataHeader } from '../../data/data-header.js';
import type { Span } from '../../core/span.js';
import type { DataSet } from '../../ir/study.js';
import { FEATURE_ENCODINGS, type FeaturesClause } from '../syntax/data.js';
import type { TextLiteral } from '../syntax/nodes.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkWord } from '../check/check-clauses.js';
import { checkInteger } from '../check/check-constant.js';
import type { CheckContext } from '../check/scope.js';

/** A data file as far as it is known. */
export interface Table {
  /** Of the data set. */
  readonly name: string;
  readonly file: TextLiteral;
  readonly format: DataSet['format'];
  readonly header: DataHeader;
}

/** The feature columns, both ends included; undefined after reporting. */
export function lowerFeatures(
  { columns, encoding, span }: FeaturesClause,
  { table, maxColumn }: { readonly table: Table; readonly maxColumn: number },
  context: CheckContext,
): DataSet['features'] {
  const { diagnostics } = context;
  const limits = { what: 'column', min: 0, max: maxColumn };
  const firstColumn = checkInteger(columns.low, limits, context);
  const lastColumn = checkInteger(columns.high, limits, context);
  const known = FEATURE_ENCODINGS;
  const word = encoding ? checkWord(encoding, { what: 'encoding', known }, diagnostics) : 'number';
  const fault = columnFault({ firstColumn, lastColumn }, table);
  if (fault !== undefined) diagnostics.report(DSL_CATALOGUE, 'data-shape', { text: fault }, { span });
  return word && fault === undefined ? { firstColumn, lastColumn, encoding: word } : undefined;
}

function columnFault(
  { firstColumn, lastColumn }: { readonly firstColumn: number; readonly lastColumn: number },
  { file, format, header: { columns } }: Table,
): string | undefined {
  if (format !== 'csv') return `\`${file.value}\` has no columns`;
  if (firstColumn > lastColumn)
    return `columns run from ${firstColumn} to ${lastColumn}: the first must be the smaller one`;
  if (columns === undefined || !(lastColumn >= columns)) return undefined;
  return `\`${file.value}\` has ${columns} columns, counted from 0, and none of number ${lastColumn}`;
}

/** What decides how large a sample is. */
export interface SampleChoices {
  readonly table: Table;
  readonly labels: DataSet['labels'];
  readonly features: DataSet['features'];
  readonly padding: number;
  /** Of `pad`. */
  readonly span: Span | undefined;
}

/** Sizes of one sample; undefined where only the whole file tells, and after reporting. */
export function sampleShape(choices: SampleChoices, { diagnostics }: CheckContext): readonly number[] | undefined {
  const { table, padding, span } = choices;
  const shape = table.format === 'csv' ? featureCount(choices) : table.header.shape;
  if (padding === 0) return shape;
  const isGrid = table.format !== 'csv' && (shape === undefined || shape.length === 2);
  if (isGrid) return shape?.map((side) => side + 2 * padding);
  const text = `samples of \`${table.name}\` are no pictures that could be padded`;
  diagnostics.report(DSL_CATALOGUE, 'data-shape', { text }, { span });
  return undefined;
}

/** One-hot columns have as many features as values, which only the whole file tells. */
function featureCount({ table, labels, features }: SampleChoices): readonly number[] | undefined {
  if (features) return features.encoding === 'number' ? [features.lastColumn - features.firstColumn + 1] : undefined;
  const { columns } = table.header;
  if (columns === undefined) return undefined;
  return [columns - (labels?.kind === 'column' ? 1 : 0)];
}
