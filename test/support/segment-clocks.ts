/** How long lines keep a state, counted at the pins of a controller. */
import { ControllerHost } from '../../src/cosim/controller-host.js';
import { PortBlock } from '../../src/cosim/port-block.js';
import { encode } from '../../src/ir/passes/encode.js';
import type { LegalModule } from '../../src/ir/legal.js';
import type { PulseOperation, PulseProgram, WorkEntry } from '../../src/ir/scheduled.js';
import { openController, record } from './controller-run.js';
import { dataSet, loop, pulseProgram, scheduledModule, segment } from './pulse-program.js';

/** Clocks more than its segments last that a run may take to begin and to end. */
const SPARE_CLOCKS = 1000;

/**
 * Clocks in which lines, rail set, polarity and fire stay as they are, from the first segment to the last, for a
 * program whose segments last so many clocks together. Every clock is evaluated.
 */
async function stretchesOf(legal: LegalModule, total: number): Promise<readonly number[]> {
  const session = await openController(legal);
  const ports = new PortBlock(session);
  const host = new ControllerHost(session, legal);
  host.start();
  host.loadDataSet(0);
  host.arm();
  host.writeRegister('cmd', legal.dataSets[0]?.entry ?? NaN);
  const stretches: number[] = [];
  let before = pinsOf(ports);
  for (let clock = 0; clock < total + SPARE_CLOCKS && ports.get('idle_o') === 0; clock++) {
    session.step();
    const state = pinsOf(ports);
    if (state !== before) stretches.push(0);
    before = state;
    if (stretches.length > 0) stretches[stretches.length - 1]! += 1;
  }
  if (ports.get('idle_o') === 0 || host.readRegister('err_code') !== 0) throw new Error('the run does not end well');
  // What comes after the last segment is REST for good
  return stretches.slice(0, -1);
}

function pinsOf(ports: PortBlock): string {
  const lines = [ports.lines('row_o').join(), ports.lines('col_o').join()];
  return [...lines, ...['rail_o', 'pol_o', 'fire_o'].map((name) => ports.get(name))].join(' ');
}

/** Segments of one clock each, no two in a row alike, and how many they are. */
interface Burst {
  readonly legal: LegalModule;
  readonly segments: number;
}

function burst(turns: number, parts: Partial<PulseProgram>, ...body: readonly PulseOperation[]): Burst {
  const base = pulseProgram({ rows: 64, columns: 64, ...parts });
  const operations = [loop(1, turns, loop(0, 16, ...body))];
  const sets = base.dataSets.length > 0 ? base.dataSets : [dataSet([])];
  return {
    legal: encode(scheduledModule({ ...base, operations, dataSets: sets })),
    segments: turns * 16 * body.length,
  };
}

/** One row after the other. */
function lineBurst(): Burst {
  return burst(16, {}, segment({ row: { kind: 'counter', counter: 0 }, column: { kind: 'all' }, fires: true }));
}

/** A plane of its own on both sides in each clock: the first burst of words that memories must keep up with. */
function planeBurst(): Burst {
  const lines = Array.from({ length: 64 }, (_, line) => line);
  const planes = Array.from({ length: 16 }, (_, plane) => lines.filter((line) => ((line * 7 + plane) * 5) % 16 < 6));
  const source = { kind: 'counter', counter: 0, base: 0 } as const;
  const selection = { kind: 'plane', source } as const;
  const parts = { dataSets: [dataSet([], planes, planes)] };
  return burst(16, parts, segment({ row: selection, column: selection, fires: true }));
}

/** Clocks per segment of bursts of one clock each: by lines, and by planes on both sides of 64 x 64. */
export async function clocksPerSegment(kind: 'lines' | 'planes'): Promise<number> {
  const { legal, segments } = kind === 'lines' ? lineBurst() : planeBurst();
  const stretches = await stretchesOf(legal, segments);
  if (stretches.length !== segments)
    throw new Error(`${String(stretches.length)} states, ${String(segments)} segments`);
  return sum(stretches) / segments;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Segments by words of the program and by entries of the work list, one after the other, as long as asked. */
function dwellProgram(fixed: readonly number[], listed: readonly number[]): LegalModule {
  const entries = listed.map((magnitude, index): WorkEntry => ({
    row: index % 2,
    column: 0,
    negative: false,
    magnitude,
    last: true,
  }));
  const pulse = segment({ row: { kind: 'entry' }, column: { kind: 'all' }, dwell: { kind: 'entry' }, fires: true });
  const words = fixed.map((clocks, index) =>
    segment({ row: index % 2 === 0 ? { kind: 'all' } : { kind: 'none' }, dwell: { kind: 'clocks', clocks } }),
  );
  const program = pulseProgram({
    rows: 4,
    columns: 4,
    magnitudeBits: Math.ceil(Math.log2(Math.max(...listed) + 1)),
    operations: [...words, loop(0, 'entries', pulse)],
    dataSets: [dataSet(entries)],
  });
  return encode(scheduledModule(program));
}

/** The largest difference between a dwell and what the pins show, every clock evaluated [clocks]. */
export async function dwellError(fixed: readonly number[], listed: readonly number[]): Promise<number> {
  const asked = [...fixed, ...listed];
  return worstDifference(await stretchesOf(dwellProgram(fixed, listed), sum(asked)), asked);
}

/** The same with time warp, which clocks of any number are skipped by: between commits that the host sees. */
export async function warpedDwellError(fixed: readonly number[], listed: readonly number[]): Promise<number> {
  const legal = dwellProgram(fixed, listed);
  const host = new ControllerHost(await openController(legal), legal);
  host.start();
  const clocks = record(host, legal, 0).events.map(({ clock }) => clock);
  const found = clocks.slice(1).map((clock, index) => clock - clocks[index]!);
  return worstDifference(found, [...fixed, ...listed]);
}

function worstDifference(found: readonly number[], asked: readonly number[]): number {
  if (found.length !== asked.length)
    throw new Error(`${String(found.length)} states, ${String(asked.length)} segments`);
  return Math.max(...asked.map((clocks, index) => Math.abs(clocks - found[index]!)));
}
