/** MNIST as MLP+NeuroSim sees it: the middle 20 x 20 pixels, each black or white. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { findTestData } from '../support/test-data.js';

/** Pixels of an image. */
export const PIXELS = 400;

export interface LabelledImages {
  readonly count: number;
  /** 0 or 1, (count x PIXELS). */
  readonly pixels: Float32Array;
  readonly labels: Uint8Array;
}

const [SIDE, EDGE, INNER] = [28, 4, 20];
const IMAGE_HEADER_BYTES = 16;
const LABEL_HEADER_BYTES = 8;

/** A part of the data set, or undefined where its files are not on this machine. */
export function readCroppedMnist(part: 'train' | 't10k'): LabelledImages | undefined {
  const images = findTestData(`mnist/${part}-images-idx3-ubyte.gz`);
  const labels = findTestData(`mnist/${part}-labels-idx1-ubyte.gz`);
  if (images === undefined || labels === undefined) return undefined;
  const grey = gunzipSync(readFileSync(images)).subarray(IMAGE_HEADER_BYTES);
  const count = grey.length / SIDE ** 2;
  const pixels = new Float32Array(count * PIXELS);
  for (let image = 0; image < count; image++)
    for (let y = 0; y < INNER; y++)
      for (let x = 0; x < INNER; x++) {
        const value = grey[image * SIDE ** 2 + (y + EDGE) * SIDE + x + EDGE] ?? 0;
        pixels[image * PIXELS + y * INNER + x] = value > 127 ? 1 : 0;
      }
  return { count, pixels, labels: gunzipSync(readFileSync(labels)).subarray(LABEL_HEADER_BYTES) };
}
