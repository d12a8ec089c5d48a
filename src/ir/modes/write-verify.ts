/**
 * Writing with a look at what came of it: read a row, mark the columns whose conductance is outside of its tolerance,
 * pulse those up and those down, and read again until none is marked.
 */
import { invariant } from '../../core/invariant.js';
import type { PulseOperation, SegmentOperation, WorkEntry } from '../scheduled.js';
import { dataSetOf, dwellOf, loopOf, segmentOf, waitFor, type ModeArray, type ModeProgram } from './mode-program.js';

/** How rows are read and corrected. */
export interface VerifySettings extends ModeArray {
  readonly readRailSet: number;
  readonly writeRailSet: number;
  /** From the commit of a row to the first step of the converters [clocks]. */
  readonly integrateClocks: number;
}

/** Reading, and the widths of the attempts. */
export interface WriteVerifySettings extends VerifySettings {
  /** Width of the pulses of each attempt, usually growing [ticks]; the table of attempts is the work list. */
  readonly attempts: readonly number[];
}

/**
 * For each row: up to `attempts` times read, stop if nothing is marked, pulse up, pulse down; after the last attempt one
 * more read whose failure the host is told. A row that needs a attempts takes a + 1 reads and 2 a pulses.
 */
export function writeVerify(settings: WriteVerifySettings): ModeProgram {
  const { rows, attempts, origin } = settings;
  invariant(attempts.length >= 1, 'at least one attempt is made');
  const entries = attempts.map((magnitude): WorkEntry => {
    invariant(Number.isInteger(magnitude) && magnitude >= 1, 'an attempt is a whole number of ticks');
    return { row: 0, column: 0, negative: false, magnitude, last: true };
  });
  const attempt = loopOf(origin, 1, 'entries', [
    verifyRow(settings, 0),
    { kind: 'break', condition: 'verified', when: true, origin },
    correctRow(settings, 0, 'up', { kind: 'entry' }),
    correctRow(settings, 0, 'down', { kind: 'entry' }),
  ]);
  const tell: PulseOperation = { kind: 'command', unit: 'host', argument: 1, origin };
  const unless = (otherwise: readonly PulseOperation[]): PulseOperation => {
    return { kind: 'choice', condition: 'verified', then: [], otherwise, origin };
  };
  return {
    operations: [loopOf(origin, 0, rows, [attempt, unless([verifyRow(settings, 0), unless([tell])])])],
    dataSets: [dataSetOf(origin, 'attempts', { entries })],
  };
}

/** Reading, and corrections of one width. */
export interface RefreshSettings extends VerifySettings {
  /** How often the array is gone through. */
  readonly rounds: number;
  /** Width of a correction [clocks]. */
  readonly pulseClocks: number;
}

/**
 * Refresh: each row is read and compared with what it should hold; cells that have drifted out of tolerance get one
 * pulse back. A row without drift costs its read alone.
 */
export function refresh(settings: RefreshSettings): ModeProgram {
  const { rows, rounds, pulseClocks, origin } = settings;
  const dwell = dwellOf(pulseClocks);
  const correct: PulseOperation = {
    kind: 'choice',
    condition: 'verified',
    then: [],
    otherwise: [correctRow(settings, 1, 'up', dwell), correctRow(settings, 1, 'down', dwell)],
    origin,
  };
  return {
    operations: [loopOf(origin, 0, rounds, [loopOf(origin, 1, rows, [verifyRow(settings, 1), correct])])],
    dataSets: [dataSetOf(origin, 'rows', {})],
  };
}

/** Reading of one set of tiles, writing of another. */
export interface TransferSettings extends VerifySettings {
  /** Tiles that are read and tiles that are written, one bit each. */
  readonly fromTiles: number;
  readonly toTiles: number;
  /** Whether the codes are subtracted: the chopper of this pass. */
  readonly negate: boolean;
  /** Width of a pulse [clocks]. */
  readonly pulseClocks: number;
}

/**
 * Transfer from a fast array to a slow one: each row of the first is read and added to the digital sums H; where a sum
 * has reached a whole step, it is taken out of H and the slow cell gets a pulse in its direction.
 * `rows (integrate + scan + 2 (pulse + rest) + drain)` clocks.
 */
export function transfer(settings: TransferSettings): ModeProgram {
  const { rows, readRailSet, integrateClocks, fromTiles, toTiles, negate, pulseClocks, origin } = settings;
  invariant((fromTiles & toTiles) === 0, 'an array is not transferred to itself');
  const read = segmentOf(origin, {
    row: { kind: 'counter', counter: 0 },
    railSet: readRailSet,
    dwell: dwellOf(integrateClocks),
    samples: { mode: 'transfer', negate },
    tiles: fromTiles,
  });
  const dwell = dwellOf(pulseClocks);
  return {
    operations: [
      loopOf(origin, 0, rows, [
        read,
        // Marks stand when the scan has ended, and only then may a plane of them be loaded
        waitFor(origin, 'always'),
        { ...correctRow(settings, 0, 'up', dwell), tiles: toTiles },
        { ...correctRow(settings, 0, 'down', dwell), tiles: toTiles },
      ]),
    ],
    dataSets: [dataSetOf(origin, 'rows', {})],
  };
}

function verifyRow({ readRailSet, integrateClocks, origin }: VerifySettings, counter: number): SegmentOperation {
  return segmentOf(origin, {
    row: { kind: 'counter', counter },
    railSet: readRailSet,
    dwell: dwellOf(integrateClocks),
    samples: { mode: 'verify', negate: false },
  });
}

/** One pulse for all marked cells of a row; `up` ones have too little conductance. */
function correctRow(
  { writeRailSet, origin }: VerifySettings,
  counter: number,
  direction: 'up' | 'down',
  dwell: SegmentOperation['dwell'],
): SegmentOperation {
  return segmentOf(origin, {
    row: { kind: 'counter', counter },
    column: { kind: 'plane', source: { kind: 'marks', direction } },
    polarity: direction === 'up' ? 'positive' : 'negative',
    railSet: writeRailSet,
    dwell,
    fires: true,
    rest: 'always',
  });
}
