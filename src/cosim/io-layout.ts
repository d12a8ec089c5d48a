/** Where each port lives in the I/O block that a model and its driver share. */
import type { ModelPort, PortSlot } from './engine.js';

export interface IoLayout {
  readonly slots: ReadonlyMap<string, PortSlot>;
  /** Size of the block [32-bit words]. */
  readonly words: number;
}

/** Every port at its own word offset, in the order of the list, padded with zero bits to whole words. */
export function layoutPorts(ports: readonly ModelPort[]): IoLayout {
  const slots = new Map<string, PortSlot>();
  let offset = 0;
  for (const { name, width } of ports) {
    const words = Math.ceil(width / 32);
    slots.set(name, { offset, words, width });
    offset += words;
  }
  return { slots, words: offset };
}
