/** Where each invariant of the controller is checked: at the ports, by a proof (test/proofs.ts), or by a test. */
import type { Invariant } from './proofs.js';

/** A test file below `test/unit`, and the title of a test in it as it stands there. */
export type NamedTest = readonly [file: string, title: string];

export interface InvariantRow {
  readonly invariant: Invariant;
  readonly says: string;
  /** Stands in the assertions that are bound to every controller, under its number. */
  readonly isBound?: true;
  readonly tests?: readonly NamedTest[];
}

const EXACT: NamedTest = ['hw/controller.test.ts', 'does what random program %i says, clock by clock'];
const EXPOSURE = 'hw/exposure.test.ts';

export const INVARIANTS: readonly InvariantRow[] = [
  { invariant: 'A1', says: 'lines change on the clock after a commit only', isBound: true },
  { invariant: 'A2', says: 'fire, polarity and rail set change on the same edge as the lines', isBound: true },
  { invariant: 'A3', says: 'a segment of dwell D followed by a ready one lasts D clocks', tests: [EXACT] },
  { invariant: 'A4', says: 'no pulse is stretched' },
  { invariant: 'A5', says: 'emergency stop and over-current switch drivers off without a clock', isBound: true },
  { invariant: 'A6', says: 'fire implies armed and rails settled' },
  { invariant: 'A7', says: 'the rail set changes only while nothing fires' },
  {
    invariant: 'A8',
    says: 'no line is selected that the program does not select',
    tests: [
      [EXPOSURE, 'serial writing has at most one row and one column on, and fires only where both are'],
      ['hw/line-driver.test.ts', 'load, keep, commit, hold and rest'],
    ],
  },
  { invariant: 'A9', says: 'on-time and duty stay below their limits' },
  { invariant: 'A10', says: 'the shadow stands from the end of its load to its commit', tests: [EXACT] },
  { invariant: 'A11', says: 'loop counters stay at or below their limits' },
  {
    invariant: 'A12',
    says: 'a random selection takes a new draw for every word',
    tests: [
      [EXPOSURE, 'take one new draw a word, %s'],
      ['hw/random.test.ts', 'the random register draws, is seeded and starts again as its model (%i)'],
    ],
  },
  { invariant: 'A13', says: 'one strobe, and a multiplexer that stands from settling to the answer', isBound: true },
  { invariant: 'A14', says: 'address events follow the four phases' },
  { invariant: 'A15', says: 'the field turns only with the coil off' },
  {
    invariant: 'A16',
    says: 'an abort reaches REST within two clocks',
    tests: [['hw/safety.test.ts', 'is at rest two clocks after an abort, disarmed']],
  },
  { invariant: 'A17', says: 'idle and reset mean REST on every line and drivers off', isBound: true },
  { invariant: 'A18', says: 'a spike plane that is wiped is not read' },
  {
    invariant: 'A19',
    says: 'the on-time of each cell is what the work list says',
    tests: [
      [EXPOSURE, '%s: the signed on-time of each cell is its width'],
      [EXPOSURE, 'the exact outer product keeps each cell on for the product of its row and column'],
    ],
  },
  { invariant: 'A20', says: 'counters saturate' },
  {
    invariant: 'A21',
    says: 'nothing unknown at the outputs after a reset',
    tests: [['hw/icarus.test.ts', 'of %i x %i lines in random program %i']],
  },
  {
    invariant: 'A22',
    says: 'signed pulses of a zero shift cancel',
    tests: [[EXPOSURE, 'a zero shift gives every cell as much charge of one sign as of the other']],
  },
];
