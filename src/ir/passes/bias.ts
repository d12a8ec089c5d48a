/** Bias schemes: from the write voltage of a device to the rails of every line. */
import type { VoltageConverter } from '../chip.js';
import type { PulseBias, RailLevel, RailSet, SideLevels } from '../mapped.js';
import type { PulsedTile } from './check-chip.js';
import { roundHalfAwayFromZero } from '../../numerics/rounding.js';

/** Share of the write voltage on each line while a positive pulse runs. */
interface BiasShares {
  readonly row: { readonly rest: number; readonly select: number };
  readonly column: { readonly rest: number; readonly select: number };
}

/**
 * Symmetric around 0 V, so that both polarities need the same range.
 * `half`: cells on one selected line see V/2, all others 0.
 * `third`: every unselected cell sees V/3 in magnitude.
 */
const SHARES: Readonly<Record<PulseBias, BiasShares>> = {
  half: { row: { rest: 0, select: 1 / 2 }, column: { rest: 0, select: -1 / 2 } },
  third: { row: { rest: -1 / 6, select: 1 / 2 }, column: { rest: 1 / 6, select: -1 / 2 } },
};

/** The nearest voltage that an offset-binary converter makes: min + code * (max - min) / 2^bits. */
export function quantizeVolts(volts: number, rails: VoltageConverter): RailLevel {
  const steps = 2 ** rails.bits;
  const lsb = (rails.maxVolts - rails.minVolts) / steps;
  const code = Math.min(steps - 1, Math.max(0, roundHalfAwayFromZero((volts - rails.minVolts) / lsb)));
  return { code, volts: rails.minVolts + code * lsb };
}

function sideLevels(shares: BiasShares['row'], volts: number, rails: VoltageConverter): SideLevels {
  return { rest: quantizeVolts(shares.rest * volts, rails), select: quantizeVolts(shares.select * volts, rails) };
}

function linesAt(shares: BiasShares, volts: number, rails: VoltageConverter): RailSet['positive'] {
  return { row: sideLevels(shares.row, volts, rails), column: sideLevels(shares.column, volts, rails) };
}

/** Rail sets of a tile; the index is the code on the rail-set lines, 0 is idle. */
export function railSets(
  { rails, bias }: Pick<PulsedTile, 'rails' | 'bias'>,
  writeVolts: number,
  readVolts: number,
): readonly [RailSet, RailSet, RailSet] {
  const idle = linesAt(SHARES.half, 0, rails);
  const ofRead: BiasShares = { row: { rest: 0, select: 1 }, column: { rest: 0, select: 0 } };
  const read = linesAt(ofRead, readVolts, rails);
  const shares = SHARES[bias.scheme];
  return [
    { name: 'idle', positive: idle, negative: idle },
    { name: 'write', positive: linesAt(shares, writeVolts, rails), negative: linesAt(shares, -writeVolts, rails) },
    { name: 'read', positive: read, negative: read },
  ];
}

/** Indices into {@link railSets}. */
export const RAIL_SET = { idle: 0, write: 1, read: 2 } as const;

/** Line voltages that the scheme wants, before quantisation, for range checks [V]. */
export function wantedLineVolts(bias: PulseBias, writeVolts: number): readonly number[] {
  const { row, column } = SHARES[bias];
  return [row.rest, row.select, column.rest, column.select].flatMap((share) => [
    share * writeVolts,
    -share * writeVolts,
  ]);
}

/** What cells of a row see that is read, as the rails make it [V]. */
export function readVoltsOf(sets: readonly RailSet[]): number {
  const { row, column } = (sets[RAIL_SET.read] ?? sets[0])?.positive ?? {};
  return (row?.select.volts ?? NaN) - (column?.rest.volts ?? NaN);
}
