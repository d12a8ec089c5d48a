/**
 * The pulse program of a layer with fast weights on one tile: neurons before are rows, neurons behind are columns or
 * pairs of them. A column has one bias, so that synapses into a neuron decay alike, at the mean of what they ask for;
 * columns that ask for nearly the same share a level.
 */
import type { DeviceModel } from '../../devices/device-model.js';
import { closeLoops } from '../../ir/close-loops.js';
import type { MappedArray, RailSet, SideLevels } from '../../ir/mapped.js';
import type { BiasGroup } from '../../ir/modes/bias-decay.js';
import { fastWeightStep } from '../../ir/modes/fast-weight-step.js';
import { readClocks } from '../../ir/modes/mode-program.js';
import { quantizeVolts, RAIL_SET } from '../../ir/passes/bias.js';
import { arrayProgram, networkArray } from '../../ir/realize/network-array.js';
import type { PulseProgram, ScheduledArray } from '../../ir/scheduled.js';
import { levelsOf, type BiasedProjection } from '../recurrent/biased-projection.js';
import {
  restSiemens,
  shortTermLaw,
  widthPulses,
  type ShortTermLaw,
  type WidthPulse,
} from '../recurrent/short-term-law.js';

/** Bits of the magnitude of an input; positive and negative inputs are read apart. */
export const FAST_INPUT_BITS = 7;

const READ_PLANES = 2 * FAST_INPUT_BITS;

/** Levels of bias that columns share, beside the one under which everything is forgotten. */
const LEVELS = 7;

export interface FastTileSetup {
  readonly biased: BiasedProjection;
  readonly source: string;
  /** Name of the program, which becomes that of the controller. */
  readonly name: string;
  /** Part of the fast weight that a step is to leave, by column of the tile, for the columns in use. */
  readonly kept: readonly number[];
  /** A bias for all columns in place of those that `kept` asks for [V]. */
  readonly bias?: number;
}

/** A program without data sets, and what the host has to know of it. */
export interface FastTile {
  readonly scheduled: ScheduledArray;
  readonly law: ShortTermLaw;
  readonly pulses: readonly WidthPulse[];
  /** Columns by the level of their bias while a sequence goes on, and with everything at the level of forgetting. */
  readonly holding: readonly (readonly number[])[];
  readonly forgetting: readonly (readonly number[])[];
  /** Part of the fast weights that a step at the level of forgetting leaves. */
  readonly forgotten: number;
  /** Part that a step leaves in each column in use, as its level has it. */
  readonly kept: readonly number[];
  /** Clocks that the pulses of a step have. */
  readonly writeClocks: number;
  readonly readPlanes: number;
  /** Conductance of a cell whose weights are 0 [S]. */
  readonly restSiemens: number;
}

/** The tile, or why no program carries out the layer. */
export function planFastTile(setup: FastTileSetup): FastTile | { readonly reason: string } {
  const { biased, source, name, kept } = setup;
  const { chip, lines, projection } = biased;
  const { device } = projection;
  const { rows, columns, rails } = chip.tile;
  if (!device) return { reason: 'it is on no device' };
  if (lines > rows || kept.length > columns) {
    const sizes = `${String(lines)} x ${String(kept.length)} cells do not fit a tile of ${String(rows)} x ${String(columns)}`;
    return { reason: `${sizes}; write a smaller network, or a chip with a larger tile` };
  }
  const array = networkArray(source, chip, device);
  const shell = arrayProgram(array, name);
  const times = timesOf(biased, device, shell);
  if (times.biasClocks < 1) return { reason: 'reading takes all of the time of a step' };
  const law = shortTermLaw({ device, stepSeconds: times.biasClocks / shell.clockHz, levels: levelsOf(chip) });
  if ('reason' in law) return law;
  const pulses = widthPulses(device, law, { volts: writeVoltsOf(array), tickSeconds: 1 / shell.clockHz });
  if (pulses.length === 0 || device.states[0]?.name !== law.long) {
    return { reason: `nominal pulses of \`${device.name}\` do not add to \`${law.short}\` alone` };
  }
  const biases = biasLevels(setup, law, (volts) => -quantizeVolts(-volts, rails).volts);
  const levels = { ...biases, set: biasSet(biases.levels, rails), modulator: law.bias };
  const all = kept.map((_, column) => column);
  const levelOf = (column: number): number => biases.columns.findIndex((some) => some.includes(column));
  return {
    ...{ law, pulses, writeClocks: times.writeClocks, readPlanes: READ_PLANES, restSiemens: restSiemens(device) },
    scheduled: scheduledSteps({ array, shell, biasClocks: times.biasClocks, levels }),
    holding: biases.columns,
    forgetting: biases.columns.map((_, index) => (index === 0 ? all : [])),
    forgotten: law.keptAt(biases.levels[0] ?? NaN),
    kept: all.map((column) => law.keptAt(biases.levels[levelOf(column)] ?? NaN)),
  };
}

/** What of a step is for biases, and what for pulses: at most all lines one after the other, and half of what reads leave. */
function timesOf(
  { fast, lines }: BiasedProjection,
  { pulse }: DeviceModel,
  shell: PulseProgram,
): { readonly biasClocks: number; readonly writeClocks: number } {
  const left = Math.round(fast.seconds * shell.clockHz) - readClocks(shell, READ_PLANES, shell.restClocks);
  const lineClocks = Math.ceil(pulse.seconds * shell.clockHz) + shell.restClocks;
  const writeClocks = Math.min(lines * lineClocks, Math.floor(left / 2));
  return { writeClocks, biasClocks: left - writeClocks };
}

interface StepParts {
  readonly array: MappedArray;
  readonly shell: PulseProgram;
  readonly biasClocks: number;
  readonly levels: BiasLevels & { readonly set: RailSet; readonly modulator: string };
}

function scheduledSteps({ array, shell, biasClocks, levels }: StepParts): ScheduledArray {
  const mapped = { ...array, railSets: [...array.railSets, levels.set] };
  const groups = levels.columns.map((columns, index): BiasGroup => ({ level: index + 1, columns }));
  const { operations } = fastWeightStep({
    ...{ rows: array.rows, columns: array.columns, origin: array.tileOrigin },
    ...{ readRailSet: RAIL_SET.read, writeRailSet: RAIL_SET.write, biasRailSet: array.railSets.length },
    ...{ readPlanes: READ_PLANES, integrateClocks: shell.restClocks, biasClocks, groups },
  });
  const { modulator } = levels;
  const bounds = array.device.modulators.find(({ name }) => name === modulator)?.bounds;
  const restBias = { modulator, minVolts: bounds?.low ?? -Infinity, maxVolts: bounds?.high ?? Infinity };
  const program = { ...shell, railSets: mapped.railSets, restBias, operations: closeLoops(operations) };
  return { phase: 'scheduled', mapped, program };
}

/** What a selected cell sees while a pulse writes [V]. */
function writeVoltsOf({ railSets }: MappedArray): number {
  const { row, column } = railSets[RAIL_SET.write]?.positive ?? {};
  return (row?.select.volts ?? NaN) - (column?.select.volts ?? NaN);
}

/** Biases [V], the one of forgetting first, and the columns of each, as the rails make them. */
interface BiasLevels {
  readonly levels: readonly number[];
  readonly columns: readonly (readonly number[])[];
}

/** Columns in the order of what they are to keep, cut into as many parts as there are levels, each at its mean. */
function biasLevels(
  { kept, bias }: FastTileSetup,
  law: ShortTermLaw,
  quantized: (volts: number) => number,
): BiasLevels {
  const order = kept.map((_, column) => column).sort((a, b) => (kept[a] ?? NaN) - (kept[b] ?? NaN) || a - b);
  const byVolts = new Map<number, number[]>();
  for (let level = 0; level < LEVELS; level++) {
    const cut = (part: number): number => Math.round((part * order.length) / LEVELS);
    const columns = order.slice(cut(level), cut(level + 1));
    if (columns.length === 0) continue;
    const mean = columns.reduce((sum, column) => sum + (kept[column] ?? NaN), 0) / columns.length;
    const volts = quantized(bias ?? law.biasFor(mean));
    byVolts.set(volts, [...(byVolts.get(volts) ?? []), ...columns]);
  }
  const ascending = (columns: readonly number[]): readonly number[] => columns.toSorted((a, b) => a - b);
  return {
    levels: [quantized(law.biasFor(law.kept.least)), ...byVolts.keys()],
    columns: [[], ...[...byVolts.values()].map(ascending)],
  };
}

/** Rows at 0 V, columns at the negative of their bias. */
function biasSet(biases: readonly number[], rails: Parameters<typeof quantizeVolts>[1]): RailSet {
  const rest = quantizeVolts(0, rails);
  const [select = rest, ...more] = biases.map((volts) => quantizeVolts(-volts, rails));
  const row: SideLevels = { rest, select: rest };
  const lines = { row, column: { rest, select, more } };
  return { name: 'idle', positive: lines, negative: lines };
}
