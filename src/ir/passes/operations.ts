/** The operations of an open-loop writing program and the constants of its timing. */
import { PLAIN_BLOCKS } from '../blocks/controller-blocks.js';
import { invariant } from '../../core/invariant.js';
import type { Span } from '../../core/span.js';
import { toCycles } from '../../units/quantity.js';
import type { MappedModule } from '../mapped.js';
import type { PulseOperation, PulseProgram } from '../scheduled.js';
import { RAIL_SET } from './bias.js';

/** Whole clocks that last at least `seconds`, one at least; exact, so that 1 us of 1 MHz is one clock and not two. */
export function clocksFor(seconds: number, clockHz: number): number {
  const cycles = toCycles(seconds, clockHz);
  invariant(cycles, `durations are finite, not ${String(seconds)} s of ${String(clockHz)} Hz`);
  return Math.max(1, Number(cycles.atLeast));
}

/** A program without operations and data: rails, timing and converters of `mapped`. */
export function programShell(
  mapped: MappedModule,
  tickExponent: number,
): Omit<PulseProgram, 'operations' | 'dataSets'> {
  const { clockHz, rows, columns, railSets, timer, settleSeconds, converters, experiment } = mapped;
  const { bits, minAmperes, maxAmperes } = converters;
  return {
    name: experiment.program.name,
    origin: experiment.program.origin,
    clockHz,
    rows,
    columns,
    railSets,
    tickExponent,
    magnitudeBits: timer.bits,
    restClocks: clocksFor(settleSeconds, clockHz),
    tiles: 1,
    randomPlanes: 0,
    scan: {
      converters: converters.count,
      shares: converters.sharedBy,
      bits,
      minAmperes,
      maxAmperes,
      settleClocks: clocksFor(converters.settleSeconds, clockHz),
      conversionClocks: clocksFor(converters.conversionSeconds, clockHz),
    },
    blocks: PLAIN_BLOCKS,
  };
}

/** Writing, then reading back row by row where the program wants it. */
export function operationsOf(mapped: MappedModule): readonly PulseOperation[] {
  const { readBack } = mapped.experiment.program;
  return readBack ? [writeLoop(mapped), readLoop(mapped, readBack.origin)] : [writeLoop(mapped)];
}

/** One firing segment per work-list entry. */
export function writeLoop({ experiment }: MappedModule): PulseOperation {
  const { order, origin } = experiment.program.write;
  return {
    kind: 'loop',
    counter: 0,
    count: 'entries',
    origin,
    body: [
      {
        kind: 'segment',
        row: { kind: 'entry' },
        column: order === 'serial' ? { kind: 'entry' } : { kind: 'plane', source: { kind: 'entry', base: 0 } },
        levels: { row: 1, column: 1 },
        holds: false,
        railSet: RAIL_SET.write,
        polarity: 'entry',
        dwell: { kind: 'entry' },
        fires: true,
        rest: 'entry',
        samples: 'never',
        tiles: 1,
        origin,
      },
    ],
  };
}

function readLoop({ rows, settleSeconds, clockHz }: MappedModule, origin: Span): PulseOperation {
  return {
    kind: 'loop',
    counter: 0,
    count: rows,
    origin,
    body: [
      {
        kind: 'segment',
        row: { kind: 'counter', counter: 0 },
        column: { kind: 'none' },
        levels: { row: 1, column: 1 },
        holds: false,
        railSet: RAIL_SET.read,
        polarity: 'positive',
        dwell: { kind: 'clocks', clocks: clocksFor(settleSeconds, clockHz) },
        fires: false,
        rest: 'never',
        samples: { mode: 'store', negate: false },
        tiles: 1,
        origin,
      },
    ],
  };
}
