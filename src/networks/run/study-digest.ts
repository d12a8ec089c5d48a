/** What a run depends on, as one short text: a checkpoint belongs to it alone. */
import { TextDigest } from '../../core/text-digest.js';
import type { MappedNetwork } from '../../ir/mapped-network.js';
import type { SampleSource } from './study-run.js';

/** Features looked at, every so many: whole files would take longer than they are worth. */
const FEATURE_STEP = 61;

/** Where something was said or found, not what it is. */
const PLACES = ['origin', 'source', 'file'];

/** Digest of the description as it is run, and of its samples; places in the text do not count. */
export function studyDigest(mapped: MappedNetwork, samples: SampleSource): string {
  const digest = new TextDigest();
  digest.text(JSON.stringify(mapped, (key, value: unknown) => (PLACES.includes(key) ? undefined : value)));
  for (const { name } of mapped.data) {
    const { count, shape, features, labels } = samples(name);
    digest.text(JSON.stringify([name, count, shape]));
    const bits = new Uint32Array(features.buffer, features.byteOffset, features.length);
    for (let index = 0; index < bits.length; index += FEATURE_STEP) digest.word(bits[index] ?? 0);
    labels?.forEach((label) => digest.word(label));
  }
  return digest.value;
}
