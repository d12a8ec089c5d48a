/**
 * Which segments of a program may come late, whatever data it runs over. Between two segments that follow each other
 * the second one's load of n clocks begins with the commit of the first, so it is hidden where the first lasts n
 * clocks at least; m words in between that set limits delay it by what the first one's own load does not hide.
 */
import { assemble, successorsOf, wordsOf } from './assemble.js';
import { serialSegmentClocks } from './blocks/line-serial.js';
import { minSegmentClocks } from './plane-load.js';
import type { WordContent, WordNode } from './program-graph.js';
import { conversionOf, scanClocks } from './scan-clocks.js';
import type { LineSelection, PulseProgram, SegmentOperation } from './scheduled.js';

export interface PossibleUnderrun {
  readonly segment: SegmentOperation;
  /** The segment that may end too soon. */
  readonly before: SegmentOperation;
}

/** Pairs of segments of which the second may not be ready in time; an underrun is impossible where there is none. */
export function underruns(program: PulseProgram): readonly PossibleUnderrun[] {
  const assembled = assemble(program.operations);
  if (!assembled) return [];
  const found = new Map<string, PossibleUnderrun>();
  const nodes = wordsOf(assembled.graph);
  const numberOf = new Map(nodes.map((node, index) => [node, index]));
  for (const node of nodes) {
    const before = segmentOf(node.content);
    if (!before) continue;
    for (const [next, sets] of segmentsBehind(node)) {
      const segment = segmentOf(next.content);
      if (!segment || isHidden(program, before, segment, sets)) continue;
      found.set(`${String(numberOf.get(node))} ${String(numberOf.get(next))}`, { segment, before });
    }
  }
  return [...found.values()];
}

/** Segments that may come up while `node` is on the lines, with the most words between that set limits. */
function segmentsBehind(node: WordNode): ReadonlyMap<WordNode, number> {
  const found = new Map<WordNode, number>();
  const visit = (from: WordNode, sets: number): void => {
    for (const [, next] of successorsOf(from)) {
      if (next.content.kind === 'segment') found.set(next, Math.max(sets, found.get(next) ?? 0));
      // A word that sets a limit is followed by a segment of its loop, never by itself.
      else if (next.content.kind === 'set') visit(next, sets + 1);
    }
  };
  visit(node, 0);
  return found;
}

function isHidden(program: PulseProgram, before: SegmentOperation, segment: SegmentOperation, sets: number): boolean {
  const delay = Math.max(0, sets + 1 - loadClocks(program, before, 'least'));
  return shortestClocks(program, before) >= loadClocks(program, segment, 'most') + delay;
}

/** How long `segment` lasts at least [clocks]. */
function shortestClocks(program: PulseProgram, { dwell, samples, rest }: SegmentOperation): number {
  const { tickExponent, scan, restClocks } = program;
  const shortest = dwell.kind === 'clocks' ? dwell.clocks : 2 ** tickExponent;
  const scanned = samples === 'never' ? 0 : scanClocks(scan, conversionOf(scan, samples.mode));
  return shortest + scanned + (rest === 'always' ? restClocks : 0);
}

/** How long the lines of `segment` load, where random planes may load or not [clocks]. */
export function loadClocks(
  { rows, columns, blocks }: Pick<PulseProgram, 'rows' | 'columns' | 'blocks'>,
  { row, column }: SegmentOperation,
  bound: 'least' | 'most',
): number {
  const ofSide = (selection: LineSelection, count: number): number => {
    if (selection.kind !== 'plane' || selection.source.kind === 'marks') return 1;
    return selection.source.kind === 'random' && bound === 'least' ? 1 : minSegmentClocks(count);
  };
  return serialSegmentClocks({ rows, columns }, blocks.serial) ?? Math.max(ofSide(row, rows), ofSide(column, columns));
}

function segmentOf(content: WordContent): SegmentOperation | undefined {
  return content.kind === 'segment' ? content.segment : undefined;
}
