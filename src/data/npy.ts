/**
 * NumPy's file format for one array, version 1.0: written here, for it is a header of one line and the numbers as they
 * stand in memory, and packages that write it bring tensors along (numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 */

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
/** Numbers begin at a multiple of it. */
const ALIGNMENT = 64;

/** The file of `values` (shape, row-major), 64-bit floating point, little endian. Throws unless there are as many as `shape` says. */
export function npyBytes(values: readonly number[], shape: readonly number[]): Uint8Array {
  const count = shape.reduce((product, length) => product * length, 1);
  if (count !== values.length)
    throw new RangeError(`${String(values.length)} values are no array of ${shape.join(' x ')}`);
  const tuple = shape.length === 1 ? `${String(shape[0])},` : shape.join(', ');
  const described = `{'descr': '<f8', 'fortran_order': False, 'shape': (${tuple}), }`;
  const unpadded = MAGIC.length + 2 + described.length + 1;
  const header = `${described}${' '.repeat((ALIGNMENT - (unpadded % ALIGNMENT)) % ALIGNMENT)}\n`;
  const start = MAGIC.length + 2 + header.length;
  const bytes = new Uint8Array(start + 8 * count);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint16(MAGIC.length, header.length, true);
  bytes.set(new TextEncoder().encode(header), MAGIC.length + 2);
  values.forEach((value, index) => {
    view.setFloat64(start + 8 * index, value, true);
  });
  return bytes;
}
