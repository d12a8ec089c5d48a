/** Pictures of every format, good and bad, and bytes of no format at all. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { decodeImage, type GreyImage } from '../../../src/data/image.js';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

function decode(name: string, content: string | Uint8Array, index?: number): GreyImage {
  const image = decodeImage(name, typeof content === 'string' ? ascii(content) : content, index);
  if (image.kind === 'image-fault') throw new Error(image.reason);
  return image;
}

function faultOf(name: string, content: string | Uint8Array, index?: number): string {
  const image = decodeImage(name, typeof content === 'string' ? ascii(content) : content, index);
  return image.kind === 'image-fault' ? image.reason : `an image of ${image.rows} x ${image.columns}`;
}

function png(colorType: 0 | 2 | 4 | 6, pixels: readonly (readonly number[])[], columns = pixels.length): Uint8Array {
  const image = new PNG({ width: columns, height: pixels.length / columns });
  image.data = Buffer.from(pixels.flat());
  return PNG.sync.write(image, { colorType, inputColorType: 6 });
}

function idx(sizes: readonly number[], pixels: readonly number[], elementType = 8): Uint8Array {
  const bytes = sizes.flatMap((size) => [size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255]);
  return Uint8Array.from([0, 0, elementType, sizes.length, ...bytes, ...pixels]);
}

describe('CSV', () => {
  it.each([
    ['1,2\n3,4\n', [1, 2, 3, 4]],
    ['\ufeff1;2\r\n3;4\r\n', [1, 2, 3, 4]],
    ['# S\n 1e-6\t.5 \n\n-2\t+7.\n', [1e-6, 0.5, -2, 7]],
    ['"1","2"\n3,4', [1, 2, 3, 4]],
  ])('reads %j as numbers', (text, values) => {
    const image = decode('a.csv', text);
    expect([...image.values]).toEqual(values);
    expect(image).toMatchObject({ rows: 2, columns: 2, scale: 'number' });
  });

  it.each([
    ['1,2\n3\n', 'line 2 has 1 numbers, the lines before have 2'],
    ['1,2\n3,x4\n', 'line 2, column 2: expected a finite number, found "x4"'],
    ['1,,3\n', 'line 1, column 2: expected a finite number, found nothing'],
    ['1,NaN\n', 'line 1, column 2: expected a finite number, found "NaN"'],
    ['1,Infinity\n', 'line 1, column 2: expected a finite number, found "Infinity"'],
    ['1e400\n', 'line 1, column 1: expected a finite number, found "1e400"'],
    ['0x10\n', 'line 1, column 1: expected a finite number, found "0x10"'],
    ['1,"2\n', 'line 1 is not CSV: a stray quote'],
    ['# nothing\n', 'the picture is empty: 0 rows of 0 pixels'],
    ['', 'the file is empty'],
  ])('refuses %j', (text, reason) => {
    expect(faultOf('a.csv', text)).toBe(reason);
  });

  it('refuses a row that is too long', () => {
    const row = `${'1,'.repeat(4096)}1\n`;
    expect(faultOf('a.csv', row)).toBe('1 rows of 4097 pixels are more than 4096 x 4096');
  });
});

describe('PGM', () => {
  it('reads text with comments', () => {
    const image = decode('a.pgm', 'P2 # made by hand\n# two by three\n3 2\n10\n0 5 10 # first row\n10 5 0\n');
    expect([...image.values]).toEqual([0, 0.5, 1, 1, 0.5, 0]);
    expect(image).toMatchObject({ rows: 2, columns: 3, scale: 'grey' });
  });

  it('reads bytes, and a pixel that looks like white space', () => {
    const image = decode('a', Uint8Array.from([...ascii('P5 2 1 255\n'), 0x0a, 0xff]));
    expect([...image.values]).toEqual([10 / 255, 1]);
  });

  it('reads 16 bits, high byte first', () => {
    const image = decode('a', Uint8Array.from([...ascii('P5\n2 1\n65535\n'), 0x01, 0x00, 0xff, 0xff]));
    expect([...image.values]).toEqual([256 / 65535, 1]);
  });

  it.each([
    ['P6 1 1 255\nabc', 'the netpbm variant P6 is not a grey map: expected P2 or P5'],
    ['P5 2 x', 'the PGM header is damaged: expected width, height and maximum'],
    ['P5 2 2 0\nabcd', 'the PGM maximum 0 is not in 1 to 65535'],
    ['P5 2 2 65536\nabcd', 'the PGM maximum 65536 is not in 1 to 65535'],
    ['P5 2 2 255\nabc', 'expected 4 bytes of pixels, found 3'],
    ['P5 100000 100000 255\n', '100000 rows of 100000 pixels are more than 4096 x 4096'],
    ['P5 0 1 255\n', 'the picture is empty: 1 rows of 0 pixels'],
    ['P2 2 1 9\n1', 'expected 2 pixels, found 1'],
    ['P2 2 1 9\n1 -2', 'pixel 2 is not a number: "-2"'],
    ['P2 2 1 9\n1 10', 'the pixel in row 1, column 2 is above the maximum'],
  ])('refuses %j', (text, reason) => {
    expect(faultOf('a.pgm', text)).toBe(reason);
  });
});

describe('PNG', () => {
  const [black, grey, white] = [
    [0, 0, 0, 255],
    [51, 51, 51, 255],
    [255, 255, 255, 255],
  ];

  it.each([0, 2, 4, 6] as const)('reads grey of color type %i', (colorType) => {
    const image = decode('a.png', png(colorType, [black, grey, white]));
    expect([...image.values]).toEqual([0, 0.2, 1]);
    expect(image).toMatchObject({ rows: 1, columns: 3, scale: 'grey' });
  });

  it('shows half-transparent white on black', () => {
    expect([...decode('a.png', png(4, [[255, 255, 255, 51]])).values]).toEqual([0.2]);
  });

  it('reads 16 bits in full', () => {
    const image = new PNG({ width: 1, height: 1, bitDepth: 16, colorType: 0, inputColorType: 0 });
    // pngjs takes the samples of 16 bits as they lie in memory
    image.data = Buffer.from(Uint16Array.of(0x0102, 0x0102, 0x0102, 0xffff).buffer);
    const bytes = PNG.sync.write(image, { bitDepth: 16, colorType: 0, inputColorType: 6 });
    expect([...decode('a.png', bytes).values]).toEqual([0x0102 / 65535]);
  });

  it('refuses color', () => {
    expect(faultOf('a.png', png(2, [black, [9, 9, 8, 255]]))).toBe('the pixel in row 1, column 2 is not grey');
  });

  it('refuses a size beyond the limit before unpacking', () => {
    const bytes = png(0, [black]);
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(16, 0x7fffffff);
    expect(faultOf('a.png', bytes)).toBe('1 rows of 2147483647 pixels are more than 4096 x 4096');
  });

  it('refuses a broken checksum, a cut file, pixels of another size, interlacing', () => {
    const good = png(0, [black, grey, white]);
    const change = (offset: number, value: number) =>
      Uint8Array.from(good, (byte, at) => (at === offset ? value : byte));
    expect(faultOf('a.png', change(30, 0x55))).toBe('a chunk of the PNG or its checksum is damaged');
    expect(faultOf('a.png', good.subarray(0, good.length - 12))).toBe('the PNG is cut short');
    expect(faultOf('a.png', change(23, 2))).toBe('PNG pixels: expected 8 bytes, found 4');
    expect(faultOf('a.png', change(28, 1))).toBe('the PNG is interlaced; save it without interlacing');
    expect(faultOf('a.png', change(25, 1))).toBe('PNG color type 1 with 8 bits does not exist');
    expect(faultOf('a.png', good.subarray(0, 20))).toBe('the PNG header is damaged or cut short');
  });
});

describe('IDX', () => {
  const series = idx([2, 1, 2], [0, 51, 102, 255]);

  it('chooses a picture', () => {
    expect([...decode('a.idx', series, 1).values]).toEqual([0.4, 1]);
    expect(decode('a.idx', idx([2, 1], [0, 255]))).toMatchObject({ rows: 2, columns: 1, scale: 'grey' });
  });

  it.each([
    ['no index', series, undefined, 'the file holds 2 pictures; choose one with `at`'],
    ['an index past the end', series, 2, 'there is no picture 2: the file holds 2, counted from 0'],
    ['a negative index', series, -1, 'there is no picture -1: the file holds 2, counted from 0'],
    ['a fraction', series, 0.5, 'there is no picture 0.5: the file holds 2, counted from 0'],
    ['floats', idx([1, 1, 1], [0], 0x0d), 0, 'the IDX element type 0x0d is not 0x08 (unsigned byte)'],
    ['labels', idx([1], [3]), 0, 'the IDX file has 1 dimensions; a picture has 2, a series of pictures 3'],
    ['a cut file', series.subarray(0, 18), 0, 'the IDX file is cut short: 2 x 1 x 2 pixels need 4 bytes'],
    ['a cut header', series.subarray(0, 9), 0, 'the IDX header is cut short'],
    ['huge pictures', idx([1, 65536, 65536], []), 0, '65536 rows of 65536 pixels are more than 4096 x 4096'],
  ])('refuses %s', (_, bytes, index, reason) => {
    expect(faultOf('a.idx', bytes, index)).toBe(reason);
  });
});

describe('any format', () => {
  it('unpacks gzip', () => {
    expect([...decode('a.csv.gz', gzipSync('1,2\n')).values]).toEqual([1, 2]);
  });

  it('stops a gzip bomb', () => {
    const bomb = gzipSync(new Uint8Array(129 * 2 ** 20), { level: 9 });
    expect(faultOf('a.csv.gz', bomb)).toBe('it unpacks to more than 134217728 bytes');
  });

  it('names the fault of content that contradicts the name', () => {
    expect(faultOf('a.png', 'GIF89a')).toBe('the content is not PNG');
    expect(faultOf('a.pgm', '1,2')).toBe('the content is not PGM');
    expect(faultOf('a.idx', '1,2')).toBe('the content is not IDX: it does not begin with two zero bytes');
    expect(faultOf('a.csv', Uint8Array.of(0xff, 0xfe, 0x31))).toMatch(/^the format is not recognized/);
    expect(faultOf('a.csv', '1\n', 0)).toMatch(/^the file holds one picture/);
    expect(faultOf('a.csv', gzipSync('1\n').subarray(0, 12))).toBe('the gzip data is damaged or cut short');
  });

  it('never throws, whatever the bytes', () => {
    const samples = [
      png(0, [[1, 1, 1, 255]]),
      png(
        6,
        Array.from({ length: 16 }, (_, level) => [level, level, level, 255]),
        4,
      ),
      idx([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]),
      ascii('P5 2 2 255\nabcd'),
      ascii('P2 2 2 255\n1 2 3 4'),
      ascii('1,2\n3,4\n'),
      gzipSync('1,2\n3,4\n'),
    ];
    const name = fc.constantFrom('a.csv', 'a.png', 'a.pgm', 'a.idx', 'a.gz', 'a');
    const index = fc.option(fc.integer({ min: -2, max: 9 }), { nil: undefined });
    const mutated = fc
      .tuple(fc.constantFrom(...samples), fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 }), fc.nat(400))
      .map(([sample, changes, length]) => {
        const bytes = Uint8Array.from(sample).subarray(0, Math.max(1, length));
        for (const [offset, value] of changes) if (offset < bytes.length) bytes[offset] = value;
        return bytes;
      });
    const bytes = fc.oneof(mutated, fc.uint8Array({ maxLength: 200 }));
    fc.assert(
      fc.property(name, bytes, index, (file, content, at) => {
        const image = decodeImage(file, content, at);
        if (image.kind === 'image-fault') return image.reason.length > 0;
        return image.values.length === image.rows * image.columns && image.values.every(Number.isFinite);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});
