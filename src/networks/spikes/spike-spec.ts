/** What tells the checkpoints of one experiment on spikes from those of another. */
import type { MappedNetwork } from '../../ir/mapped-network.js';

/** A digest of the mapped experiment without its places in the text: two lanes of FNV-1a over its characters. */
export function spikeSpec(mapped: MappedNetwork): string {
  const text = JSON.stringify(mapped, (key, value: unknown) =>
    key === 'origin' || key === 'source' ? undefined : value,
  );
  let [one, other] = [0x811c9dc5, 0x9e3779b9];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ code ^ (one >>> 16), 0x01000193);
  }
  return [one, other].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('');
}
