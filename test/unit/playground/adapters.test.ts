/** What the playground has in the place of Node's modules, beside Node's. */
import { posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import { Buffer as PackedBuffer } from 'buffer/';
import fc from 'fast-check';
import path from 'path-browserify';
import * as pngjs from 'pngjs';
import { describe, expect, it } from 'vitest';
import { createRequire } from '../../../playground/src/node/module.js';
import * as url from '../../../playground/src/node/url.js';
import * as zlib from '../../../playground/src/node/zlib.js';
import { decodeFragment, encodeFragment } from '../../../playground/src/share.js';

const part = fc.constantFrom('a', 'b.ion', '..', '.', '', 'c d', '.hidden');
const place = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('/'));

describe('paths', () => {
  it('are taken apart and put together as by Node', () => {
    fc.assert(
      fc.property(place, place, (one, other) => {
        expect(path.normalize(one)).toBe(posix.normalize(one));
        expect(path.isAbsolute(one)).toBe(posix.isAbsolute(one));
        expect(path.join(one, other)).toBe(posix.join(one, other));
        expect(path.dirname(one)).toBe(posix.dirname(one));
        expect(path.basename(one)).toBe(posix.basename(one));
        expect(path.basename(one, '.ion')).toBe(posix.basename(one, '.ion'));
        expect(path.extname(one)).toBe(posix.extname(one));
      }),
    );
  });

  it('lead from one folder to another as by Node', () => {
    const absolute = place.map((text) => `/${text}`);
    fc.assert(
      fc.property(absolute, absolute, (from, to) => {
        expect(path.relative(from, to)).toBe(posix.relative(from, to));
      }),
    );
    expect(path.relative('examples/a', 'examples/b/c.ion')).toBe('../b/c.ion');
  });

  it('become URIs and come back', () => {
    const file = '/examples/a b/\u00b5 #1.ion';
    expect(url.pathToFileURL(file).href).toBe(pathToFileURL(file).href);
    expect(url.fileURLToPath(url.pathToFileURL(file))).toBe(file);
  });
});

describe('packed data', () => {
  const bytes = Uint8Array.from({ length: 200_000 }, (_, index) => (index * index) % 251);

  it('unpack to what they were', () => {
    expect(zlib.gunzipSync(gzipSync(bytes))).toEqual(bytes);
    expect(zlib.inflateSync(deflateSync(bytes))).toEqual(bytes);
    const members = Buffer.concat([gzipSync(bytes), gzipSync(bytes)]);
    expect(Buffer.from(zlib.gunzipSync(members)).equals(gunzipSync(members))).toBe(true);
  });

  it('that are too long, cut off or damaged are refused as by Node', () => {
    const packed = gzipSync(bytes);
    expect(() => zlib.gunzipSync(packed, { maxOutputLength: 1000 })).toThrow(RangeError);
    expect(() => zlib.gunzipSync(packed.subarray(0, 1000))).toThrow(expect.objectContaining({ code: 'Z_BUF_ERROR' }));
    const damaged = Uint8Array.from(packed);
    damaged[damaged.length - 6] = (damaged[damaged.length - 6] ?? 0) ^ 1;
    expect(() => zlib.gunzipSync(damaged)).toThrow();
    expect(() => gunzipSync(damaged)).toThrow();
    // The head of a file is read as far as it goes
    const head = zlib.gunzipSync(packed.subarray(0, 1000), { finishFlush: zlib.constants.Z_SYNC_FLUSH });
    expect(Buffer.from(head).equals(Buffer.from(bytes.subarray(0, head.length)))).toBe(true);
    expect(head.length).toBeGreaterThan(0);
  });
});

describe('pictures', () => {
  const { PNG } = pngjs;
  const browser = createRequire()('pngjs') as typeof pngjs;
  /** As the page reads them: with the packed reader, of buffers of the package. */
  const read = (bytes: Uint8Array, isWide: boolean): ArrayLike<number> =>
    browser.PNG.sync.read(PackedBuffer.from(bytes) as unknown as Buffer, { skipRescale: isWide }).data;

  it.each([
    [0, 8],
    [0, 16],
    [2, 8],
    [2, 16],
    [4, 8],
    [6, 8],
    [6, 16],
  ] as const)('of color type %i with %i bits are those of Node', (colorType, bitDepth) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.nat(), (width, height, seed) => {
        const sample = (index: number): number => (index * 2654435761 + seed) >>> (bitDepth === 16 ? 16 : 24);
        const data = Array.from({ length: 4 * width * height }, (_, index) => sample(index));
        const pixels = bitDepth === 16 ? Buffer.from(Uint16Array.from(data).buffer) : Buffer.from(data);
        const packed = PNG.sync.write(Object.assign(new PNG({ width, height }), { data: pixels }), {
          ...{ colorType, bitDepth, inputColorType: 6 as const },
        });
        const isWide = bitDepth === 16;
        const theirs = PNG.sync.read(packed, { skipRescale: isWide }).data as ArrayLike<number>;
        expect(Array.from(read(packed, isWide))).toEqual(Array.from(theirs));
      }),
      { numRuns: 30 },
    );
  });

  it('with a damaged checksum are refused as in Node', () => {
    const packed = PNG.sync.write(new PNG({ width: 4, height: 4 }));
    packed[packed.length - 20] = (packed[packed.length - 20] ?? 0) ^ 1;
    expect(() => PNG.sync.read(packed)).toThrow();
    expect(() => read(packed, false)).toThrow();
  });
});

describe('links', () => {
  it('hold programs of any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.string({ unit: 'binary' }), { minKeys: 1 }), async (texts) => {
        const shared = { main: 'examples/a.ion', texts: { ...texts } };
        const fragment = await encodeFragment(shared);
        expect(fragment).toMatch(/^#code=[\w-]*$/);
        expect(await decodeFragment(fragment)).toEqual(JSON.parse(JSON.stringify(shared)));
      }),
      { numRuns: 30 },
    );
    expect(await decodeFragment(await encodeFragment({ main: 'examples/a b.ion', texts: {} }))).toEqual({
      main: 'examples/a b.ion',
      texts: {},
    });
  });

  it('that are damaged or too large are refused', async () => {
    await expect(decodeFragment('#code=AAAA')).rejects.toThrow(/damaged/);
    const large = await encodeFragment({ main: 'a.ion', texts: { 'a.ion': ' '.repeat(5 * 2 ** 20) } });
    await expect(decodeFragment(large)).rejects.toThrow(/damaged/);
    expect(await decodeFragment('#elsewhere')).toBeUndefined();
  });
});
