/** Whole data files as samples, and how they are divided into parts. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Samples } from '../../../src/core/samples.js';
import { readSamples, type SampleFiles } from '../../../src/data/read-samples.js';
import { unpack } from '../../../src/data/unpack.js';
import { createDiskHost } from '../../../src/core/disk.js';
import { splitSamples } from '../../../src/ir/split-samples.js';
import { findTestData } from '../../support/test-data.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** An IDX file of the type with that code; `write` puts one number at an offset. */
function idx(
  [code, width, write]: readonly [number, number, (view: DataView, offset: number, value: number) => void],
  sizes: readonly number[],
  values: readonly number[],
): Uint8Array {
  const start = 4 + 4 * sizes.length;
  const bytes = new Uint8Array(start + width * values.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, code, sizes.length]);
  sizes.forEach((size, index) => {
    view.setUint32(4 + 4 * index, size);
  });
  values.forEach((value, index) => {
    write(view, start + width * index, value);
  });
  return bytes;
}
const U8 = [0x08, 1, (view: DataView, at: number, value: number) => { view.setUint8(at, value); }] as const; // prettier-ignore
const TYPES = {
  int8: [0x09, 1, (view: DataView, at: number, value: number) => { view.setInt8(at, value); }],
  int16: [0x0b, 2, (view: DataView, at: number, value: number) => { view.setInt16(at, value); }],
  int32: [0x0c, 4, (view: DataView, at: number, value: number) => { view.setInt32(at, value); }],
  float32: [0x0d, 4, (view: DataView, at: number, value: number) => { view.setFloat32(at, value); }],
  float64: [0x0e, 8, (view: DataView, at: number, value: number) => { view.setFloat64(at, value); }],
} as const; // prettier-ignore

const FILES: SampleFiles = { file: 'samples', format: 'idx', padding: 0, scale: 1 };
const TABLE: SampleFiles = { ...FILES, format: 'csv' };

function read(files: SampleFiles, contents: Readonly<Record<string, Uint8Array | string>>): Samples {
  const samples = readSamples(files, (file) => contentOf(contents[file]));
  if ('kind' in samples) throw new Error(samples.reason);
  return samples;
}
const contentOf = (content: Uint8Array | string | undefined) =>
  typeof content === 'string' ? bytesOf(content) : (content ?? new Uint8Array());

function faultOf(files: SampleFiles, contents: Readonly<Record<string, Uint8Array | string>>): string {
  const samples = readSamples(files, (file) => contentOf(contents[file]));
  return 'kind' in samples ? `${samples.file}: ${samples.reason}` : 'no fault';
}

describe('IDX', () => {
  const pictures = idx(U8, [2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 255]);

  it('reads pictures, scaled', () => {
    const samples = read({ ...FILES, scale: 0.5 }, { samples: pictures });
    expect(samples).toEqual({ count: 2, shape: [2, 2], features: Float32Array.of(0.5, 1, 1.5, 2, 2.5, 3, 3.5, 127.5), classes: [] }); // prettier-ignore
  });

  it('pads them on every side', () => {
    const { shape, features } = read({ ...FILES, padding: 1 }, { samples: pictures });
    expect(shape).toEqual([4, 4]);
    expect([...features.subarray(16)]).toEqual([0, 0, 0, 0, 0, 5, 6, 0, 0, 7, 255, 0, 0, 0, 0, 0]);
  });

  it.each(Object.entries(TYPES))('reads numbers of type %s', (_, type) => {
    expect([...read(FILES, { samples: idx(type, [3], [-3, 0, 100]) }).features]).toEqual([-3, 0, 100]);
  });

  it('reads labels as numbers of classes', () => {
    const files = { ...FILES, labels: { kind: 'file', file: 'labels' } } as const;
    const { labels, classes } = read(files, { samples: pictures, labels: idx(U8, [2], [3, 1]) });
    expect([labels, classes]).toEqual([Int32Array.of(3, 1), ['0', '1', '2', '3']]);
    expect(read(files, { samples: pictures, labels: 'b\na\n' })).toMatchObject({ labels: Int32Array.of(1, 0), classes: ['a', 'b'] }); // prettier-ignore
  });

  it.each<[string, SampleFiles, Readonly<Record<string, Uint8Array | string>>]>([
    ['samples: it has no IDX header', FILES, { samples: '1,2' }],
    ['samples: the IDX file is cut short: 2 x 2 x 2 numbers take 8 bytes, and it has 7', FILES, { samples: pictures.subarray(0, -1) }], // prettier-ignore
    ['samples: the IDX file is too long: 1 numbers take 1 bytes, and it has 2', FILES, { samples: Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 5, 5) }], // prettier-ignore
    ['samples: the IDX header is cut short', FILES, { samples: pictures.subarray(0, 6) }],
    ['samples: it has no samples', FILES, { samples: idx(U8, [0, 2], []) }],
    ['samples: its samples are no pictures that could be padded', { ...FILES, padding: 1 }, { samples: idx(U8, [2], [1, 2]) }], // prettier-ignore
    ['labels: it has 1 labels for the 2 samples of `samples`', { ...FILES, labels: { kind: 'file', file: 'labels' } }, { samples: pictures, labels: idx(U8, [1], [0]) }], // prettier-ignore
    ['labels: a label is one number, not 2 of them', { ...FILES, labels: { kind: 'file', file: 'labels' } }, { samples: pictures, labels: idx(U8, [2, 2], [0, 1, 2, 3]) }], // prettier-ignore
    ['labels: label 1 (from 0) is -1; labels are whole numbers from 0 to 65535', { ...FILES, labels: { kind: 'file', file: 'labels' } }, { samples: pictures, labels: idx(TYPES.int8, [2], [0, -1]) }], // prettier-ignore
    ['samples: samples are read from IDX and CSV, not from PNG', { ...FILES, format: 'png' }, { samples: '' }],
  ])('says: %s', (expected, files, contents) => {
    expect(faultOf(files, contents)).toBe(expected);
  });
});

describe('tables', () => {
  it('reads numbers below a heading, with the label in a column', () => {
    const text = 'long,wide,kind\r\n# a comment\r\n1, 2.5,iris\r\n\r\n3,-4e1,"a ""rose"", red"\r\n';
    const samples = read({ ...TABLE, labels: { kind: 'column', column: 2 }, scale: 2 }, { samples: text });
    expect(samples).toEqual({
      count: 2,
      shape: [2],
      features: Float32Array.of(2, 5, 6, -80),
      labels: Int32Array.of(1, 0),
      classes: ['a "rose", red', 'iris'],
    });
  });

  it('numbers classes in the order of numbers', () => {
    const text = '1;10\n2;9\n3;10\n';
    const { labels, classes } = read({ ...TABLE, labels: { kind: 'column', column: 1 } }, { samples: text });
    expect([classes, [...(labels ?? [])]]).toEqual([['9', '10'], [1, 0, 1]]); // prettier-ignore
  });

  it('gives words their place among those of their column, from 0 to the scale', () => {
    const features = { firstColumn: 1, lastColumn: 3, encoding: 'ordinal' } as const;
    const samples = read({ ...TABLE, scale: 2, features }, { samples: 'e,x,10,n\np,?,9,n\ne,a,11,n\n' });
    expect(samples.shape).toEqual([3]);
    expect([...samples.features]).toEqual([2, 1, 0, 0, 0, 0, 1, 2, 0]);
  });

  it('encodes words one-hot in their order; `?` is a word', () => {
    const features = { firstColumn: 1, lastColumn: 2, encoding: 'oneHot' } as const;
    const samples = read({ ...TABLE, labels: { kind: 'column', column: 0 }, features }, { samples: 'p,x,?\ne,b,b\np,x,b\n' }); // prettier-ignore
    // b x | ? b
    expect([samples.shape, [...samples.features]]).toEqual([[4], [0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1]]);
    expect(samples.classes).toEqual(['e', 'p']);
  });

  it('takes columns of a sequence for steps with the same words', () => {
    const features = { firstColumn: 0, lastColumn: 2, encoding: 'sequence' } as const;
    const labels = { kind: 'column', column: 3 } as const;
    const samples = read({ ...TABLE, labels, features, scale: 0.5 }, { samples: 'b,a,?,7\na,a,b,9\n' });
    expect([samples.shape, samples.steps, samples.classes]).toEqual([[3, 3], 3, ['7', '9']]);
    // ? a b, step by step
    expect([...samples.features].map((value) => 2 * value)).toEqual([0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1]); // prettier-ignore
  });

  it.each<[string, SampleFiles, string]>([
    ['samples: line 2 has 1 words, the lines before have 2', TABLE, '1,2\n3\n'],
    ['samples: line 2, column 1 (from 0): expected a number, found `?`; words, missing values among them, become features with `encoded oneHot`, `ordinal` or `sequence`', TABLE, '1,2\n3,?\n'], // prettier-ignore
    ['samples: line 1 has 2 words and no column 2, counted from 0', { ...TABLE, labels: { kind: 'column', column: 2 } }, '1,2\n'], // prettier-ignore
    ['samples: it has no rows', TABLE, '\n# nothing\n'],
    ['samples: it has no samples', TABLE, 'one,two\n'],
  ])('says: %s', (expected, files, text) => {
    expect(faultOf(files, { samples: text })).toBe(expected);
  });

  it('refuses what is not UTF-8', () => {
    expect(faultOf(TABLE, { samples: Uint8Array.of(0xff, 0xfe) })).toBe('samples: it is not UTF-8 text');
  });
});

describe('packed files', () => {
  it('are unpacked, others left alone, damaged ones refused', () => {
    const packed = gzipSync(bytesOf('1,2\n'));
    expect(unpack(packed)).toEqual(Buffer.from('1,2\n'));
    expect(unpack(bytesOf('1,2\n'))).toEqual(bytesOf('1,2\n'));
    const reasonOf = (bytes: Uint8Array) => (unpack(bytes) as { reason?: string }).reason;
    expect(reasonOf(packed.subarray(0, 15))).toBe('the gzip data ends too early: it is not the whole file');
    expect(reasonOf(packed.map((byte, at) => (at === 12 ? byte ^ 0xff : byte)))).toBe('the gzip data is damaged');
  });
});

describe('parts', () => {
  const splits = [{ name: 'train', share: 5 / 6 }, { name: 'test', share: 1 / 6 }]; // prettier-ignore

  it('follow the file without a seed', () => {
    const parts = splitSamples({ splits }, 12);
    expect([...(parts.get('train') ?? [])]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([...(parts.get('test') ?? [])]).toEqual([10, 11]);
  });

  it('are drawn with a seed: every sample once, others for another seed', () => {
    const orderOf = (seed: number) => [...splitSamples({ splits, seed }, 600).values()].flatMap((part) => [...part]);
    const order = orderOf(1);
    expect([...order].sort((left, right) => left - right)).toEqual(Array.from({ length: 600 }, (_, index) => index));
    expect(orderOf(1)).toEqual(order);
    expect(orderOf(2)).not.toEqual(order);
    // The mean place of a sample that was in the first half is that of any other: 299.5 within 4 standard deviations
    const mean = order.reduce((sum, sample, place) => sum + (sample < 300 ? place : 0), 0) / 300;
    expect(Math.abs(mean - 299.5)).toBeLessThan(4 * Math.sqrt((600 ** 2 - 1) / 12 / 300));
  });
});

describe('real data', () => {
  const read = (file: string) => {
    const place = findTestData(file);
    return place === undefined ? undefined : createDiskHost().readBytes(place, 2 ** 27);
  };
  const mushrooms = read('mushroom/agaricus-lepiota.data');
  const digits = read('mnist/t10k-images-idx3-ubyte.gz');

  it.skipIf(!(mushrooms instanceof Uint8Array))('has 8124 mushrooms of 117 attributes', () => {
    const features = { firstColumn: 1, lastColumn: 22, encoding: 'oneHot' } as const;
    const files: SampleFiles = { ...TABLE, labels: { kind: 'column', column: 0 }, features };
    const samples = readSamples(files, () => mushrooms as Uint8Array);
    expect(samples).toMatchObject({ count: 8124, shape: [117], classes: ['e', 'p'] });
  });

  it.skipIf(!(digits instanceof Uint8Array))('has 10,000 padded digits', () => {
    const unpacked = unpack(digits as Uint8Array);
    const samples = readSamples({ ...FILES, padding: 2, scale: 1e-3 }, () => unpacked as Uint8Array);
    expect(samples).toMatchObject({ count: 10_000, shape: [32, 32] });
  });
});
