import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { HEAD_BYTES, readDataHeader } from '../../../src/data/data-header.js';
import { parseModule } from '../../../src/ir/parse.js';
import { printModule } from '../../../src/ir/print.js';
import { compileText } from '../../support/compile-text.js';
import { idxHeader } from '../../support/study-text.js';

const TABLE = { 'table.csv': '# iris\nyes;1;2;3\nno;4;5;6\n' };
const PICTURES = { 'images-ubyte': idxHeader(60, 28, 28), 'labels-ubyte': idxHeader(60) };

function data(...clauses: readonly string[]): string {
  return `data samples {\n${clauses.map((clause) => `  ${clause}\n`).join('')}}\n`;
}

function compile(text: string, files: Readonly<Record<string, string | Uint8Array>>) {
  const { network, codes } = compileText(text, files);
  expect(codes).toEqual([]);
  return network!.data[0];
}

describe('data sets', () => {
  it('know what the heads of their files say', () => {
    expect(
      compile(data('from "images-ubyte"', 'labels "labels-ubyte"', 'pad 2', 'scale 1 / 4'), PICTURES),
    ).toMatchObject({
      format: 'idx',
      labels: { kind: 'file', file: 'labels-ubyte' },
      samples: { count: 60, shape: [32, 32] },
      padding: 2,
      scale: 0.25,
      splits: [],
    });
    expect(compile(data('from "table.csv"', 'labels column 0'), TABLE)).toMatchObject({ samples: { shape: [3] } });
    expect(compile(data('from "table.csv"', 'features columns 2 .. 3'), TABLE)).toMatchObject({
      features: { firstColumn: 2, lastColumn: 3, encoding: 'number' },
      samples: { shape: [2] },
    });
  });

  it('do not know how many values a column has before all of it is read', () => {
    const samples = compile(data('from "table.csv"', 'features columns 1 .. 2 encoded oneHot'), TABLE)?.samples;
    expect(samples).toEqual({});
  });

  it('survive being printed and read as IR', () => {
    const { network } = compileText(data('from "table.csv"', 'split train 80 %, test 1 / 5 seed 7'), TABLE);
    expect(network?.data[0]).toMatchObject({ splits: [{ name: 'train', share: 0.8 }, { share: 0.2 }], seed: 7 });
    expect(parseModule(printModule(network!))).toEqual(network);
  });

  it('may be missing while the text is checked', () => {
    const { network, diagnostics } = compileText(data('from "mnist-ubyte"', 'labels "other-ubyte"'));
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'warning dsl/data-missing',
      'warning dsl/data-missing',
    ]);
    expect(network?.data[0]).toMatchObject({ format: 'idx', samples: {} });
  });

  it.each([
    [['from "samples.xls"'], 'dsl/data-format'],
    [['from "table.csv"', 'labels column 4'], 'dsl/data-shape'],
    [['from "table.csv"', 'features columns 1 .. 4'], 'dsl/data-shape'],
    [['from "table.csv"', 'features columns 2 .. 1'], 'dsl/data-shape'],
    [['from "table.csv"', 'features columns 1 .. 2 encoded onehot'], 'dsl/unknown-word'],
    [['from "table.csv"', 'pad 1'], 'dsl/data-shape'],
    [['from "table.csv"', 'split train 80 %, test 30 %'], 'dsl/out-of-range'],
    [['from "table.csv"', 'split train 0 %'], 'dsl/out-of-range'],
    [['from "table.csv"', 'split train 0.1, train 0.1'], 'dsl/duplicate-name'],
    [['from "images-ubyte"', 'labels column 0'], 'dsl/data-shape'],
    [['from "images-ubyte"', 'labels "images-ubyte"'], 'dsl/data-shape'],
    [['from "labels-ubyte"', 'labels "few-ubyte"'], 'dsl/data-shape'],
    [['from "images-ubyte"', 'scale 1 V'], 'dsl/unexpected-dimension'],
    [['scale 1'], 'dsl/missing-clause'],
    [['from "text-ubyte"'], 'dsl/data-malformed'],
  ])('of %j are refused', (clauses, code) => {
    const files = { ...TABLE, ...PICTURES, 'few-ubyte': idxHeader(59), 'text-ubyte': 'digits' };
    expect(compileText(data(...clauses), files).codes).toEqual([code]);
  });
});

describe('heads of data files', () => {
  const text = (content: string) => new TextEncoder().encode(content);

  it('may be packed, and cut anywhere', () => {
    // Whether bytes can be packed depends on their order; these cannot
    const body = new Uint8Array(3 * HEAD_BYTES);
    for (let index = 0, state = 1; index < body.length; index++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      body[index] = state >>> 24;
    }
    const packed = gzipSync(new Uint8Array([...idxHeader(100, 28, 28), ...body]));
    expect(packed.length).toBeGreaterThan(HEAD_BYTES);
    expect(readDataHeader('idx', packed.subarray(0, HEAD_BYTES))).toMatchObject({ count: 100, shape: [28, 28] });
  });

  it('of tables end within a character', () => {
    const line = 'name,size\n';
    const long = text(`${line}${'é'.repeat(HEAD_BYTES)}`).subarray(
      0,
      HEAD_BYTES + ((HEAD_BYTES - line.length) % 2 ? 0 : 1),
    );
    expect(readDataHeader('csv', long.subarray(0, HEAD_BYTES))).toMatchObject({ columns: 2 });
    expect(readDataHeader('csv', text('"a,b",c\n'))).toMatchObject({ columns: 2 });
  });

  it.each([
    ['idx', new Uint8Array([0, 0, 8]), 'the IDX file has no dimensions'],
    ['idx', new Uint8Array([0, 0, 8, 3, 0]), 'the IDX header is cut short'],
    ['idx', new Uint8Array([0, 0, 7, 1, 0, 0, 0, 1]), 'it has no IDX header'],
    ['png', text('GIF89a'), 'it is not PNG'],
    ['nir', text('{}'), 'NIR data is HDF5, and this is not'],
    ['csv', text(''), 'it is empty'],
    ['csv', text('1,'.repeat(HEAD_BYTES / 2)), 'its first line does not end'],
    ['csv', new Uint8Array([0xff, 0xfe, 0x0a]), 'the format is not recognized: neither PNG, PGM, IDX nor text'],
    ['idx', new Uint8Array([0x1f, 0x8b, 9, 9]), 'the gzip data is damaged'],
  ] as const)('of %s are refused where they are none', (format, head, reason) => {
    expect(readDataHeader(format, head)).toEqual({ kind: 'data-fault', reason });
  });
});
