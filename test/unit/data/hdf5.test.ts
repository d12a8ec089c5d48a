/** HDF5 trees: written and read again, storage that h5py can make, and files that are not what they seem. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHdf5, writeHdf5 } from '../../../src/data/hdf5.js';
import { hdf5Group, hdf5Text, type Hdf5Group, type Hdf5Item } from '../../../src/data/hdf5-tree.js';
import { hasPythonPackages, PYTHON } from '../../support/python.js';
import { inWorkFolder, mustRunIn } from '../../support/work-folder.js';

const LIMITS = { items: 1000, depth: 8, bytes: 2 ** 24 };

async function writtenBytes(root: Hdf5Group): Promise<Uint8Array> {
  const bytes = await writeHdf5(root);
  if (!(bytes instanceof Uint8Array)) throw new Error(bytes.reason);
  return bytes;
}

const SAMPLE = hdf5Group({
  text: hdf5Text('Grüße'),
  list: { kind: 'text', shape: [2, 2], values: ['a', 'b', '', 'long '.repeat(50)] },
  single: { kind: 'array', shape: [2, 3], values: Float32Array.of(1, -2.5, 3e-30, 0, Infinity, 1 / 3) },
  packed: {
    kind: 'array',
    shape: [600, 700],
    values: Float64Array.from({ length: 420_000 }, (_, index) => index % 97),
  },
  scalar: { kind: 'array', shape: [], values: BigInt64Array.of(-5n) },
  group: hdf5Group({
    'with.dot': hdf5Group({}),
    bytes: { kind: 'array', shape: [3], values: Uint8Array.of(1, 2, 255) },
  }),
});

describe('a tree', () => {
  it('is read as it was written', async () => {
    expect(await readHdf5(await writtenBytes(SAMPLE), LIMITS)).toEqual(SAMPLE);
  });

  it('makes the same bytes at any time', async () => {
    const [first, second] = [await writtenBytes(SAMPLE), await writtenBytes(SAMPLE)];
    expect(Buffer.compare(first, second)).toBe(0);
    // A year of four digits in seconds would stand in every dataset
    expect(first.length).toBeLessThan(100_000);
  });
});

describe('limits', () => {
  const reasonOf = async (root: Hdf5Group, limits: Partial<typeof LIMITS>): Promise<unknown> => {
    const found = await readHdf5(await writtenBytes(root), { ...LIMITS, ...limits });
    return found.kind === 'data-fault' ? found.reason : found.kind;
  };

  it.each([
    ['items', { items: 3 }, 'it holds more than 3 groups and datasets'],
    ['depth', { depth: 1 }, 'its groups lie more than 1 deep'],
    ['bytes', { bytes: 1000 }, 'its datasets take more than 1000 bytes'],
  ] as const)('of %s are kept', async (_, limits, reason) => {
    expect(await reasonOf(SAMPLE, limits)).toBe(reason);
    expect(await reasonOf(SAMPLE, {})).toBe('group');
  });
});

describe('what is no HDF5 file', () => {
  it.each<readonly [string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('network Net {}')],
    ['the first bytes of one', Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0)],
  ])('is a fault: %s', async (_, bytes) => {
    expect(await readHdf5(bytes, LIMITS)).toMatchObject({ kind: 'data-fault' });
  });

  it('leaves the next file alone', async () => {
    const bytes = await writtenBytes(SAMPLE);
    for (const length of [bytes.length - 1, bytes.length >> 1, 600, 100]) {
      expect((await readHdf5(bytes.subarray(0, length), LIMITS)).kind).toBe('data-fault');
    }
    expect((await readHdf5(bytes, LIMITS)).kind).toBe('group');
  });
});

const SCRIPT = `
import h5py, numpy as np
f = h5py.File('variants.h5', 'w')
f['text'] = 'hello'
f.create_dataset('ascii', data='asc', dtype=h5py.string_dtype('ascii'))
f.create_dataset('fixed', data=np.bytes_('fixed'))
f.create_dataset('padded', data=np.array('ab', dtype='S10'))
f.create_dataset('pairs', data=np.array([[b'a', b'bb'], [b'ccc', b'd']], dtype='S5'))
f.create_dataset('one', data=np.array(['x'], dtype=object), dtype=h5py.string_dtype())
f.create_dataset('big', data=np.arange(4, dtype='>f4'))
f.create_dataset('short', data=np.arange(4, dtype='>i2'))
f.create_dataset('half', data=np.array([0, 1.5, -2, 6e-8, np.inf], dtype='f2'))
f.create_dataset('bool', data=np.array([True, False]))
f.create_dataset('gzip', data=np.arange(10000.0).reshape(100, 100), compression='gzip', shuffle=True, fletcher32=True)
f.create_dataset('lzf', data=np.arange(10000.0).reshape(100, 100), compression='lzf')
f.create_dataset('none', data=h5py.Empty('f'))
f.create_dataset('zero', data=np.zeros((0, 3)))
f.create_dataset('complex', data=np.zeros(3, dtype='c8'))
f.create_dataset('quad', data=np.arange(3, dtype=np.longdouble))
f['soft'] = h5py.SoftLink('/text')
f['lost'] = h5py.SoftLink('/nowhere')
f['outside'] = h5py.ExternalLink('/etc/passwd', '/x')
space = h5py.h5s.create(h5py.h5s.SCALAR)
kind = h5py.h5t.C_S1.copy(); kind.set_size(6); kind.set_strpad(h5py.h5t.STR_SPACEPAD)
h5py.h5d.create(f.id, b'blanks', kind, space).write(space, space, np.array(b'ab    ', dtype='S6'), kind)
f.close()
g = h5py.File('loop.h5', 'w'); g.create_group('a')['b'] = g['/']; g.close()
`;

const hasH5py = hasPythonPackages('h5py');

describe.skipIf(!hasH5py)('files of h5py', () => {
  const files = inWorkFolder((folder) => {
    if (!hasH5py) return undefined;
    mustRunIn(folder, PYTHON, ['-c', SCRIPT]);
    return {
      variants: readFileSync(path.join(folder, 'variants.h5')),
      loop: readFileSync(path.join(folder, 'loop.h5')),
    };
  });

  it('hold strings and numbers in any storage', async () => {
    const root = await readHdf5(files?.variants ?? new Uint8Array(), LIMITS);
    const items: ReadonlyMap<string, Hdf5Item> = root.kind === 'group' ? root.items : new Map();
    const shown = Object.fromEntries(
      [...items].map(([name, item]) => {
        if (item.kind === 'text') return [name, item.values.join('|')];
        if (item.kind === 'array') return [name, `${item.shape.join('x')}: ${[...item.values].slice(0, 5).join(' ')}`];
        return [name, item.kind === 'unread' ? `unread: ${item.reason}` : item.kind];
      }),
    );
    expect(shown).toEqual({
      ...{
        text: 'hello',
        ascii: 'asc',
        fixed: 'fixed',
        padded: 'ab',
        pairs: 'a|bb|ccc|d',
        one: 'x',
        soft: 'hello',
        blanks: 'ab',
      },
      ...{ big: '4: 0 1 2 3', short: '4: 0 1 2 3', bool: '2: 1 0', zero: '0x3: ' },
      half: '5: 0 1.5 -2 5.960464477539063e-8 Infinity',
      gzip: '100x100: 0 1 2 3 4',
      lzf: 'unread: it is packed with the filter `lzf`',
      none: 'unread: it is empty',
      complex: 'unread: it holds neither numbers nor strings',
      quad: 'unread: it holds floats of 128 bits',
      lost: 'unread: it is neither a group nor a dataset of this file',
      outside: 'unread: it is neither a group nor a dataset of this file',
    });
  });

  it('may contain themselves', async () => {
    const found = await readHdf5(files?.loop ?? new Uint8Array(), LIMITS);
    expect(found).toEqual({ kind: 'data-fault', reason: 'its groups lie more than 8 deep' });
  });
});
