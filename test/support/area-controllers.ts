/** Controllers whose area and speed are watched: the shapes that the goals of the hardware name. */
import type { LegalModule } from '../../src/ir/legal.js';
import { PLAIN_BLOCKS } from '../../src/ir/blocks/controller-blocks.js';
import { closeLoops } from '../../src/ir/close-loops.js';
import { writeVerify } from '../../src/ir/modes/write-verify.js';
import { encode } from '../../src/ir/passes/encode.js';
import type { LineSelection, PulseProgram } from '../../src/ir/scheduled.js';
import { ORIGIN } from './mapped-fixture.js';
import { dataSet, loop, pulseProgram, scheduledModule, segment } from './pulse-program.js';

/** Four converters of eight bits read a quarter of the columns each. */
function square(lines: number, parts: Partial<PulseProgram>): LegalModule {
  const base = pulseProgram({ rows: lines, columns: lines });
  const scan = { ...base.scan, converters: 4, shares: lines / 4, bits: 8 };
  return encode(scheduledModule({ ...base, scan, ...parts }));
}

const READ = loop(0, 4, segment({ row: { kind: 'counter', counter: 0 }, samples: { mode: 'store', negate: false } }));

function pulses(column: LineSelection, more: Parameters<typeof segment>[0] = {}): PulseProgram['operations'][number] {
  const entry = segment({ row: { kind: 'entry' }, column, dwell: { kind: 'entry' }, polarity: 'entry', fires: true });
  return loop(0, 'entries', { ...entry, rest: 'entry', ...more });
}

/** One cell at a time, its pulse from a work list of so many entries; then rows are read. */
export function serialController(lines: number, count = lines * lines): LegalModule {
  const entries = Array.from({ length: count }, (_, index) => ({
    row: Math.floor(index / lines) % lines,
    column: index % lines,
    negative: index % 3 === 0,
    magnitude: 1 + (index % 255),
    last: true,
  }));
  return square(lines, { operations: [pulses({ kind: 'entry' }), READ], dataSets: [dataSet(entries)] });
}

/** One row at a time, its columns by planes of one bit of weight each. */
export function rowParallelController(lines: number): LegalModule {
  const columns = Array.from({ length: lines }, (_, column) => column);
  const planes = Array.from({ length: 16 }, (_, plane) =>
    columns.filter((column) => ((column >> (plane % 4)) & 1) === 1),
  );
  const entries = Array.from({ length: 8 * lines }, (_, index) => ({
    row: Math.floor(index / 8),
    column: index % 16,
    negative: false,
    magnitude: 2 ** (index % 8),
    last: index % 8 === 7,
  }));
  const column: LineSelection = { kind: 'plane', source: { kind: 'entry', base: 0 } };
  return square(lines, { tickExponent: 3, operations: [pulses(column), READ], dataSets: [dataSet(entries, planes)] });
}

/** Serial with lines of seven levels beside REST, as spike waveforms need them. */
export function levelsController(lines: number): LegalModule {
  const entries = [{ row: 1, column: 2, negative: false, magnitude: 3, last: true }];
  const levels = segment({ row: { kind: 'all' }, levels: { row: 7, column: 5 }, holds: true });
  return square(lines, { operations: [pulses({ kind: 'entry' }), levels, READ], dataSets: [dataSet(entries)] });
}

/** Rows written and verified in turn: a program of waits, branches, commands and marked columns. */
export function verifyController(lines: number): LegalModule {
  const mode = writeVerify({
    rows: lines,
    columns: lines,
    origin: ORIGIN,
    readRailSet: 2,
    writeRailSet: 1,
    integrateClocks: 2,
    attempts: [2, 3, 5, 8],
  });
  const targetCodes = Array.from({ length: lines * lines }, (_, cell) => cell % 256);
  return square(lines, {
    operations: closeLoops(mode.operations),
    dataSets: mode.dataSets.map((set) => ({ ...set, targetCodes })),
    blocks: { ...PLAIN_BLOCKS, verify: { tolerance: 2 } },
  });
}
