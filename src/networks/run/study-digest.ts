/** What a run depends on, as one short text: a checkpoint belongs to it alone. */
import { TextDigest } from '../../core/text-digest.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { SampleSource } from './study-run.js';

/** Features looked at, every so many: whole files would take longer than they are worth. */
const FEATURE_STEP = 61;

/** Where something was said or found, not what it is. */
const PLACES = ['origin', 'source', 'file'];

/** Numbers of files, of which the bits count. */
const TABLE = 'weightTable';

/** Digest of the description as it is run, and of its samples and weights; places in the text do not count. */
export function studyDigest(mapped: MappedNetwork, samples: SampleSource): string {
  const digest = new TextDigest();
  const isLeftOut = (key: string): boolean => key === TABLE || PLACES.includes(key);
  digest.text(JSON.stringify(mapped, (key, value: unknown) => (isLeftOut(key) ? undefined : value)));
  for (const { weightTable } of mapped.projections) {
    if (weightTable) for (const word of bitsOf(weightTable)) digest.word(word);
  }
  for (const { name } of mapped.data) {
    const { count, shape, features, labels } = samples(name);
    digest.text(JSON.stringify([name, count, shape]));
    const bits = bitsOf(features);
    for (let index = 0; index < bits.length; index += FEATURE_STEP) digest.word(bits[index] ?? 0);
    labels?.forEach((label) => digest.word(label));
  }
  return digest.value;
}

function bitsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length);
}
