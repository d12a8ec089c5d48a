/** NumPy files: NumPy reads back what was written, to the last bit. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { npyBytes } from '../../../src/data/npy.js';
import { hasPythonPackages, PYTHON } from '../../support/python.js';
import { inWorkFolder } from '../../support/work-folder.js';

const READ = `
import json, sys, numpy
array = numpy.load(sys.argv[1], allow_pickle=False)
print(json.dumps([list(array.shape), str(array.dtype), bool(array.flags.c_contiguous), array.tobytes().hex()]))
`;

const VALUES = [0, -0, 1e-9, 5e-324, 1.7976931348623157e308, Math.PI, 1 / 3, -2.5e-7, Infinity, 4, 5, 6];

it.skipIf(!hasPythonPackages('numpy')).each([[[12]], [[3, 4]], [[2, 3, 2]]])('NumPy loads an array of %j', (shape) => {
  inWorkFolder((folder) => {
    const file = join(folder, 'a.npy');
    writeFileSync(file, npyBytes(VALUES, shape));
    const read = JSON.parse(execFileSync(PYTHON, ['-c', READ, file], { encoding: 'utf8' })) as unknown[];
    const stored = Buffer.from(Float64Array.from(VALUES).buffer).toString('hex');
    expect(read).toEqual([shape, 'float64', true, stored]);
  });
});

it('begins its numbers at a multiple of 64, whatever the header', () => {
  for (const rows of [1, 10, 1000, 123456]) {
    const bytes = npyBytes(new Array<number>(rows).fill(1), [rows, 1]);
    expect((bytes.length - 8 * rows) % 64).toBe(0);
    expect(bytes[bytes.length - 8 * rows - 1]).toBe(0x0a);
  }
});

it('refuses numbers that do not fill the array', () => {
  expect(() => npyBytes([1, 2, 3], [2, 2])).toThrow('3 values are no array of 2 x 2');
});
