/** Random crossbars with every kind of boundary, the same for the same seed. */
import type { Crossbar, CrossbarLines, LineEnd } from '../../src/numerics/crossbar/crossbar.js';

/** Uniform numbers in [0, 1). */
export function uniform(seed: number): () => number {
  let state = Math.imul(seed, 2654435761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Conductances [S] from 1 to 100 uS. */
export function randomSiemens(count: number, seed: number): Float64Array {
  const random = uniform(seed);
  return Float64Array.from({ length: count }, () => 1e-6 + 99e-6 * random());
}

/** The same conductance and voltage at one end of all lines. */
export function sameEnd(count: number, siemens: number, volts: number): LineEnd {
  return { siemens: new Float64Array(count).fill(siemens), volts: new Float64Array(count).fill(volts) };
}

/** An end that nothing is connected to. */
export function openEnd(count: number): LineEnd {
  return sameEnd(count, 0, 0);
}

/** How a random crossbar's lines are held. */
export type Boundary =
  'read' | 'both-ends' | 'ideal' | 'ideal-both' | 'nodes' | 'ideal-nodes' | 'half' | 'floating' | 'mixed';

export const BOUNDARIES: readonly Boundary[] = [
  'read',
  'both-ends',
  'ideal',
  'ideal-both',
  'nodes',
  'ideal-nodes',
  'half',
  'floating',
  'mixed',
];

/** A crossbar with random voltages and driver conductances after the kind of its boundary. */
export function randomCrossbar(boundary: Boundary, [rows, columns]: readonly [number, number], seed: number): Crossbar {
  const random = uniform(seed + 77);
  const lines = (count: number): CrossbarLines => {
    const isNode = boundary === 'nodes' || boundary === 'ideal-nodes' || (boundary === 'mixed' && random() < 0.5);
    const near = randomEnd(count, random, (line) => conductanceOf(boundary, 'near', line, random));
    const far = randomEnd(count, random, (line) => conductanceOf(boundary, 'far', line, random));
    return { ohmsPerCell: isNode ? 0 : 0.5 + 10 * random(), near, far };
  };
  return { rows, columns, rowLines: lines(rows), columnLines: lines(columns) };
}

function randomEnd(count: number, random: () => number, siemensOf: (line: number) => number): LineEnd {
  return {
    siemens: Float64Array.from({ length: count }, (_, line) => siemensOf(line)),
    volts: Float64Array.from({ length: count }, () => 2 * random() - 1),
  };
}

function conductanceOf(boundary: Boundary, end: 'near' | 'far', line: number, random: () => number): number {
  const some = 0.02 + random();
  switch (boundary) {
    case 'both-ends':
      return some;
    case 'ideal-both':
      return Infinity;
    case 'ideal':
    case 'ideal-nodes':
      return end === 'near' ? Infinity : 0;
    case 'floating':
      return end === 'near' && line === 1 ? some : 0;
    case 'half':
      return end === 'near' && line % 2 === 0 ? some : 0;
    case 'mixed':
      if (line === 0) return end === 'near' ? some : 0;
      return random() < 0.4 ? 0 : end === 'far' || random() < 0.7 ? some : Infinity;
    case 'read':
    case 'nodes':
      return end === 'near' ? some : 0;
  }
}
