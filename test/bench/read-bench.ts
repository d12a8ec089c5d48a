/** Reads per second of the product kernels, beside OpenBLAS, aihwkit and the bandwidth of the memory. */
import { createConverterRead, SEVEN_TO_NINE_BITS } from '../../src/devices/converter-read.js';
import { createDenseProduct } from '../../src/numerics/dense-product.js';
import { bestRate, threeDigits, type Measurement } from './measurement.js';
import { memoryLimit } from './native.js';
import { openBlasProducts, peerFields, runPeer, type PeerFields } from './peers.js';
import { uniform } from './random.js';

/** Vectors of a batch. */
const BATCH = 64;

/** Random values from -1 to 1. */
function random(count: number, stream: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => 2 * uniform(index, stream) - 1);
}

/** Ideal reads of a square array, one vector at a time. */
export function measureRead(size: number): Promise<Measurement> {
  const product = createDenseProduct({ rows: size, columns: size, precision: 'single', vectors: BATCH });
  product.load(random(size * size, 1));
  product.rowVectors.set(random(product.rowVectors.length, 2));
  const ours = bestRate(1, () => {
    product.toColumns();
  });
  const batched = bestRate(BATCH, () => {
    product.toColumns(BATCH);
  });
  const note = `single precision, one vector at a time; ${threeDigits(batched)} /s in batches of ${BATCH}; limit: the matrix read once`;
  return Promise.resolve(withPeer({ ours, ...readLimit(size), note }, openBlasProducts(size)));
}

/** Reads of a square array through seven and nine bits with noise. */
export function measureNoisyRead(size: number): Promise<Measurement> {
  const setup = { ...SEVEN_TO_NINE_BITS, rows: size, columns: size, vectors: BATCH, seed: 1, halvings: 5 };
  const reader = createConverterRead(setup);
  reader.load(random(size * size, 1).map((weight) => weight / 2));
  reader.inputs.set(random(reader.inputs.length, 2));
  const ours = bestRate(BATCH, () => {
    reader.read(BATCH);
  });
  const alone = bestRate(1, () => {
    reader.read(1);
  });
  const note = `batches of ${BATCH}; ${threeDigits(alone)} /s one at a time; limit: the matrix read once`;
  const peer = peerFields('aihwkit', runPeer('aihwkit_read.py', [size, 8 * BATCH]), 'rate');
  return Promise.resolve(withPeer({ ours, ...readLimit(size), note }, peer));
}

/** The matrix in single precision streamed once for each read. */
function readLimit(size: number): { readonly limit?: number } {
  const bytes = 4 * size * size;
  const limit = memoryLimit(bytes);
  return limit ? { limit: limit.read / bytes } : {};
}

/** A row with the fields of its peer, or with a note that it is missing. */
export function withPeer(measured: Measurement, peer: PeerFields): Measurement {
  if ('peer' in peer) return { ...measured, ...peer };
  return { ...measured, note: [measured.note, peer.note].filter((part) => part !== undefined).join('; ') };
}
