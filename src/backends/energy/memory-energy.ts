/** Words that a controller on a chip fetches, reads and writes; on a board they are in the power of its clock. */
import type { EnergyComponent } from '../../ir/energy-estimate.js';
import type { Activity } from '../../ir/results.js';
import { pricedComponent } from './component.js';
import type { Technology } from './technology.js';

const GROUP = 'memories';

/** Bits of a word of a plane's memory. */
const PLANE_WORD_BITS = 16;

/** Counts that memories are priced by. */
export type MemoryActivity = Pick<Activity, 'segments' | 'firingSegments' | 'conversions'> & {
  /** Address events in and out. */
  readonly events: number;
  /** Words of planes that are read; 0 where segments select single lines. */
  readonly planeWords: number;
};

/** Words of `lines` lines of a plane. */
export function planeWordsOf(lines: number): number {
  return Math.ceil(lines / PLANE_WORD_BITS);
}

/** Program fetches, work list, planes, results and the buffers of events. */
export function memoryComponents(
  { segments, firingSegments, conversions, events, planeWords }: MemoryActivity,
  { digital }: Technology,
): readonly EnergyComponent[] {
  if (digital.kind !== 'gated') return [];
  const parts = [
    { name: 'program fetch', count: segments, basis: 'one word per segment', words: 1, term: digital.perFetch },
    { name: 'work list', count: firingSegments, basis: 'one entry read per firing segment', words: 1 },
    { name: 'planes', count: planeWords, basis: `words of ${PLANE_WORD_BITS} lines, read`, words: 1 },
    { name: 'results', count: conversions, basis: 'one word written per conversion', words: 1 },
    { name: 'event buffers', count: events, basis: 'one word written and read per address event', words: 2 },
  ];
  return parts.map(({ name, count, basis, words, term = digital.perMemoryWord }) =>
    pricedComponent({ name, group: GROUP, count, basis }, count * words, term),
  );
}
