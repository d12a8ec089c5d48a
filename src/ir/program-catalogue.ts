/** What can be wrong with a program of segments, waits and loops, however it was made. */
import { defineCatalogue, entry } from '../core/diagnostic.js';

export const PROGRAM_CATALOGUE = defineCatalogue('program', {
  'loops-too-many': entry<{ program: string }>({
    severity: 'error',
    message: ({ program }) => `the loops of \`${program}\` do not fit the three counters of the controller`,
    help: () => 'nest loops at most three deep, and keep loops over the work list apart from counted ones',
    explain:
      'A controller counts three nested loops. A counter either counts to a number or follows the work list, so a loop ' +
      'over the work list cannot take turns with a counted one at the same depth where all three counters are needed. ' +
      'Nest less deep: write a short inner loop out, or give the loop over the work list a depth at which no counted loop stands.',
  }),
  'underrun-possible': entry<object>({
    severity: 'warning',
    message: () => 'this segment may not be ready when the one before it ends',
    help: () => 'lengthen the segment before it to at least the clocks that loading its lines takes',
    explain:
      'The lines of a segment are loaded while the one before it lasts. Where that is shorter than the load, lines ' +
      'rest in between if it was a pulse, or stay as they are, and the controller counts an underrun. ' +
      'Lengthen the segment before it, whose place is told, too. With the register `strict` such a run ends with a fault instead.',
  }),
});
