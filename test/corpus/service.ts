/** What surrounds the array: counts of pulses, and boards of shift registers in place of line pins. */
import { PLAIN_BLOCKS } from '../../src/ir/blocks/controller-blocks.js';
import { dataSetOf, dwellOf, loopOf, segmentOf, waitFor } from '../../src/ir/modes/mode-program.js';
import { signedProduct } from '../../src/ir/modes/read.js';
import { serialWrite } from '../../src/ir/modes/serial-write.js';
import type { SegmentOperation } from '../../src/ir/scheduled.js';
import { ARRAY, corpusEntry, RAILS, type CorpusEntry } from './corpus-entry.js';
import { WIDTHS } from './writing.js';

const { origin } = ARRAY;
const BOARDS = { pins: 2, divider: 2 } as const;

function pulse(row: SegmentOperation['row'], clocks: number): SegmentOperation {
  return segmentOf(origin, {
    row,
    column: { kind: 'all' },
    railSet: RAILS.write,
    dwell: dwellOf(clocks),
    fires: true,
  });
}

/** Pulses of a clock each, row by row and often the same row again, and some on all rows. */
export function wornProgram(limit: number): CorpusEntry {
  return corpusEntry({
    title: 'Wear',
    summary:
      'Pulses are counted by row, a pulse a clock; one on several rows counts for all. The program goes on while no row has had its share.',
    mode: {
      operations: [
        waitFor(origin, 'wear'),
        loopOf(origin, 0, 3, [pulse({ kind: 'counter', counter: 0 }, 1), pulse({ kind: 'all' }, 2)]),
        loopOf(origin, 0, 2, [
          loopOf(origin, 1, 4, [pulse({ kind: 'counter', counter: 1 }, 1), pulse({ kind: 'counter', counter: 1 }, 1)]),
          { kind: 'break', condition: 'wear', when: false, origin },
        ]),
      ],
      dataSets: [dataSetOf(origin, 'pulses', {})],
    },
    program: { blocks: { ...PLAIN_BLOCKS, wear: { countBits: 8, limit } } },
    diagram: { from: -4, clocks: 40 },
  });
}

export const SERVICE: readonly CorpusEntry[] = [
  wornProgram(9),
  corpusEntry({
    title: 'Boards of shift registers: writing',
    summary: 'Lines are shifted while the segment before is on; the diagram shows the outputs of the boards.',
    mode: serialWrite({ ...ARRAY, railSet: RAILS.write, widths: [WIDTHS] }),
    program: { restClocks: 4, blocks: { ...PLAIN_BLOCKS, serial: BOARDS } },
    diagram: { from: 0, clocks: 70 },
  }),
  corpusEntry({
    title: 'Boards of shift registers: planes',
    summary: 'A plane leaves its memory word by word as the boards take it.',
    mode: signedProduct({
      ...ARRAY,
      railSet: RAILS.read,
      integrateClocks: 3,
      inputs: [{ values: [5, -3, 0, 7], bits: 3 }],
    }),
    program: { blocks: { ...PLAIN_BLOCKS, serial: BOARDS, accumulate: { resultBits: 16, offset: 2 } } },
    plan: { code: (row, column) => 3 * row + column },
    diagram: { from: 0, clocks: 68 },
  }),
];
