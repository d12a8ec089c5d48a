/**
 * Bench calibration before writing: the whole array takes pulses up and down at once, is read in
 * between, and each cell's gain follows from how far it moved compared with the nominal device.
 */
import { invariant } from '../core/invariant.js';
import type { TileDrive, TileKernel, TileSetup } from '../devices/kernel.js';
import type { MappedArray } from './mapped.js';
import type { Experiment } from './network.js';

/** Makes the tile of a mapped experiment; in the compiler by compiling the device, in a harness from its own kernel. */
export type TileFactory = (setup: TileSetup) => TileKernel;

/** A tile with the history that it has when the first data set starts, and what is known about it. */
export interface PreparedTile {
  readonly kernel: TileKernel;
  /** Calibrated spread -> measured value per cell (rows x columns); empty without calibration. */
  readonly known: ReadonlyMap<string, Float64Array>;
}

/** What a tile is like before anything is scheduled on it. */
export interface TileStart {
  /** The window that the device's equations see; devices without windows do without. */
  readonly window?: { readonly low: number; readonly high: number };
  /** Spreads that stay at their mean. */
  readonly without: readonly string[];
  readonly calibration?: Experiment['calibration'];
  /** First state of every cell (rows x columns); the device's own initial value where absent. */
  readonly initial?: readonly number[];
}

/** The beginning of an experiment that writes pictures. */
export function startOf({ program, without, calibration }: Experiment): TileStart {
  const { low, high } = program.window;
  return { window: { low, high }, without, ...(calibration && { calibration }) };
}

/** The tile of `seed`, with its first values, calibrated where the experiment says so. */
export function prepareTile(
  mapped: MappedArray,
  start: TileStart,
  seed: number,
  createTile: TileFactory,
): PreparedTile {
  const { calibration } = start;
  const kernel = freshTile(mapped, start, seed, createTile);
  if (!calibration) return { kernel, known: new Map() };
  const nominal = createTile(tileSetup(mapped, start, seed, everySpread(mapped)));
  const measured = travel(mapped, kernel, calibration.pulses);
  const expected = travel(mapped, nominal, calibration.pulses);
  const gains = measured.map((siemens, cell) => siemens / (expected[cell] ?? NaN));
  return { kernel, known: new Map([[calibration.spread, gains]]) };
}

/** The tile of {@link prepareTile} for those who need not know what the calibration has found. */
export function startTile(mapped: MappedArray, start: TileStart, seed: number, createTile: TileFactory): TileKernel {
  const kernel = freshTile(mapped, start, seed, createTile);
  if (start.calibration) travel(mapped, kernel, start.calibration.pulses);
  return kernel;
}

function freshTile(mapped: MappedArray, start: TileStart, seed: number, createTile: TileFactory): TileKernel {
  const kernel = createTile(tileSetup(mapped, start, seed, start.without));
  if (start.initial) kernel.conductance.set(start.initial);
  return kernel;
}

/** The tile with every spread at its mean, except for the values that are known. */
export function believedTile(
  mapped: MappedArray,
  start: TileStart,
  known: PreparedTile['known'],
  createTile: TileFactory,
): TileKernel {
  const without = everySpread(mapped).filter((name) => !known.has(name));
  return createTile({ ...tileSetup(mapped, start, 0, without), known });
}

function everySpread({ device }: MappedArray): readonly string[] {
  return device.spreads.map((spread) => spread.name);
}

function tileSetup(
  { rows, columns }: MappedArray,
  { window }: TileStart,
  seed: number,
  without: readonly string[],
): TileSetup {
  return { rows, columns, ...(window && { window }), seed, without };
}

/** Conductance covered on the way up plus on the way down, as read (rows x columns) [S]. */
function travel(mapped: MappedArray, kernel: TileKernel, pulses: number): Float64Array {
  const { seconds } = mapped.device.pulse;
  const before = readAll(mapped, kernel);
  const [up, down] = [wholeArray(mapped, false), wholeArray(mapped, true)];
  for (let pulse = 0; pulse < pulses; pulse++) kernel.pulse(up, seconds);
  const top = readAll(mapped, kernel);
  for (let pulse = 0; pulse < pulses; pulse++) kernel.pulse(down, seconds);
  const after = readAll(mapped, kernel);
  return top.map((siemens, cell) => 2 * siemens - (before[cell] ?? NaN) - (after[cell] ?? NaN));
}

/** All lines selected: every cell sees the write voltage. */
function wholeArray({ rows, columns, railSets }: MappedArray, negative: boolean): TileDrive {
  const set = railSets.find((candidate) => candidate.name === 'write');
  invariant(set, 'a mapped module has a write rail set');
  const { row, column } = negative ? set.negative : set.positive;
  const both = row.select.volts - column.select.volts;
  return { rows: indices(rows), columns: indices(columns), both, rowOnly: 0, columnOnly: 0, neither: 0 };
}

/** Every cell read row by row at the read voltage, without converters (a bench meter) [S]. */
function readAll({ rows, columns, device }: MappedArray, kernel: TileKernel): Float64Array {
  const volts = device.readVoltage.volts;
  const siemens = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const drive: TileDrive = { rows: [row], columns: [], both: 0, rowOnly: volts, columnOnly: 0, neither: 0 };
    siemens.set(
      kernel.read(drive).map((amperes) => amperes / volts),
      row * columns,
    );
  }
  return siemens;
}

function indices(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
