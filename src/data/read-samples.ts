/** Whole data files as samples: what `data` of the language means. Without Node, so that harnesses can use it anywhere. */
import type { Samples } from '../core/samples.js';
import { dataFault, type DataFault } from './data-fault.js';
import { readIdxValues, type IdxValues } from './idx-values.js';
import { classesOf, labelWords, tableSamples } from './table-samples.js';

/** What is read and how; data sets of the IR are of this kind. */
export interface SampleFiles {
  readonly file: string;
  readonly format: 'csv' | 'idx' | 'png' | 'nir';
  readonly labels?:
    { readonly kind: 'file'; readonly file: string } | { readonly kind: 'column'; readonly column: number };
  readonly features?: {
    readonly firstColumn: number;
    readonly lastColumn: number;
    readonly encoding: 'number' | 'oneHot' | 'ordinal' | 'sequence';
  };
  readonly padding: number;
  readonly scale: number;
}

/** A fault with the file that it is in. */
export interface SampleFault extends DataFault {
  readonly file: string;
}

/** The files that samples are made of. */
export function filesOf({ file, labels }: SampleFiles): readonly string[] {
  return labels?.kind === 'file' ? [file, labels.file] : [file];
}

/**
 * The samples of a data set; a fault where a file is not what it should be.
 * @param bytesOf  the bytes of a file, unpacked
 */
export function readSamples(files: SampleFiles, bytesOf: (file: string) => Uint8Array): Samples | SampleFault {
  const samples = readFeatures(files, bytesOf(files.file));
  if ('kind' in samples) return { ...samples, file: files.file };
  if (samples.count === 0) return { ...dataFault('it has no samples'), file: files.file };
  if (files.labels?.kind !== 'file') return samples;
  const { file } = files.labels;
  const labels = readLabels(bytesOf(file));
  if ('kind' in labels) return { ...labels, file };
  const found = labels.labels.length;
  if (found === samples.count) return { ...samples, ...labels };
  return { ...dataFault(`it has ${found} labels for the ${samples.count} samples of \`${files.file}\``), file };
}

function readFeatures(files: SampleFiles, bytes: Uint8Array): Samples | DataFault {
  const { format, labels, features, scale, padding } = files;
  switch (format) {
    case 'csv': {
      const column = labels?.kind === 'column' ? { label: labels.column } : {};
      return tableSamples(bytes, { ...column, ...(features && { features }), scale });
    }
    case 'idx': {
      const values = readIdxValues(bytes);
      return values.kind === 'idx' ? idxSamples(values, scale, padding) : values;
    }
    default:
      return dataFault(`samples are read from IDX and CSV, not from ${format.toUpperCase()}`);
  }
}

function idxSamples({ count, shape, at }: IdxValues, scale: number, padding: number): Samples | DataFault {
  const size = shape.reduce((product, side) => product * side, 1);
  if (padding === 0) {
    const features = new Float32Array(count * size);
    for (let index = 0; index < features.length; index++) features[index] = at(index) * scale;
    return { count, shape: shape.length === 0 ? [1] : shape, features, classes: [] };
  }
  const [rows = 0, columns = 0] = shape;
  if (shape.length !== 2) return dataFault('its samples are no pictures that could be padded');
  const padded = [rows + 2 * padding, columns + 2 * padding] as const;
  const features = new Float32Array(count * padded[0] * padded[1]);
  for (let index = 0; index < count * size; index++) {
    const column = index % columns;
    const line = (index - column) / columns;
    const row = line % rows;
    const sample = (line - row) / rows;
    features[(sample * padded[0] + row + padding) * padded[1] + column + padding] = at(index) * scale;
  }
  return { count, shape: padded, features, classes: [] };
}

type Labels = Required<Pick<Samples, 'labels' | 'classes'>>;

/** Labels of an IDX file are the numbers of the classes themselves; those of a table are words. */
function readLabels(bytes: Uint8Array): Labels | DataFault {
  const isIdx = bytes[0] === 0 && bytes[1] === 0;
  if (!isIdx) {
    const words = labelWords(bytes);
    return 'kind' in words ? words : classesOf(words);
  }
  const values = readIdxValues(bytes);
  if (values.kind !== 'idx') return values;
  const { count, shape, at } = values;
  if (shape.length > 0) return dataFault(`a label is one number, not ${shape.join(' x ')} of them`);
  const labels = new Int32Array(count);
  let most = -1;
  for (let index = 0; index < count; index++) {
    const label = at(index);
    if (!Number.isInteger(label) || label < 0 || label > MAX_LABEL) {
      return dataFault(`label ${index} (from 0) is ${label}; labels are whole numbers from 0 to ${MAX_LABEL}`);
    }
    labels[index] = label;
    most = Math.max(most, label);
  }
  return { labels, classes: Array.from({ length: most + 1 }, (_, label) => String(label)) };
}

/** Classes are counted from 0; more than this is no label. */
const MAX_LABEL = 65_535;
